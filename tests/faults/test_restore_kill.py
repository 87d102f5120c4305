"""kill -9 of a restore at each of its steps leaves the old database or the new one, and never half of either."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.chat.errors import Misconfigured
from bot.store import tombstones, worries
from bot.store.database import Database
from bot.store.erased_log import ErasedLog
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from tests.faults.restore_child import BETWEEN_TWO_FILES, KILLED, UNDISTURBED, ended, points
from tests.store.community import dump
from tests.store.people import HANA, KEYS, LATER, NOW
from tests.store.saving import backup, change, founded, look, open_worries

Shape = dict[str, list[dict[str, Any]]]


def shape(session: Session) -> Shape:
    """Every row; of what is sealed only that there is something, because it is sealed anew each time."""
    return {
        table: [
            {name: bool(value) if isinstance(value, bytes) else value for name, value in row.items()} for row in rows
        ]
        for table, rows in dump(session).items()
    }


def started(data: Path) -> Shape:
    """What a start finds. Raises Misconfigured where it refuses."""
    file = data / "yorisoi.db"
    Database(f"sqlite:///{file}", KEYS).close()
    found: Shape = look(file, shape)
    return found


@dataclass(frozen=True)
class Loss:
    """A house and a backup of it. old: how the house is now; new: what it restores to."""

    data: Path
    file: Path
    old: Shape
    new: Shape


@pytest.fixture(scope="module")
def loss(tmp_path_factory: pytest.TempPathFactory) -> Loss:
    """After the backup one worry was erased, and another was shared."""
    folder = tmp_path_factory.mktemp("loss")
    current = founded(folder / "data")
    change(current, lambda session: worries.share(session, "これは残ります", ["place"], HANA, NOW))
    erased = look(current, open_worries)[0]
    file = backup(current)
    change(
        current,
        lambda session: tombstones.bury(session, "worry", erased, NOW),
        lambda session: tombstones.apply(session, NOW),
        lambda session: worries.share(session, "控えのあとの悩みです", ["place"], HANA, LATER),
    )
    undisturbed = Path(shutil.copytree(folder / "data", folder / "undisturbed"))
    assert ended(UNDISTURBED, undisturbed, file) == 0
    found = Loss(folder / "data", file, started(folder / "data"), started(undisturbed))
    assert len(found.old["worry"]) == 3 and len(found.new["worry"]) == 2
    assert len(found.old["itemkey"]) == 2 and len(found.new["itemkey"]) == 1
    return found


@pytest.mark.parametrize("point", points())
def test_a_kill_leaves_the_old_one_or_the_new_one(loss: Loss, tmp_path: Path, point: str) -> None:
    data = Path(shutil.copytree(loss.data, tmp_path / "data"))
    assert ended(point, data, loss.file) == KILLED
    found = started(data)
    assert found == (loss.new if point in {"_take_place:after", "put_in_place:after"} else loss.old)
    assert ended(UNDISTURBED, data, loss.file) == 0, "and the next one goes through"
    assert started(data) == loss.new
    assert not list(data.glob("*.restoring*")), "what the killed one left is gone"


BETWEEN = [
    *((f"flush:{when}", nth) for nth in (1, 2, 3, 4) for when in ("before", "after")),
    *((point, 1) for point in points(BETWEEN_TWO_FILES) if not point.startswith("flush")),
]


@pytest.mark.parametrize(("point", "nth"), BETWEEN)
def test_a_kill_between_a_damaged_database_and_its_log(loss: Loss, tmp_path: Path, point: str, nth: int) -> None:
    """The database without its log would start, and silently be older: it is refused until a restore goes through."""
    data = Path(shutil.copytree(loss.data, tmp_path / "data"))
    ErasedLog(data / "erased.log").add([Tombstone("worry", "another", NOW)])
    (data / "yorisoi.db-wal").mkdir()
    assert ended(point, data, loss.file, nth) == KILLED
    with pytest.raises(Misconfigured):
        started(data)
    assert ended(UNDISTURBED, data, loss.file) == 0
    assert len(started(data)["worry"]) == 2
