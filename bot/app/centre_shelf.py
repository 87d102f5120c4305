"""Keeps the centre's own edition on its shelf: whatever is published anywhere answers here without a restart."""

import asyncio

import structlog

from bot.knowledge.handbook import Handbook
from bot.routing import passages
from bot.store import editions
from bot.store.database import Database

log = structlog.get_logger()

LOOK_SECONDS = 5.0
"""Between two looks at which edition answers: on SQLite nobody tells of what another process published."""


class CentreShelf:
    """The edition before answers until the new one can."""

    def __init__(self, database: Database, handbook: Handbook) -> None:
        self._database, self._handbook = database, handbook
        self._answers = ""
        self._told = asyncio.Event()
        database.listen(editions.CHANGED, self._told.set)

    async def run(self) -> None:
        while True:
            self._told.clear()
            await self.look()
            try:
                await asyncio.wait_for(self._told.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Stocks the shelf anew where another edition answers than stands there."""
        if await self._database.read(editions.answering) == self._answers:
            return
        edition, entries = await self._database.read(passages.answering)
        await self._handbook.stock(passages.SHELF, entries)
        self._answers = edition
        log.info("edition answers", count=len(entries))
