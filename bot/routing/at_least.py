"""When nothing can be stored, or not soon: a sign of danger is answered all the same, before the event comes again."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from bot.chat.errors import NotStored
from bot.chat.events import Event
from bot.chat.messages import Reply
from bot.routing import noticing
from bot.views.text import Text

T = TypeVar("T")

SOON = 1.0
"""Seconds; a platform is answered within two and a half, and nobody in danger should wait longer for a disk."""

REMEMBERED = 1000
"""Events; what could not be stored comes again, and is not shown its card each time."""


class AtLeast:
    def __init__(self, text: Text, clock: Callable[[], datetime]) -> None:
        self._text, self._clock = text, clock
        self._shown: deque[tuple[str, str, str]] = deque(maxlen=REMEMBERED)

    async def card(self, event: Event) -> Reply | None:
        """Once for each event; None where it shows no danger."""
        known = (event.address.platform, event.address.space, event.id)
        if known in self._shown:
            return None
        reply = await noticing.in_hand(event, self._text, self._clock())
        if reply:
            self._shown.append(known)
        return reply

    async def stored(self, event: Event, writing: Awaitable[T]) -> T:
        """Raises NotStored with the card where there is one to show; it may be stored all the same a moment later."""
        task = asyncio.ensure_future(writing)
        try:
            await asyncio.wait({task}, timeout=SOON)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if task.done() and not task.cancelled() and task.exception() is None:
            return task.result()
        if card := await self.card(event):
            task.add_done_callback(_looked_at)
            raise NotStored("not stored yet", card)
        return await task


def _looked_at(task: "asyncio.Future[T]") -> None:
    """Nobody waits for it any more."""
    if not task.cancelled():
        task.exception()
