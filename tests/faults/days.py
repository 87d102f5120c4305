"""A whole day of a town through so many kills, and what the checker says of it."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.chat.moments import Moment
from tests.faults.facts import Facts, facts_of
from tests.faults.lives import Kill, Lives, planned
from tests.faults.load import Load
from tests.faults.nursery import Nursery
from tests.faults.town import Size, Town, open_town
from tests.faults.verdict import Verdict, judge

FOREVER = 1_000_000
PEOPLE = 12
ROOMS = 4
ACTS = 1.5
"""What people do for each worry that is let go."""


@dataclass(frozen=True, slots=True)
class Day:
    facts: Facts
    verdict: Verdict
    lives: Lives
    load: Load

    def counts(self) -> Counter[str]:
        """What the record keeps; under the names of moments, how many died there."""
        counted = self.verdict.counted
        found = {
            "kills": sum(self.lives.deaths.values()),
            "worries": len(self.facts.confirmed),
            "answers": len(self.facts.answered),
            "closings": len(self.facts.closed),
            "lost": counted["lost"],
            "doubled": counted["doubled"],
            "misattributed": counted["misattributed"] + counted["leaked"] + counted["astray"],
            "slack_twins": counted["slack_twins"],
            "telegram_twins": counted["telegram_twins"],
            "telegram_twins_marked": counted["telegram_twins_marked"],
            "kills_inside_sends": self.lives.inside_sends,
            "letters_in_doubt": self.lives.doubtful,
        }
        return Counter({**found, **{str(moment): number for moment, number in sorted(self.lives.deaths.items())}})

    def recovery(self) -> dict[str, float]:
        recovered = sorted(self.lives.recovered)
        return {"recovery_p50_seconds": round(recovered[len(recovered) // 2], 2),
                "recovery_max_seconds": round(recovered[-1], 2)}  # fmt: skip


async def lived(
    nursery: Nursery,
    folder: Path,
    url: str = "",
    *,
    worries: int,
    kills: int = 0,
    at_random: int = 0,
    first_starts: int = 0,
    seconds: float = FOREVER,
    seed: int = 1,
    bug: str = "",
    plan: list[Kill] | None = None,
    people: int = PEOPLE,
    rooms: int = ROOMS,
) -> Day:
    """seconds: after so long no more are killed, and people do what is left in peace. plan: these kills, instead of so
    many over all moments."""
    plan = planned(kills, at_random, seed) if plan is None else plan
    reminders = 2 + 2 * sum(kill.moment == Moment.FALLING_DUE for kill in plan)
    async with open_town(folder, url, Size(worries, people, rooms, reminders), seed) as town:
        lives = Lives(nursery, town, bug=bug)
        await lives.first_starts(first_starts)
        await town.found()
        load = Load(town, seed)
        await _played(lives, load, plan, acts=round(ACTS * worries / max(len(plan), 1)) + 2, seconds=seconds)
        return Day(*_judged(town), lives, load)


async def _played(lives: Lives, load: Load, plan: list[Kill], *, acts: int, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    over = loop.time() + seconds
    day = asyncio.create_task(load.day())
    try:
        await lives.live(plan, lambda moment: load.allow(acts, moment), lambda: load.finished or loop.time() > over)
        load.set_free()
        await day
    finally:
        day.cancel()
    await lives.settled()
    await load.evening()
    await lives.settled()
    await lives.end()


def _judged(town: Town) -> tuple[Facts, Verdict]:
    facts = facts_of(town.folder, town.database)
    return facts, judge(facts)


def all_well(day: Day) -> None:
    """Nothing is wrong, everything was done, and no moment was out of reach."""
    assert not day.verdict.wrong, "\n".join(day.verdict.wrong[:20])
    assert day.facts.answered and day.facts.closed and day.facts.intruded and day.facts.joined
    assert set(day.lives.deaths) >= {moment.value for moment in Moment}
    assert max(day.lives.recovered) < 5


@contextmanager
def fresh_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="yorisoi-faults-") as name:
        yield Path(name) / "town"
