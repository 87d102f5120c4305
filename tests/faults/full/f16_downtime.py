"""F16: 500 reminders, 200 restarts"""

from tests.faults.report import Figure
from tests.faults.storms.downtime import downtime
from tests.faults.storms.folders import in_a_folder

TITLE = "F16: 500 reminders, 200 restarts"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: downtime(folder, reminders=500, restarts=200), memory=True)
