"""F9: Slack does what it is asked, and its answer is cut off, never comes, or comes after a minute: one post each."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

from tests.faults.days import fresh_folder
from tests.faults.facts import facts_of
from tests.faults.lives import Lives
from tests.faults.load import Load
from tests.faults.nursery import open_nursery
from tests.faults.town import SLACK, Size, open_town
from tests.faults.verdict import judge
from tests.platforms.ledger import read
from tests.slack.faults import Fault

TITLE = "Slack's answers cut off, lost, or a minute late: one post each (F9)"

WORRIES, OF_EACH = 60, 6
LATE_SECONDS = 60.0


def run() -> dict[str, int | float | str]:
    with fresh_folder() as folder:
        figures, wrong = asyncio.run(_day(folder))
    sys.stdout.write(f"  {figures}\n")
    assert not wrong, wrong[:20]
    assert figures["most_posts_of_a_letter"] == 1
    return figures


async def _day(folder: Path) -> tuple[dict[str, int | float | str], list[str]]:
    async with open_nursery() as nursery, open_town(folder, "", Size(WORRIES, rooms=8)) as town:
        await town.found()
        for fault in (Fault(reset_after=True), Fault(hold=asyncio.Event()), Fault(delay=LATE_SECONDS)):
            town.slack.faults.next("chat.postMessage", fault, OF_EACH)
        lives, load = Lives(nursery, town), Load(town, 1)
        await lives.live([], lambda _: None, lambda: False)
        load.set_free()
        await load.day()
        await lives.settled(300)
        await load.evening()
        await lives.settled(300)
        await lives.end()
        facts = facts_of(folder, town.database)
        verdict = judge(facts)
        posts = Counter(each.key for each in facts.said if each.platform == "slack" and each.key)
        asked = sum(line["method"] == "conversations.history" for line in read(folder / SLACK, "call"))
        return {
            "worries": len(facts.confirmed),
            "answers_lost": len(town.slack.faults.happened),
            "looks": asked,
            "most_posts_of_a_letter": max(posts.values()),
            "lost": verdict.counted["lost"],
            "slack_twins": verdict.counted["slack_twins"],
        }, verdict.wrong
