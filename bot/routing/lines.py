"""One line per person: who came first is served first, and nobody waits for another person."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.chat.events import Address


class Lines:
    def __init__(self) -> None:
        self._last: dict[Address, asyncio.Future[None]] = {}
        self._length: Counter[Address] = Counter()

    def length(self, who: Address) -> int:
        """How many of this person's events stand here, the one being handled among them."""
        return self._length[who]

    @asynccontextmanager
    async def place(self, who: Address) -> AsyncIterator[asyncio.Future[None] | None]:
        """A place at the end of this person's line, and what to await until it is its turn; None where it is now.

        Whoever leaves before their turn lets those behind wait for those before.
        """
        before, mine = self._last.get(who), asyncio.get_running_loop().create_future()
        self._last[who] = mine
        self._length[who] += 1

        def leave(_: object = None) -> None:
            mine.set_result(None)
            if self._last[who] is mine:
                del self._last[who]

        try:
            yield before and asyncio.shield(before)  # who gives up waiting must not end what others wait for
        finally:
            self._length[who] -= 1
            if not self._length[who]:
                del self._length[who]
            if before is None or before.done():
                leave()
            else:
                before.add_done_callback(leave)
