"""Keeps the shelf of 仲間のメモ as the rows are, in every process."""

import asyncio
from contextlib import suppress

import structlog

from bot.knowledge.handbook import Handbook
from bot.knowledge.points import Entry
from bot.routing import passages
from bot.store import peer_notes
from bot.store.database import Database
from bot.store.peer_notes import PeerNote
from bot.views.cards import peer_notes as cards
from bot.views.text import Text

log = structlog.get_logger()

SHELF = "peers"
LOOK_SECONDS = 60.0
"""Whatever was not heard of is seen after so long."""


class PeerShelf:
    def __init__(self, database: Database, handbook: Handbook, text: Text) -> None:
        self._database, self._handbook, self._text = database, handbook, text
        self._wake = asyncio.Event()
        self._version: tuple[str, ...] = ()
        database.listen(peer_notes.CHANGED, self._wake.set)

    async def run(self) -> None:
        """Until cancelled: looks at once, and whenever something changed here or in another process."""
        while True:
            self._wake.clear()
            try:
                await self.look()
            except Exception as error:
                log.error("job failed", job=SHELF, error=type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()

    async def look(self) -> None:
        version = await self._database.read(peer_notes.version)
        if version == self._version:
            return
        notes = await self._database.read(peer_notes.released)
        found = [await self._entry(note) for note in notes]
        await self._handbook.stock(SHELF, [entry for entry in found if entry])
        self._version = version

    async def _entry(self, note: PeerNote) -> Entry | None:
        """None where what it belongs to is in the handbook no more."""
        about = await self._handbook.entry(note.entry, self._text.language)
        if about is None:  # of an edition that answers no more, or not yet: its shelf is filled beside this one
            about = await self._database.read(lambda session: passages.cited(session, note.entry))
        return cards.as_entry(self._text, note, about) if about else None
