"""F14: a clock that jumps by hours and days, and leaps by ten years"""

from tests.faults.report import Figure
from tests.faults.storms.clock_jumps import clock_jumps
from tests.faults.storms.folders import in_a_folder

TITLE = "F14: a clock that jumps by hours and days, and leaps by ten years"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: clock_jumps(folder, jumps=120, reminders=300), memory=True)
