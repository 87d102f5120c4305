"""F10: a full disk at each write in turn, worry and answer"""

from tests.faults.report import Figure
from tests.faults.storms.failing_calls import failing_calls
from tests.faults.storms.folders import in_a_folder

TITLE = "F10: a full disk at each write in turn, worry and answer"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: failing_calls(folder, "worry", "answer", full=True), memory=True)
