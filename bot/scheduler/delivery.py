"""Carries the outbox: look, send, settle; the order is kept within a chat, and no chat waits for another."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.chat.adapter import Adapter
from bot.chat.counts import LETTERS_GIVEN_UP, SENDS, SENDS_DOUBTFUL, SENDS_PUT_OFF
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.moments import Moment, reached
from bot.chat.pausing import LEAST_PAUSE
from bot.store import away, outbox, stranded
from bot.store.database import Database
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from bot.views.text import Text

T = TypeVar("T")

log = structlog.get_logger()

_LONGEST_WAIT = timedelta(minutes=5)
MOST_TWINS = 5
"""Sends of one letter that may each have arrived, where nobody can look; a chat must not fill with copies."""

AFTER_DOUBT = tuple(timedelta(minutes=minutes) for minutes in (0.5, 5, 20, 60, 180))
"""Until the next such send: an outage of hours must not use up the few copies a chat can bear."""

MOST_LOOKS = 50
"""Doubtful sends where the platform can look: about four hours, then the chat's next letter gets its turn."""

STOOD_STILL_SECONDS = 15.0
"""Between taking a letter up and sending it only a process that was frozen, or looking for long, lets so much pass."""

IN_HAND = 256
"""Letters under way at once: each of a chat of its own, and on PostgreSQL with a lock in a table that is not large."""

POLL_SECONDS = 5.0
"""A look even when nobody woke us: a lost wake-up must not lose a letter."""


class Delivery:
    def __init__(
        self,
        database: Database,
        adapters: Mapping[str, Adapter],
        text: Text,
        clock: Callable[[], datetime],
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database, self._adapters, self._text, self._clock = database, adapters, text, clock
        self._poll_seconds = poll_seconds
        self._carrying: set[asyncio.Task[None]] = set()
        self._spaced: set[str] = set()
        """Letters of many doubts that this process has let wait, or doubts itself."""
        self._recovered = False
        self._unsure: list[Outgoing] = []
        """Perhaps taken up, and in nobody's hands."""
        self._wake = asyncio.Event()
        self._starting = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled."""
        self._database.listen(outbox.TOPIC, self._wake.set)
        try:
            while True:
                self._wake.clear()
                await self._sleep(await self._look())
        finally:
            for task in self._carrying:
                task.cancel()
            await asyncio.gather(*self._carrying, return_exceptions=True)
            self._recovered = False

    async def settled(self) -> None:
        """Returns when every letter that may go now has gone, or has been told to wait."""
        while True:
            await self._start_due(self._clock())
            if not self._carrying:
                return
            await asyncio.wait(self._carrying)

    async def _look(self) -> float:
        """Starts what is due and says for how many seconds nothing else will be."""
        now = self._clock()
        try:
            due = await self._start_due(now)
        except Exception as error:  # a full disk, a server that restarts: the letters wait, and so do we
            log.error("outbox out of reach", error=type(error).__name__)
            return self._poll_seconds
        ahead = (due - self._clock()).total_seconds() if due else self._poll_seconds
        return min(max(ahead, 0), self._poll_seconds)

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _start_due(self, now: datetime) -> datetime | None:
        """Starts the first letter of every lane that may go, and says when the next one may."""
        if len(self._carrying) >= IN_HAND:
            return None  # a finished one wakes us
        async with self._starting:
            unsure: list[Outgoing] = []
            try:
                claimed, due = await self._database.write(lambda session: self._claim(session, now, unsure))
            except Exception:  # a commit may come through though it seems to fail: nobody would carry those
                self._unsure += unsure
                raise
            self._recovered, self._unsure = True, []
        for outgoing in claimed:
            self._start(outgoing)
        return now if len(claimed) == outbox.AT_ONCE else due  # there may be more: look again at once

    def _start(self, outgoing: Outgoing) -> None:
        task = asyncio.create_task(self._carry(outgoing), name="letter")
        self._carrying.add(task)
        task.add_done_callback(self._carried)

    def _carried(self, task: "asyncio.Task[None]") -> None:
        self._carrying.discard(task)
        if len(self._carrying) == IN_HAND - 1:
            self._wake.set()

    def _claim(self, session: Session, now: datetime, unsure: list[Outgoing]) -> tuple[list[Outgoing], datetime | None]:
        """What was being sent when the last process ended is doubtful, and that is settled before anything new is."""
        if not self._recovered or self._database.shared:
            stranded.recover(session)
        for outgoing in self._unsure:
            outbox.try_later(session, outgoing, now)
        unsure[:] = outbox.claim(session, now)
        return unsure, outbox.next_due(session, now)

    async def _carry(self, outgoing: Outgoing) -> None:
        if __debug__:
            reached(Moment.CLAIMED)
        letter = outgoing.letter
        adapter = self._adapters.get(letter.address.platform)
        if self._too_late(letter) and not (outgoing.doubtful and adapter):
            await self._give_up(outgoing, "dead", "Expired")
        elif (letter.replacing and not outgoing.replacing) or (letter.under and not outgoing.under):
            await self._orphaned(outgoing)
        elif adapter is None:
            await self._later(outgoing, _LONGEST_WAIT, "NotConfigured")
        elif outgoing.doubts >= (MOST_LOOKS if adapter.can_look else MOST_TWINS):
            await self._give_up(outgoing, "unknown", "TooManyDoubts")
        else:
            await self._look_and_send(adapter, outgoing)

    async def _look_and_send(self, adapter: Adapter, outgoing: Outgoing) -> None:
        letter = outgoing.letter
        address = replace(letter.address, thread=outgoing.under) if outgoing.under else letter.address
        message = letter.message
        doubtful = outgoing.doubtful and not letter.replacing  # the same change made twice makes no twin
        try:
            if doubtful and adapter.can_look:
                found = await adapter.find(outgoing.token, address, letter.not_before)
                if found is not None:
                    return await self._delivered(outgoing, found)
                if self._too_late(letter):
                    return await self._give_up(outgoing, "dead", "Expired")
            elif doubtful and (not letter.again or self._too_late(letter)):
                return await self._give_up(outgoing, "unknown", "MayHaveArrived")
            elif doubtful and self._too_soon(outgoing):
                return await self._later(outgoing, _after_doubt(outgoing.doubts - 2), "MayHaveArrived")
            elif doubtful:
                message = replace(message, note=f"{message.note}\n{self._text('delivery.again')}".strip())
            if time.monotonic() - outgoing.taken_up > STOOD_STILL_SECONDS and not await self._still_ours(outgoing):
                return None
            with SENDS.timed(platform=adapter.name):
                reference = await adapter.send(address, message, key=outgoing.token, replacing=outgoing.replacing or "")
            if __debug__:
                reached(Moment.SENT)
            await self._delivered(outgoing, reference)
        except RetryLater as wait:
            await self._later(outgoing, self._told(outgoing, wait), type(wait).__name__)
        except Unreachable as gone:
            reason = type(gone).__name__
            await (self._set_aside(outgoing, reason) if gone.for_now else self._give_up(outgoing, "dead", reason))
        except Exception as error:
            reason = type(error).__name__
            log.warning("doubtful send", platform=adapter.name, error=reason)
            SENDS_DOUBTFUL.add(platform=adapter.name, error=reason)
            pause = self._pause(outgoing) if adapter.can_look else _after_doubt(outgoing.doubts)
            self._spaced.add(outgoing.token)
            moment = self._clock() + pause
            await self._settle(lambda session: outbox.doubt(session, outgoing, moment, reason))

    def _too_late(self, letter: Letter) -> bool:
        return letter.expires is not None and letter.expires <= self._clock()

    def _too_soon(self, outgoing: Outgoing) -> bool:
        """Processes died over it again and again: a loop of crashes must not use up its copies within seconds."""
        if outgoing.doubts < 2 or outgoing.token in self._spaced:
            return False
        self._spaced.add(outgoing.token)
        return True

    def _told(self, outgoing: Outgoing, wait: RetryLater) -> timedelta:
        """Never earlier than the platform said, and never twice within a second."""
        return self._pause(outgoing) if wait.after is None else timedelta(seconds=max(wait.after, LEAST_PAUSE))

    async def _still_ours(self, outgoing: Outgoing) -> bool:
        ours = await self._settle(lambda session: stranded.still_ours(session, outgoing))
        if not ours:
            log.warning("letter taken over", platform=outgoing.letter.address.platform)
        return ours

    def _pause(self, outgoing: Outgoing) -> timedelta:
        longest = min(_LONGEST_WAIT, timedelta(seconds=2.0 ** min(outgoing.attempts, 16)))
        return longest * random.uniform(0.5, 1)

    async def _delivered(self, outgoing: Outgoing, reference: str) -> None:
        """One commit says that this one arrived and takes up the next of its lane."""
        now = self._clock()
        self._spaced.discard(outgoing.token)
        unsure: list[Outgoing] = []

        def go_on(session: Session) -> Outgoing | None:
            for each in unsure:  # from a commit that came through though it seemed to fail
                outbox.try_later(session, each, now)
            outbox.delivered(session, outgoing, reference)
            following = outbox.claim_next(session, outgoing.lane, now)
            unsure[:] = [following] if following else []
            return following

        following = await self._settle(go_on)
        if __debug__:
            reached(Moment.DELIVERED)
        if following:
            self._start(following)

    async def _give_up(self, outgoing: Outgoing, state: str, reason: str) -> None:
        self._spaced.discard(outgoing.token)
        platform = outgoing.letter.address.platform
        log.warning("letter given up", state=state, platform=platform, error=reason)
        LETTERS_GIVEN_UP.add(platform=platform, state=state)
        await self._settle(lambda session: outbox.give_up(session, outgoing, state, reason))

    async def _orphaned(self, outgoing: Outgoing) -> None:
        """What it belongs to never arrived; where that one waits for its chat to come back, so does this."""
        waits = await self._settle(lambda session: away.holds_what_it_belongs_to(session, outgoing))
        await (self._set_aside(outgoing, "Orphaned") if waits else self._give_up(outgoing, "dead", "Orphaned"))

    async def _set_aside(self, outgoing: Outgoing, reason: str) -> None:
        log.warning("letter set aside", platform=outgoing.letter.address.platform, error=reason)
        await self._settle(lambda session: outbox.set_aside(session, outgoing, reason))

    async def _later(self, outgoing: Outgoing, pause: timedelta, reason: str) -> None:
        SENDS_PUT_OFF.add(platform=outgoing.letter.address.platform, error=reason)
        if __debug__:
            reached(Moment.PUT_OFF)
        moment = self._clock() + pause
        await self._settle(lambda session: outbox.try_later(session, outgoing, moment, reason))

    async def _settle(self, work: Callable[[Session], T]) -> T:
        """Until the rows take it, or tell: a letter in hand that nobody settles would stand in its chat's way."""
        while True:
            try:
                return await self._database.write(work)
            except Exception as error:
                log.error("letter not settled", error=type(error).__name__)
                await asyncio.sleep(self._poll_seconds)


def _after_doubt(doubts: int) -> timedelta:
    return AFTER_DOUBT[min(doubts, MOST_TWINS - 1)]
