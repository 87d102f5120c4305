"""F7: an hour without us, Slack"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.our_side import slack_without_us

TITLE = "F7: an hour without us, Slack"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: slack_without_us(folder, messages=200))
