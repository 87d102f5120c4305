"""F17: the scheduler dies, in real time"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.watchdog import watchdog

TITLE = "F17: the scheduler dies, in real time"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: watchdog(folder))
