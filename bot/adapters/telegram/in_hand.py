"""Answers on their way, one after the other within a chat; a chat that Telegram holds up holds up nobody else."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from bot.adapters.telegram.arrival import PLATFORM, Arrival
from bot.chat.messages import Reply

log = structlog.get_logger()

MOST_WAITING = 5
"""Answers kept for a chat that is held up; beyond it the oldest is lost, as an answer in hand may be."""

HELD_SECONDS = 1.0
"""An answer that takes longer shows that its chat is held up, until one goes quickly again."""


@dataclass(slots=True)
class _Chat:
    """since: when the answer that is being shown was begun."""

    waiting: deque[tuple[Arrival, Reply]] = field(default_factory=deque)
    since: float = 0.0
    held: bool = False


class InHand:
    def __init__(
        self, show: Callable[[Arrival, Reply], Awaitable[None]], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._show, self._now = show, now
        self._chats: dict[str, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, arrival: Arrival, reply: Reply) -> None:
        name = arrival.event.sender
        chat = self._chats.get(name)
        if chat is None:
            chat = self._chats[name] = _Chat(since=self._now())
            task = asyncio.create_task(self._all_of(name, chat), name=PLATFORM)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        chat.waiting.append((arrival, reply))
        self._look(chat)

    def pressing(self) -> int:
        """How many are in hand for chats that are not held up: those are worth waiting for."""
        for chat in self._chats.values():
            self._look(chat)
        return sum(1 + len(chat.waiting) for chat in self._chats.values() if not chat.held)

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        return self._tasks

    async def _all_of(self, name: str, chat: _Chat) -> None:
        try:
            while chat.waiting:
                chat.since = self._now()
                arrival, reply = chat.waiting.popleft()
                try:
                    await self._show(arrival, reply)
                except Exception as error:
                    log.error("answer broken off", platform=PLATFORM, error=type(error).__name__)
                chat.held = self._now() - chat.since > HELD_SECONDS
        finally:
            del self._chats[name]

    def _look(self, chat: _Chat) -> None:
        """What takes away what somebody wrote is kept before anything else."""
        chat.held = chat.held or self._now() - chat.since > HELD_SECONDS
        while chat.held and len(chat.waiting) > MOST_WAITING:
            chat.waiting.remove(next((each for each in chat.waiting if not each[1].clear), chat.waiting[0]))
            log.warning("answer not shown", platform=PLATFORM, error="too many for one chat")
