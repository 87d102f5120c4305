"""What stands beside a worry: what its author hopes for, and as much of who they are as may be shown."""

import json
from dataclasses import asdict, dataclass

from bot.store.items import Item

WISHES = ("either", "listen", "advice")


@dataclass(frozen=True, slots=True)
class Told:
    """area, work: codes of store/areas.py, as far as store/labels.py allows. labelled: its author wants that."""

    wish: str = "either"
    area: str = ""
    work: str = ""
    labelled: bool = False


NOTHING = Told()


def seal(item: Item, told: Told) -> bytes | None:
    return None if told == NOTHING else item.seal(json.dumps(asdict(told)), "label")


def unseal(item: Item, label: bytes | None) -> Told:
    return Told(**json.loads(item.open(label, "label"))) if label else NOTHING
