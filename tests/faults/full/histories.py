"""F4: a thousand histories of events brought twice, late, shuffled and disguised, each held against its clean run."""

from tests.adapters.slack.test_histories import played
from tests.faults.days import fresh_folder

TITLE = "1,000 histories of doubled, reordered and delayed events in Slack (F4)"

HISTORIES = 1_000


def run() -> dict[str, int | float | str]:
    with fresh_folder() as folder:
        folder.mkdir()
        tally = played(folder, HISTORIES)
    assert tally.histories >= HISTORIES
    return {"histories": tally.histories, "deliveries": tally.deliveries, "differing": 0}
