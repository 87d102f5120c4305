"""F21: one member sends a thousand messages a minute, a thousand others one each; nobody waits for the flood."""

import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bot.app.house import House
from bot.chat.events import Address, Body, Command, Event, Press, Text
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.routing.limits import EVENTS_A_MINUTE, Limits
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members, places
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from bot.store.session import Session
from tests.faults.report import Figure
from tests.world import FakePlatform

TITLE = "one member 1,000 messages a minute, 1,000 members one a minute"

MEMBERS, FLOOD_A_MINUTE, MINUTES, WARM_UP_MINUTES = 1000, 1000, 3, 1
SLOWEST_SECONDS, MOST_GROWTH_MB = 2.0, 50

WHAT_PEOPLE_DO: tuple[Body, ...] = (
    Text("訪問しても本人に会えません"),
    Text("親御さんとどう話せばよいでしょう"),
    Command("menu"),
    Command("conference"),
    Press("mydata.show"),
    Press("worry.begin"),
)


@dataclass
class Crowd:
    """Everyone's events, and how long each waited for its answer."""

    house: House
    waited: list[float] = field(default_factory=list)
    flood: Counter[str] = field(default_factory=Counter)
    running: set[asyncio.Task[None]] = field(default_factory=set)
    _numbers: "count[int]" = field(default_factory=count)

    def event(self, person: str, body: Body) -> Event:
        number, now = next(self._numbers), self.house.clock()
        return Event(f"event-{number}", person, Address("telegram", "team", person), True, False, now, body)

    async def one(self, person: str) -> None:
        started = time.monotonic()
        reply = await self.house.pipeline.dispatch(self.event(person, random.choice(WHAT_PEOPLE_DO)))
        assert reply is not None, "somebody was met with silence"
        self.waited.append(time.monotonic() - started)

    async def flooding(self) -> None:
        reply = await self.house.pipeline.dispatch(self.event("flood", Text("どうすればよいですか")))
        self.flood["answered or told" if reply else "turned away"] += 1

    async def throughout(self, minutes: int) -> None:
        """Everybody once a minute at a moment of their own, the flood at even distances."""
        people = [f"person-{number}" for number in range(MEMBERS)]
        moments = [(random.uniform(0, 60 * minutes), person) for person in people for _ in range(minutes)]
        moments += [(number * 60 / FLOOD_A_MINUTE, "") for number in range(FLOOD_A_MINUTE * minutes)]
        started = time.monotonic()
        for moment, person in sorted(moments):
            await asyncio.sleep(max(started + moment - time.monotonic(), 0))
            task = asyncio.create_task(self.one(person) if person else self.flooding())
            self.running.add(task)
            task.add_done_callback(self.running.discard)
        await asyncio.gather(*self.running)


@asynccontextmanager
async def crowded(folder: Path) -> AsyncIterator[Crowd]:
    settings = Settings(data_dir=folder)
    database = Database(settings.database, Keys(b"k" * 32))
    house = House(settings, database, Handbook(embedder=lambda: HashEmbedder()), Clock(), Limits)
    house.adapters["telegram"] = FakePlatform("telegram", dialogs=False)

    def settle_in(session: Session) -> None:
        places.link(session, Address("telegram", "team", "group"), "広場", "ja")
        for person in ("flood", *(f"person-{number}" for number in range(MEMBERS))):
            members.enter(session, Address("telegram", "team", person), Role.SUPPORTER, "ja", house.clock())

    try:
        await database.write(settle_in)
        await house.handbook.warm()
        async with house.working():
            yield Crowd(house)
    finally:
        database.close()


def run() -> dict[str, Figure]:
    with TemporaryDirectory() as name:
        return asyncio.run(_run(Path(name)))


async def _run(folder: Path) -> dict[str, Figure]:
    process = psutil.Process()
    async with crowded(folder) as crowd:
        await crowd.throughout(WARM_UP_MINUTES)
        alone = _p95(crowd.waited)
        before = process.memory_info().rss
        crowd.waited.clear()
        crowd.flood.clear()
        await crowd.throughout(MINUTES)
        grown = (process.memory_info().rss - before) / 2**20
        waited, flood = list(crowd.waited), dict(crowd.flood)
        kept = flood["answered or told"]
        crowd.waited.clear()
        await asyncio.gather(*(crowd.one(f"person-{number}") for number in range(MEMBERS)))
        at_once = _p95(crowd.waited)
    assert len(waited) == MEMBERS * MINUTES, "not everybody was answered"
    assert _p95(waited) < SLOWEST_SECONDS, f"others' p95 is {_p95(waited):.2f} s"
    assert kept <= (EVENTS_A_MINUTE + 1) * (MINUTES + 1), f"{kept} of the flood were answered"
    assert grown < MOST_GROWTH_MB, f"memory grew by {grown:.0f} MB"
    return {
        "members": MEMBERS,
        "minutes": MINUTES,
        "flood_sent": sum(flood.values()),
        "flood_answered_or_told": kept,
        "others_p50_s": round(statistics.median(waited), 3),
        "others_p95_s": round(_p95(waited), 3),
        "others_worst_s": round(max(waited), 3),
        "others_p95_s_in_the_first_minute": round(alone, 3),
        "p95_s_when_all_press_at_once": round(at_once, 2),
        "memory_growth_mb": round(grown, 1),
    }


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]
