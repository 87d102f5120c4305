"""F7: an hour without us, Telegram"""

from tests.faults.report import Figure
from tests.faults.storms.folders import in_a_folder
from tests.faults.storms.our_side import telegram_without_us

TITLE = "F7: an hour without us, Telegram"


def run() -> dict[str, Figure]:
    return in_a_folder(lambda folder: telegram_without_us(folder, hours=1, messages=400))
