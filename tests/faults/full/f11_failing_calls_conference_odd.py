"""F11: every odd call of the driver fails in its turn, conference"""

from tests.faults.report import Figure
from tests.faults.storms.failing_calls import failing_calls
from tests.faults.storms.folders import in_a_folder

TITLE = "F11: every odd call of the driver fails in its turn, conference"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: failing_calls(folder, "conference", every=2), memory=True)
