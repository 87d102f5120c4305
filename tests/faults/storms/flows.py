"""The three core flows, played on a house whose disk fails; what is left is held against a day without a failure."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from structlog.testing import capture_logs

from bot.app.house import House, open_house
from bot.chat.events import Event
from bot.scheduler.delivery import Delivery
from bot.settings import Settings
from bot.store import inbox
from bot.store.session import Session
from tests.faults.checker import State, complaints, state_of
from tests.faults.child import CODES, DATA, LEDGER, WorldClock, prepare
from tests.faults.ledger import Ledger, LedgerPlatform
from tests.faults.people import Post
from tests.faults.scene import Scene
from tests.faults.storms.driver import Driver

FLOWS = ("worry", "answer", "conference")
_PATIENCE = 60
QUICK = 0.005


class Stubborn(Post):
    """A platform that brings again what was not acknowledged; afterwards the clock ticks, as it does anyway."""

    def __init__(self, ledger: Ledger, house: House) -> None:
        super().__init__(ledger, house.pipeline.dispatch, self._all_carried, house.clock)
        self._house = house
        self.refused = self.unsettled = 0

    async def _deliver(self, event: Event) -> None:
        for _ in range(_PATIENCE):
            try:
                return await super()._deliver(event)
            except SQLAlchemyError:
                self.refused += 1
                await asyncio.sleep(QUICK)
        raise AssertionError("the house never took it")

    async def _all_carried(self) -> None:
        for _ in range(_PATIENCE):
            try:
                await self._house.runner.tick()
                await self._house.settled()
                if not await self._house.database.read(self._waiting):
                    return
            except SQLAlchemyError:
                self.unsettled += 1
            await asyncio.sleep(QUICK)
        raise AssertionError("it was never carried to its end")

    def _waiting(self, session: Session) -> list[Event]:
        return inbox.waiting(session, self._house.clock())


Trouble = Callable[[House], AbstractAsyncContextManager[None]]


class Part(Scene):
    """One flow of the whole day, and what has to have happened before it."""

    @property
    def house(self) -> House:
        return self._house

    async def before(self, flow: str) -> None:
        await self._join()
        if flow != "worry":
            await self._worries()

    async def flow(self, name: str) -> None:
        await {"worry": self._worries, "answer": self._answers, "conference": self._meeting}[name]()

    async def _meeting(self) -> None:
        await self._conference()
        for _ in range(_PATIENCE):
            with suppress(SQLAlchemyError):  # nobody asked: the clock goes on
                await self._reminder()
                return
            await asyncio.sleep(QUICK)


@dataclass
class Played:
    """calls: of the driver. failed: how often something went wrong meanwhile."""

    state: State
    calls: int
    failed: int


class Stage:
    """One community before each flow, and what is left of each flow when nothing fails."""

    def __init__(self, folder: Path, driver: Driver) -> None:
        self._folder, self._driver = folder, driver
        self._clean: dict[str, State] = {}
        self.calls: dict[tuple[str, bool], int] = {}
        self._numbers = 0

    async def prepare(self, flows: Sequence[str] = FLOWS) -> None:
        (self._folder / "community").mkdir()
        await prepare(self._folder / "community")
        for flow in flows:
            shutil.copytree(self._folder / "community", self._folder / flow)
            async with _part(self._folder / flow) as (part, _):
                await part.before(flow)
            for writes in (False, True):
                played = await self.play(flow, 0, writes=writes)
                self._clean[flow], self.calls[flow, writes] = played.state, played.calls

    async def play(
        self, flow: str, nth: int, way: str = "before", cause: str = "io", *, lasting: int = 1, writes: bool = False
    ) -> Played:
        """The n-th call of the driver fails, and so many after it."""

        @asynccontextmanager
        async def armed(_: House) -> AsyncIterator[None]:
            self._driver.arm(nth, way, cause, lasting=lasting, writes=writes)
            try:
                yield
            finally:
                self._driver.counting = False

        return await self.through(flow, armed, self._folder)

    async def through(self, flow: str, trouble: Trouble, on: Path) -> Played:
        """Plays it in a copy of the community, the house's own files on this volume, with this trouble around it."""
        self._numbers += 1
        folder, data = self._folder / f"case{self._numbers}", on / f"data{self._numbers}"
        await asyncio.to_thread(_copied, self._folder / flow, folder, data)
        async with _part(folder) as (part, post):
            with capture_logs() as lines:
                async with trouble(part.house):
                    await part.flow(flow)
        failures = sum(line["log_level"] == "error" for line in lines) + post.refused + post.unsettled
        stumbles = failures + (self._driver.failed > 0)
        state = state_of(folder / LEDGER, folder / DATA / "yorisoi.db", stumbles, stumbles)
        for each in (folder, data):
            await asyncio.to_thread(shutil.rmtree, each)
        return Played(state, self._driver.calls, max(failures, self._driver.failed))

    def wrong(self, flow: str, played: Played) -> list[str]:
        return complaints(self._clean[flow], played.state)


def _copied(community: Path, folder: Path, data: Path) -> None:
    shutil.copytree(community, folder, ignore=shutil.ignore_patterns(DATA))
    shutil.copytree(community / DATA, data)
    (folder / DATA).symlink_to(data)


@asynccontextmanager
async def _part(folder: Path) -> AsyncIterator[tuple[Part, Stubborn]]:
    ledger = Ledger(folder / LEDGER)
    clock = WorldClock(ledger)
    slack = LedgerPlatform("slack", ledger, dialogs=True, can_look=True)
    telegram = LedgerPlatform("telegram", ledger, dialogs=False, can_look=False)
    async with open_house(Settings(data_dir=folder / DATA), clock) as house:
        house.adapters.update({"slack": slack, "telegram": telegram})
        house.delivery = Delivery(house.database, house.adapters, house.text, clock, poll_seconds=QUICK)
        post = Stubborn(ledger, house)
        codes = json.loads((folder / CODES).read_text())
        yield Part(house, post, slack, telegram, codes), post
