"""F13: another program holds the database for thirty seconds"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.locked import locked

TITLE = "F13: another program holds the database for thirty seconds"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: locked(folder, seconds=30, people=20))
