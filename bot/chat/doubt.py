"""After a call of which nobody knows how it ended, a harmless question goes before the next letter."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.chat.errors import RetryLater

QUIET_SECONDS = 5.0
"""Between two questions that found no answer."""


class Doubt:
    """An outage of an hour then costs a letter one doubtful send, and not the few copies that a chat can bear.

    ask: changes nothing, and raises where the platform does not answer as it should.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self._open = False
        self._not_before = 0.0
        self._asking: asyncio.Task[None] | None = None

    def arose(self) -> None:
        self._open = True

    async def settled(self) -> None:
        """Returns at once while there is no doubt. Raises RetryLater while the platform does not answer.

        Whoever comes meanwhile waits for the same answer.
        """
        if not self._open:
            return
        if time.monotonic() >= self._not_before:
            if self._asking is None:
                self._asking = asyncio.create_task(self._question(), name="harmless question")
            await asyncio.shield(self._asking)
        if self._open:
            raise RetryLater("no answer to a harmless question")

    async def _question(self) -> None:
        try:
            await self._ask()
            self._open = False
        except Exception:  # whatever an outage makes of an answer
            self._not_before = time.monotonic() + QUIET_SECONDS
        finally:
            self._asking = None
