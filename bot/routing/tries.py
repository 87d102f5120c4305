"""What failed is tried again within seconds, at uneven moments: a stumble is made good, and poison is soon known."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import structlog

from bot.chat.events import Event

log = structlog.get_logger()

PAUSES = (0.3, 0.7, 1.5, 3.0)
"""Before the second, third, fourth and fifth try, each up to half as much longer or shorter."""

MOST_AT_ONCE = 64
"""Beyond it, what failed waits for the next tick of the clock."""


class Tries:
    """again: tries an event once more, and says whether it still waits."""

    def __init__(self, again: Callable[[Event], Awaitable[bool]]) -> None:
        self._again = again
        self._running = False
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled; what is not tried by then is tried after the next start."""
        self._running = True
        try:
            await asyncio.Event().wait()
        finally:
            self._running = False
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def later(self, event: Event) -> None:
        """Nothing where it is being tried already, or where nobody runs this."""
        where = event.address
        name = f"{where.platform}:{where.space}:{event.id}"
        if not self._running or name in self._tasks or len(self._tasks) >= MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._persevere(event), name="another try")
        self._tasks[name] = task
        task.add_done_callback(lambda _: self._tasks.pop(name, None))

    async def _persevere(self, event: Event) -> None:
        try:
            for pause in PAUSES:
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))
                if not await self._again(event):
                    return
        except Exception as error:  # the rows are out of reach: the clock's next tick goes on
            log.error("event not tried again", error=type(error).__name__)
