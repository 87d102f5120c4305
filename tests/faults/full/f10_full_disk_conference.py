"""F10: a full disk at each write in turn, conference"""

from tests.faults.report import Figure
from tests.faults.storms.failing_calls import failing_calls
from tests.faults.storms.folders import in_a_folder

TITLE = "F10: a full disk at each write in turn, conference"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: failing_calls(folder, "conference", full=True), memory=True)
