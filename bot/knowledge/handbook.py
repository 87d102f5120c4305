"""The handbook as the rest of the house asks it; everything slow happens in worker threads."""

from __future__ import annotations

import asyncio
import re
import threading
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge import calibration
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.index import Hit, Index
from bot.knowledge.points import Entry, load
from bot.knowledge.shelf import Shelf

if TYPE_CHECKING:
    from bot.knowledge.embedding import Embedder

ROOM = Path(__file__).parent
BUNDLED = ROOM / "handbook"
LANGUAGES = ("ja", "en")
MOST_SHELVED = 2
"""Of an answer, so that our own notes stand beside a centre's passages."""

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")


class Handbook:
    """embedder: gives the encoder when it is first needed, or None where search has to do without."""

    def __init__(self, folder: Path = BUNDLED, embedder: Callable[[], Embedder | None] = lambda: None) -> None:
        self._folder = folder
        self._embedder = embedder
        self._reading = threading.Lock()
        self._understanding = threading.Lock()
        self._indexes: dict[str, tuple[Index, float]] = {}
        self._shelves: Mapping[str, Shelf] = {}
        self._understood = False
        self.problem: KnowledgeUnavailable | None = None
        """Why search goes by words alone, for the operator; known after warm()."""

    async def nearest(self, question: str, limit: int = 3, before: str = "") -> tuple[Hit, ...]:
        """The entries nearest to a question; nothing where the handbook has nothing fitting.

        before: what the same person asked just before, in case this only makes sense after it.
        """
        return await asyncio.to_thread(self._nearest, question, limit, before)

    async def nearest_at_hand(self, words: str, limit: int) -> tuple[Hit, ...]:
        """The same for somebody who has not asked: nothing, too, while it is not yet warm."""
        return await self.nearest(words, limit) if self._understood else ()

    async def entry(self, entry_id: str, language: str) -> Entry | None:
        """Of any shelf; in Japanese where there is none in this language."""
        return await asyncio.to_thread(self._entry, entry_id, language)

    async def entries(self, language: str) -> tuple[Entry, ...]:
        """All bundled entries in the order of the files, to leaf through."""
        return await asyncio.to_thread(self._entries, language)

    async def stock(self, shelf: str, entries: Sequence[Entry]) -> None:
        """Puts these entries on a shelf of this name in place of what stood there, which answers until they can."""
        filled = await asyncio.to_thread(Shelf, entries)
        self._shelves = {**self._shelves, shelf: filled}

    async def warm(self) -> None:
        """Loads all there is, so that nobody's first question waits for it."""
        await asyncio.to_thread(self._read)
        await asyncio.to_thread(self._understand, wait=True)

    def _nearest(self, question: str, limit: int, before: str) -> tuple[Hit, ...]:
        self._read()
        self._understand(wait=False)
        shelves = self._shelves
        passages = [
            hit
            for name in sorted(shelves)
            for hit in shelves[name].search(question, limit) or (before and shelves[name].search(before, limit)) or ()
        ]
        return beside(passages, self._bundled(question, limit), limit)

    def _bundled(self, question: str, limit: int) -> tuple[Hit, ...]:
        language = "ja" if JAPANESE.search(question) else "en"
        found = self._indexes.get(language) or self._indexes.get("ja")
        if not found:
            return ()
        index, threshold = found
        return index.search(question, limit, threshold)

    def _entry(self, entry_id: str, language: str) -> Entry | None:
        books = [{entry.id: entry for entry in self._entries(each)} for each in (language, "ja")]
        found = (shelf.get(entry_id) for shelf in (*books, *(shelf.entries for shelf in self._shelves.values())))
        return next((entry for entry in found if entry), None)

    def _entries(self, language: str) -> tuple[Entry, ...]:
        with self._reading:
            return self._books.get(language, ())

    def _read(self) -> None:
        with self._reading:
            for language, entries in self._books.items():
                if entries and language not in self._indexes:
                    self._indexes[language] = self._index(language, None)

    def _understand(self, *, wait: bool) -> None:
        """While one thread fetches or builds the encoder, others search without it."""
        if self._understood or not self._understanding.acquire(blocking=wait):
            return
        try:
            if not self._understood and (embedder := self._embedder()):
                for language in embedder.languages:
                    if self._books.get(language):
                        self._indexes[language] = self._index(language, embedder)
        except KnowledgeUnavailable as problem:
            self.problem = problem
        finally:
            self._understood = True
            self._understanding.release()

    def _index(self, language: str, embedder: Embedder | None) -> tuple[Index, float]:
        calibrated = embedder is not None and calibration.knows_encoder(language, embedder.name)
        way = calibration.MEANING if calibrated else calibration.LEXICAL
        entries = self._books[language]
        index = Index(entries, outside(language), embedder, calibrated=calibrated)
        return index, calibration.threshold(language, way)

    @cached_property
    def _books(self) -> dict[str, tuple[Entry, ...]]:
        return {language: load(self._folder, language) for language in LANGUAGES}


def beside(shelved: Sequence[Hit], bundled: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    """What stands on shelves comes first, but leaves room for one of our own where both fit."""
    most = min(MOST_SHELVED, limit - bool(bundled))
    return tuple([*shelved[: max(0, most)], *bundled][: max(0, limit)])


def outside(language: str) -> tuple[str, ...]:
    """Examples of questions that the handbook cannot answer."""
    data = tomllib.loads((ROOM / "outside" / f"{language}.toml").read_text(encoding="utf-8"))
    return tuple(data["questions"])
