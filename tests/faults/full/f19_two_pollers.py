"""F19: a second bot on the same token, eight times"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.two_pollers import two_pollers

TITLE = "F19: a second bot on the same token, eight times"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: two_pollers(folder, times=8, messages=5))
