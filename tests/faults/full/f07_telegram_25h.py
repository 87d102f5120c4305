"""F7: twenty-five hours without us, Telegram"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.our_side import telegram_without_us

TITLE = "F7: twenty-five hours without us, Telegram"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: telegram_without_us(folder, hours=25, messages=400))
