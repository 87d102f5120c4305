"""The whole house, built once from the settings and closed in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.app.centre_shelf import CentreShelf
from bot.app.keys import open_key_file, sole_carrier
from bot.app.mirror import Mirror
from bot.app.peers import PeerShelf
from bot.chat.adapter import Adapter
from bot.chat.counts import JOBS_FAILED
from bot.chat.errors import Misconfigured
from bot.handlers import every_route
from bot.knowledge.encoders import encoder_source
from bot.knowledge.errors import HandbookError
from bot.knowledge.handbook import Handbook
from bot.routing.limits import Limits, Unlimited
from bot.routing.pipeline import Pipeline
from bot.scheduler import jobs
from bot.scheduler.clock import Clock
from bot.scheduler.delivery import Delivery
from bot.scheduler.gaps import Gaps
from bot.scheduler.runner import Job, Runner
from bot.settings import Settings
from bot.store import daily_lines, heartbeat, occurrences, second_tries
from bot.store.database import Database
from bot.store.occurrences import Occurrence
from bot.store.retention import Retention
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.text import Text

log = structlog.get_logger()


AGAIN_SECONDS = 60.0
"""Until a platform, or a task of the house, that could not go on is tried again."""


class House:
    def __init__(
        self,
        settings: Settings,
        database: Database,
        handbook: Handbook,
        clock: Clock,
        limits: Callable[[Clock], Limits] = Unlimited,
    ) -> None:
        """limits: of what each may send, where more than one person at a keyboard can."""
        self.settings, self.database, self.handbook, self.clock = settings, database, handbook, clock
        self.text = Text(settings.language, settings.zone)
        self.adapters: dict[str, Adapter] = {}
        self.rules = rules_of(settings)
        self.pipeline = Pipeline(database, every_route(), handbook, self.text, clock, limits(clock), self.rules)
        self.delivery = Delivery(database, self.adapters, self.text, clock)
        self.peers = PeerShelf(database, handbook, self.text)
        self.gaps = Gaps(database, self.adapters, self.text)
        self.centre = CentreShelf(database, handbook)
        self.keep = retention_of(settings)
        self.mirror = Mirror(database, settings.data_dir, self.keep.tombstones, clock)
        every_tick: list[Job] = [
            self.set_right,
            self.run_due,
            self.resume,
            self.forget_old,
            self.mirror.write,
            self.mark,
        ]
        self.runner = Runner([*every_tick, self.gaps.watch_platforms], clock)

    async def set_right(self, now: datetime) -> None:
        """After the machine's clock was set back."""
        if self.clock.stepped_back():
            await self.database.write(lambda session: self._set_right(session, now))

    def _set_right(self, session: Session, now: datetime) -> None:
        second_tries.hasten(session, now)
        daily_lines.plan_all(session, now, self.rules)

    async def run_due(self, now: datetime) -> None:
        """One transaction each: an occurrence that fails is tried again at the next tick and stops no other."""
        for occurrence in await self.database.read(lambda session: occurrences.due(session, now)):
            try:
                await self._happen(occurrence, now)
            except Exception as error:
                log.error("occurrence failed", kind=occurrence.kind, error=type(error).__name__)

    async def resume(self, now: datetime) -> None:
        """Lines up what a crash or a failure left; no tick waits until all of it is handled."""
        if not self.pipeline.backlog.is_being_handled:
            await self.pipeline.backlog.line_up(now)

    async def mark(self, now: datetime) -> None:
        """So that the other processes see that one of them keeps the time."""
        if self.database.shared:
            await self.database.write(lambda session: heartbeat.tick(session, now))

    async def _happen(self, occurrence: Occurrence, now: datetime) -> None:
        await self.database.write(lambda session: jobs.happen(session, occurrence, now, self.text, self.rules))

    async def forget_old(self, now: datetime) -> None:
        await self.database.write(lambda session: jobs.forget_old(session, now, self.keep, self.text))
        await self.database.forget_traces()

    async def run(self, adapters: Sequence[Adapter]) -> None:
        """Handles what the last process left, then serves until every adapter has nothing more to bring."""
        self.adapters.update({adapter.name: adapter for adapter in adapters})
        async with self.working():
            serving = {adapter.name for adapter in adapters}
            running = [asyncio.create_task(self._serve(adapter, serving), name=adapter.name) for adapter in adapters]
            try:
                await asyncio.gather(*running)
            finally:  # where nothing goes on any more, all end in order
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    async def _serve(self, adapter: Adapter, serving: set[str]) -> None:
        """A platform that cannot go on is tried again while another one serves; the last of them ends the house."""
        while True:
            try:
                return await self._heard(adapter)
            except Exception as error:
                serving.discard(adapter.name)
                if not serving:
                    raise
                setting = f" {error.setting}" if isinstance(error, Misconfigured) else ""
                log.error("platform stands still", platform=adapter.name, error=f"{type(error).__name__}{setting}")
            await asyncio.sleep(AGAIN_SECONDS)
            serving.add(adapter.name)

    async def _heard(self, adapter: Adapter) -> None:
        if adapter.hears_alone:
            await self.database.lead(f"hearing {adapter.name}", lambda: adapter.run(self.pipeline.dispatch))
        else:
            await adapter.run(self.pipeline.dispatch)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Delivery and clock run while the body does."""
        with sole_carrier(self.settings):
            await self.mirror.begin(self.clock())  # before anyone is served: what was erased must not come back
            left = [] if self.database.shared else [await self.pipeline.backlog.line_up(self.clock())]
            tasks = [*left, *(asyncio.create_task(_lasting(name, work)) for name, work in self._work().items())]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    def _work(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What goes on until the house closes, by its name in the log."""
        work: dict[str, Callable[[], Awaitable[None]]] = {
            "delivery": self.delivery.run,
            "clock": partial(self.database.lead, "clock", self._keep_time),
            "hear_others": self.database.hear_others,
            "mirror": self.mirror.run,
            "peers": self.peers.run,
            "centre": self.centre.run,
            "tries": self.pipeline.tries.run,
        }
        return work | ({"gaps": partial(self.gaps.run, self.clock)} if self.database.shared else {})

    async def _keep_time(self) -> None:
        """Of several processes one does, and first looks after what a lost one left."""
        await self.runner.tick()
        await self.runner.run()

    async def settled(self) -> None:
        """Returns when every letter due now has been carried."""
        await self.delivery.settled()

    async def advance(self, by: timedelta) -> None:
        """Moves the clock, stopping at everything that falls due on the way so that each happens at its time."""
        goal = self.clock() + by
        stuck = None
        while (due := await self.database.read(occurrences.next_due)) and due <= goal and due != stuck:
            stuck = due  # a job that fails leaves its moment standing; the next tick tries it again
            self.clock.advance(max(due - self.clock(), timedelta()))
            await self._catch_up()
        self.clock.advance(max(goal - self.clock(), timedelta()))
        await self._catch_up()

    async def _catch_up(self) -> None:
        await self.runner.tick()
        await self.pipeline.backlog.settled()
        await self.delivery.settled()


async def _lasting(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """What must not end is begun anew after whatever it stumbled over, or nobody would miss it."""
    while True:
        try:
            return await work()
        except Exception as error:
            log.error("job failed", job=name, error=type(error).__name__)
            JOBS_FAILED.add(kind=name, error=type(error).__name__)
        await asyncio.sleep(AGAIN_SECONDS)


def retention_of(settings: Settings) -> Retention:
    return Retention(
        worries=timedelta(days=settings.keep_worries_days),
        conferences=timedelta(days=settings.keep_conferences_days),
        sheets=timedelta(days=settings.keep_sheets_days),
        tombstones=timedelta(days=settings.keep_tombstones_days),
    )


def rules_of(settings: Settings) -> Rules:
    opens, closes = settings.duty
    return Rules(
        zone=settings.zone,
        publish_times=settings.published_at,
        batch_authors=settings.batch_authors,
        label_members=settings.label_members,
        duty_opens=opens,
        duty_closes=closes,
        opinions=settings.handbook_feedback == "on",
        keep_sheets=timedelta(days=settings.keep_sheets_days),
        public_url=settings.public_url,
    )


def handbook_of(settings: Settings) -> Handbook:
    """Instant: everything heavy loads with the first question, in a worker thread. Our own encoder answers until the
    configured one has read everything."""
    own = encoder_source(settings.data_dir)
    better = encoder_source(settings.data_dir, settings.embedding_model) if settings.embedding_model else None
    return Handbook(
        embedder=own, better=better, vectors=settings.data_dir / "vectors", on_progress=ProgressLines().tell
    )


class ProgressLines:
    """A line for every tenth of what has to be encoded."""

    def __init__(self) -> None:
        self._told = -1

    def tell(self, done: int, of: int) -> None:
        tenth = 10 * done // of if of else -1
        if tenth not in (-1, self._told):
            log.warning("handbook being encoded", done=done, of=of)
        self._told = tenth if of else self._told


async def warm(handbook: Handbook) -> None:
    """Raises Misconfigured where an entry of the handbook was written wrongly."""
    try:
        await handbook.warm()
    except HandbookError as error:
        raise miswritten(error) from None


def miswritten(error: HandbookError) -> Misconfigured:
    return Misconfigured("handbook", f"{error}.", "correct this entry in bot/knowledge/handbook.")


@asynccontextmanager
async def open_house(
    settings: Settings, clock: Clock | None = None, limits: Callable[[Clock], Limits] = Unlimited
) -> AsyncIterator[House]:
    """Raises Misconfigured, naming the setting and the fix, where the house cannot be opened."""
    keys = await asyncio.to_thread(open_key_file, settings)
    database = await asyncio.to_thread(Database, settings.database, keys)
    try:
        yield House(settings, database, handbook_of(settings), clock or Clock(), limits)
    finally:
        await asyncio.to_thread(database.close)
