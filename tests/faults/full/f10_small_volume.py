"""F10: a volume of 3 MB with 0 to 60 pages left"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.full_volume import small_volume

TITLE = "F10: a volume of 3 MB with 0 to 60 pages left"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: small_volume(folder, spares=range(0, 61, 2)), memory=True)
