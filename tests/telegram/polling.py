"""getUpdates: long polling by one bot at a time, as the official server does it."""

import asyncio
import json

from tests.telegram.shapes import Json, TelegramError
from tests.telegram.update_queue import UpdateQueue

ANSWER_BYTES = 1 << 22
"""An answer is cut before it grows larger."""
LONGEST = 50


class Polling:
    """conflict_pause: a second conflict within this time is told late, so that two bots do not race.

    at_once: the same offset asked again within this time gets one update; patience: it waits at least so long.
    asked: how often.
    """

    conflict_pause = 3.0
    at_once = 0.5
    patience = 3.0

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._poll: asyncio.Future[None] | None = None
        self._last_offset, self._last_start = -1, -100.0
        self._conflict_until = -100.0
        self.asked = 0
        queue.listeners.append(self._wake)

    @property
    def is_waiting(self) -> bool:
        """A bot has a long poll open."""
        return self._poll is not None

    def _wake(self, lane: str) -> None:  # noqa: ARG002
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def get_updates(self, offset: int, limit: int, timeout: int) -> list[Json]:  # noqa: ASYNC109
        self.asked += 1
        now = asyncio.get_running_loop().time()
        same, since = offset == self._last_offset, now - self._last_start
        timeout = int(max(timeout, self.patience)) if same and since < self.patience else timeout
        limit = 1 if same and since < self.at_once else limit
        self._last_offset, self._last_start = offset, now
        updates = self._queue.take(offset, limit)
        if not updates and timeout:
            await self._wait(min(timeout, LONGEST))
            updates = self._queue.take(offset, limit)
        return _within(updates)

    async def _wait(self, timeout: float) -> None:  # noqa: ASYNC109
        """Until something comes; whoever waited already has to go."""
        self.abort("terminated by other getUpdates request; make sure that only one bot instance is running")
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def abort(self, reason: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(reason))
        self._poll = None

    def close(self) -> None:
        """A poll that is open ends with nothing."""
        self._wake("")

    async def conflict_delay(self) -> None:
        """Before a conflict is told."""
        now = asyncio.get_running_loop().time()
        if now < self._conflict_until:
            await asyncio.sleep(self.conflict_pause)
        else:
            self._conflict_until = now + self.conflict_pause


def conflict(reason: str) -> TelegramError:
    return TelegramError(409, f"Conflict: {reason}")


def _within(updates: list[Json]) -> list[Json]:
    left, fitting = ANSWER_BYTES, []
    for update in updates:
        left -= 50 + len(json.dumps(update))
        if left <= 0:
            break
        fitting.append(update)
    return fitting
