"""F24: five thousand ways to say that somebody is in danger."""

from tests.faults.report import Figure
from tests.faults.storms.drills import drills
from tests.faults.storms.folders import in_a_folder

TITLE = "F24: 5,000 phrasings that show danger"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: drills(folder, phrasings=5000), memory=True)
