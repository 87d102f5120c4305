"""F6: an hour without either platform, in each of five ways, and a thousand letters."""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.line import MODES
from tests.faults.storms.outage import outage

TITLE = "F6: an hour without a platform in five ways, a thousand letters each"


def run() -> dict[str, Figure]:
    """Of every figure the worst."""
    worst: dict[str, Figure] = {}
    for platform in ("telegram", "slack"):
        for mode in MODES:
            found = in_a_folder(
                lambda folder, where=platform, how=mode: outage(where, folder, how, letters=1000, chats=100, step=60),  # type: ignore[misc]
                memory=True,
            )
            worst = {name: max(figure, worst.get(name, 0)) for name, figure in found.items()}
    return worst
