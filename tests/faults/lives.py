"""One bot after another in a town: each is killed at a moment or at a time, and the next is there at once."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, create_engine, inspect, text

from bot.chat.moments import Moment
from tests.faults.nursery import KILLED, Child, Nursery
from tests.faults.town import LOG, Town
from tests.slack.faults import Fault
from tests.telegram.faults import too_many

AT_RANDOM = "random"

SCENES: dict[str, int] = {Moment.ERASED: 2}
"""The first pass that lies in a scene of its own: the clock empties the log of the database at every start."""

PATIENCE = 1.5
"""Seconds until a bot that has not come to its moment is killed where it is."""


ONCE_MORE = (1, 2)
"""Passes at which it is tried again, where a life did not come to a later one."""


@dataclass(frozen=True, slots=True)
class Kill:
    """nth: pass of the moment. after: seconds of serving, for a kill at a random time."""

    moment: str
    nth: int = 1
    after: float = 0.0


def planned(number: int, at_random: int, seed: int) -> list[Kill]:
    """So many kills, spread evenly over all moments but the first start's, so many of them at random times.

    Those inside a reminder come first, while reminders are due: whoever is not killed there sends all of them."""
    chance = random.Random(seed)
    moments = [each.value for each in Moment if each is not Moment.MIGRATING]
    kills = [Kill(AT_RANDOM, after=chance.uniform(0, 0.8)) for _ in range(at_random)]
    for place in range(number - at_random):
        moment = moments[place % len(moments)]
        later = chance.choice((0, 1) if moment == Moment.FALLING_DUE else (0, 0, 1, 2, 4))
        kills.append(Kill(moment, SCENES.get(moment, 1) + later))
    chance.shuffle(kills)
    return sorted(kills, key=lambda kill: kill.moment != Moment.FALLING_DUE)


@dataclass
class Lives:
    """deaths: by moment. doubtful: letters that were being sent when a bot died. recovered: seconds from each start
    until both platforms heard from it. bug: what is planted into every bot.
    patience: seconds for a start."""

    nursery: Nursery
    town: Town
    deaths: Counter[str] = field(default_factory=Counter)
    doubtful: int = 0
    inside_sends: int = 0
    recovered: list[float] = field(default_factory=list)
    bug: str = ""
    patience: float = 30.0
    _child: Child | None = None
    _in_doubt: int = 0

    async def first_starts(self, number: int) -> None:
        """Each is killed inside the migration, and leaves a database as empty as it was."""
        for _ in range(number):
            child = await self._born(Kill(Moment.MIGRATING))
            assert await asyncio.wait_for(child.ended, 30) == KILLED, self.last_words()
            self.note(Moment.MIGRATING)

    async def live(self, kills: list[Kill], begun: Callable[[str], object], enough: Callable[[], bool]) -> None:
        """Through all of them, or until there is enough; then one more that is left in peace. begun: told the moment
        of every start."""
        for kill in kills:
            if enough():
                break
            for nth in (kill.nth, *ONCE_MORE):
                begun(kill.moment)
                if await self._one(replace(kill, nth=nth)) == kill.moment:
                    break
        await self._start(Kill(""))

    async def _one(self, kill: Kill) -> str:
        """The moment at which it died: a random one, where it did not come to the one it was told."""
        child = await self._start(kill)
        await asyncio.wait([child.ended], timeout=kill.after if kill.moment == AT_RANDOM else PATIENCE)
        moment = kill.moment if child.ended.done() else AT_RANDOM
        status = await child.end(signal.SIGKILL)
        assert status == KILLED, f"it ended with {status}: {self.last_words()}"
        self.note(moment)
        await self._buried()
        return moment

    async def _start(self, kill: Kill) -> Child:
        if kill.moment == Moment.PUT_OFF:
            self._ask_to_wait(kill.nth)
        began = time.monotonic()
        slack, telegram = self.town.slack, self.town.telegram
        asked = telegram.polling.asked
        child = self._child = await self._born(kill)
        async with asyncio.timeout(self.patience):
            while not child.ended.done() and not (slack.socket.links and telegram.polling.asked > asked):
                await asyncio.wait([child.ended], timeout=0.005)
        if not child.ended.done():
            self.recovered.append(time.monotonic() - began)
        return child

    def _ask_to_wait(self, times: int) -> None:
        self.town.slack.faults.next("chat.postMessage", Fault(status=429, retry_after=0), times)
        self.town.telegram.faults.next("sendMessage", too_many(0), times)

    async def _born(self, kill: Kill) -> Child:
        """A letter whose sender dies five times over it is given up: what is in doubt already is let pass first."""
        nth = kill.nth + (self._in_doubt if kill.moment in (Moment.CLAIMED, Moment.SENT) else 0)
        return await self.nursery.born(
            settings=self.town.settings(), log=str(self.town.folder / LOG), moment=kill.moment, nth=nth, hurried=True,
            bug=self.bug,
        )  # fmt: skip

    def note(self, moment: str) -> None:
        """A bot has died there: what it was sending is in doubt now."""
        self.deaths[moment] += 1
        states = self._outbox()
        sending = states.get("sending", 0)
        self._in_doubt = sending + states.get("doubtful", 0)
        self.doubtful += sending
        self.inside_sends += sending > 0
        self.town.load.add("kill", moment=moment, sending=sending)

    def _outbox(self) -> dict[str, int]:
        """Only looked at: whoever comes next must find the files as they were left."""
        with self._looking() as connection:
            return counted(connection, "outbox") if has_table(connection) else {}

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        engine = create_engine(self.town.database)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    async def settled(self, seconds: float = 120.0) -> None:
        """Until nothing waits any more: no update outside, no event and no letter inside."""
        await self.town.telegram.drained(seconds)
        async with asyncio.timeout(seconds):
            while await asyncio.to_thread(self._waits):  # noqa: ASYNC110 - rows of another process tell nobody
                await asyncio.sleep(0.1)

    def _waits(self) -> bool:
        with self._looking() as connection:
            waiting = {"new", "ready", "sending", "doubtful"}
            return bool(waiting & (counted(connection, "inbox").keys() | counted(connection, "outbox").keys()))

    async def _buried(self) -> None:
        """What it acknowledged with its last breath is heard first; nobody waits for anything else of it."""
        slack = self.town.slack
        slack.faults.clear()
        self.town.telegram.faults.clear()
        await slack.workspace.until(lambda: not slack.socket.connected, 10, "the sockets closing")
        slack.socket.give_up()

    async def end(self) -> None:
        """In order, as an operator ends it."""
        assert self._child is not None
        assert await self._child.end(signal.SIGTERM) == 0, self.last_words()

    def last_words(self) -> str:
        """Of whoever wrote to the log last."""
        file = self.town.folder / LOG
        return file.read_text(errors="replace")[-2000:] if file.exists() else "nothing"


def counted(connection: Connection, table: str) -> dict[str, int]:
    """Rows by their state."""
    found = connection.execute(text(f"SELECT state, count(*) FROM {table} GROUP BY state"))
    return {str(state): int(number) for state, number in found}


def has_table(connection: Connection) -> bool:
    return inspect(connection).has_table("outbox")
