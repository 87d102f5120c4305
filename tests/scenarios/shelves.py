"""A handbook that tells when a shelf was stocked, and searches nothing."""

import asyncio
from collections.abc import Sequence

from bot.knowledge.handbook import Handbook
from bot.knowledge.points import Entry


class Shelves(Handbook):
    def __init__(self) -> None:
        super().__init__()
        self.stocked: asyncio.Queue[tuple[str, tuple[Entry, ...]]] = asyncio.Queue()

    async def stock(self, shelf: str, entries: Sequence[Entry]) -> None:
        self.stocked.put_nowait((shelf, tuple(entries)))
