"""F20: sixty poisoned events of five kinds."""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.poison import poison

TITLE = "F20: sixty poisoned events of five kinds"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: poison(folder, rounds=12))
