"""F6: an hour without Telegram, in each of five ways, and a thousand letters."""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.line import MODES
from tests.faults.storms.outage import outage

TITLE = "F6: an hour without Telegram in five ways, a thousand letters"


def run() -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for mode in MODES:
        found = in_a_folder(
            lambda folder, mode=mode: outage("telegram", folder, mode, letters=1000, chats=100, step=60),  # type: ignore[misc]
            memory=True,
        )
        figures |= {f"{mode}: {name}": figure for name, figure in found.items()}
    return figures
