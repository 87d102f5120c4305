"""F5: half an hour of 429 on 70 % of sends, Slack"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.rate_storm import rate_storm

TITLE = "F5: half an hour of 429 on 70 % of sends, Slack"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: rate_storm("slack", folder, seconds=1800, chats=24), memory=True)
