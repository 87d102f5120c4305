"""How far Slack has been heard, and bringing what was missed once it can be heard again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

from bot.chat.adapter import Memory

log = structlog.get_logger()

HEARD = "heard"
HEARTBEAT_SECONDS = 20.0
OVERLAP = timedelta(minutes=2)
"""Of a look back with what was heard before; a message heard twice is one event."""

AGAIN_SECONDS = 30.0
"""Until a look back that failed is tried again."""

LONGEST_OUTAGE = timedelta(days=6)
"""Marks of handled events are kept for a week: what is older could be taken for new."""


class Hearing:
    """bring: takes in everything said since a moment, or raises. called: Slack calls us, and only that tells that we
    are heard; otherwise a connection does."""

    def __init__(self, memory: Memory, bring: Callable[[datetime], Awaitable[None]], *, called: bool) -> None:
        self._memory, self._bring, self._called = memory, bring, called
        self._came = asyncio.Event()
        self.listening = False
        """There is a connection, or an entrance at which Slack calls us."""
        self._up_to_date = False
        """Connected, and all that was missed is in: only then does a moment count as heard."""
        self._called_at: datetime | None = None

    async def begin(self) -> None:
        """At the very first start: what was said before was not said to us."""
        if not await self._memory.recall(HEARD):
            await self._memory.keep(HEARD, datetime.now(UTC).isoformat())

    def connected(self) -> None:
        self.listening = True
        self._came.set()

    def lost(self) -> None:
        self.listening = False
        self._up_to_date = False

    def was_called(self) -> None:
        self._called_at = datetime.now(UTC)

    async def keep_up(self) -> None:
        """After every new connection, until it succeeds; one look at a time. Until cancelled."""
        while True:
            await self._came.wait()
            self._came.clear()
            self._up_to_date = False
            try:
                await self._look_back()
                self._up_to_date = not self._came.is_set()
            except Exception as error:  # the moment before stays noted
                log.error("nothing could be brought after", platform="slack", error=type(error).__name__)
                asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._came.set)

    async def _look_back(self) -> None:
        now = datetime.now(UTC)
        if heard := await self._memory.recall(HEARD):
            await self._bring(max(datetime.fromisoformat(heard) - OVERLAP, now - LONGEST_OUTAGE))
        await self._memory.keep(HEARD, now.isoformat())

    async def note(self) -> None:
        """Notes how far we have heard, so that the next look knows what it missed. Until cancelled."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            heard = self._called_at if self._called else datetime.now(UTC)
            if not (self._up_to_date and heard):
                continue
            try:
                await self._memory.keep(HEARD, heard.isoformat())
            except Exception as error:  # a full disk: what is heard now will be brought once more
                log.error("not noted how far we heard", platform="slack", error=type(error).__name__)
