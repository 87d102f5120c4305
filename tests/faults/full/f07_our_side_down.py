"""F7: an hour and twenty-five hours without us on Telegram, an hour on Slack."""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.our_side import slack_without_us, telegram_without_us

TITLE = "F7: an hour and a day without us"


def run() -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for hours in (1, 25):
        found = in_a_folder(lambda folder, hours=hours: telegram_without_us(folder, hours=hours, messages=400))  # type: ignore[misc]
        figures |= {f"telegram_{hours}h_{name}": figure for name, figure in found.items()}
    found = in_a_folder(lambda folder: slack_without_us(folder, messages=200))
    return figures | {f"slack_1h_{name}": figure for name, figure in found.items()}
