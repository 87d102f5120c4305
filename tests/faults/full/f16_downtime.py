"""F16: 500 reminders, 200 restarts, and again with a clock that jumps"""

from tests.faults.report import Figure
from tests.faults.storms.downtime import downtime
from tests.faults.storms.folders import in_a_folder

TITLE = "F16: 500 reminders, 200 restarts, and again with a clock that jumps"


def run() -> dict[str, Figure]:
    quiet = in_a_folder(lambda folder: downtime(folder, reminders=500, restarts=200), memory=True)
    jumping = in_a_folder(lambda folder: downtime(folder, reminders=500, restarts=200, jumps=True), memory=True)
    named = {f"{name}_with_jumps": figure for name, figure in jumping.items() if name not in ("reminders", "restarts")}
    return {**{name: figure for name, figure in quiet.items() if name != "clock_jumps"}, **named}
