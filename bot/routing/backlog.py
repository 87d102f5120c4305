"""What a crash or a failure left waiting: each event in its person's line, so that nobody new waits for all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from bot.chat.events import Event
from bot.routing.lines import Lines
from bot.store import inbox
from bot.store.database import Database

log = structlog.get_logger()

AT_ONCE = 8
"""Enough to share commits, too few to be in the way of whoever comes now."""


class Backlog:
    """handle: handles one event anew, where it still waits."""

    def __init__(self, database: Database, lines: Lines, handle: Callable[[Event, datetime], Awaitable[None]]) -> None:
        self._database, self._lines, self._handle = database, lines, handle
        self._handling: asyncio.Task[int] | None = None
        self._at_once = asyncio.Semaphore(AT_ONCE)

    @property
    def is_being_handled(self) -> bool:
        return self._handling is not None and not self._handling.done()

    async def settled(self) -> None:
        """Returns when what was lined up has been handled."""
        if self._handling:
            await asyncio.shield(self._handling)

    async def line_up(self, now: datetime) -> "asyncio.Task[int]":
        """Everything that waits takes its place before whatever comes from now on. What is returned handles it, and
        says how many."""
        waiting = await self._database.read(lambda session: inbox.waiting(session, now))
        placed = [asyncio.create_task(self.in_line(event, now)) for event in waiting]
        await asyncio.sleep(0)  # each of them begins, and has its place
        self._handling = asyncio.create_task(_all_of(placed))
        return self._handling

    async def in_line(self, event: Event, now: datetime) -> None:
        async with self._lines.place(event.private) as turn:
            if turn:
                await turn
            async with self._at_once:
                await self._handle(event, now)


async def _all_of(placed: Sequence["asyncio.Task[None]"]) -> int:
    """One that cannot be handled stands in nobody's way: the next tick tries it again."""
    ended = await asyncio.gather(*placed, return_exceptions=True)
    for error in (each for each in ended if isinstance(each, Exception)):
        log.error("event not resumed", error=type(error).__name__)
    return len(placed)
