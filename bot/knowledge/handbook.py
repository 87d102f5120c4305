"""The handbook as the rest of the house asks it; everything slow happens in worker threads."""

from __future__ import annotations

import asyncio
import threading
import tomllib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge import calibration
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.fitting import ALONE, BESIDE
from bot.knowledge.follow_ups import follows_up
from bot.knowledge.index import Hit, Index
from bot.knowledge.merging import together
from bot.knowledge.points import Entry, load
from bot.knowledge.shelf import Shelf, texts
from bot.knowledge.vectors import OnProgress, Remembering, VectorFiles

if TYPE_CHECKING:
    from bot.knowledge.embedding import Embedder

ROOM = Path(__file__).parent
BUNDLED = ROOM / "handbook"
LANGUAGES = ("ja", "en")
KEPT_ON_DISK = frozenset({"centre"})
"""Shelves whose vectors are: what peers write is sealed, and must not leave a trace that outlives it."""

Source = Callable[[], "Embedder | None"]
Calibrated = tuple[Index, float]
"""An index, and the measured margin from which on it has something to say."""


class Handbook:
    """embedder: gives the encoder when it is first needed, or None where search has to do without.

    better: takes its place once everything is encoded with it, which may take long. vectors: the folder in which what
    was encoded is kept. on_progress: told how far encoding is, from another thread.
    """

    def __init__(
        self,
        folder: Path = BUNDLED,
        embedder: Source = lambda: None,
        better: Source | None = None,
        vectors: Path | None = None,
        on_progress: OnProgress = lambda *_: None,
    ) -> None:
        self._folder = folder
        self._source, self._better = embedder, better
        self._files = VectorFiles(vectors) if vectors else None
        self._on_progress = on_progress
        self._reading = threading.Lock()
        self._understanding = threading.Lock()
        self._builder = ThreadPoolExecutor(1, "handbook")
        self._embedder: Embedder | None = None
        self._own: Embedder | None = None
        self._index: Calibrated | None = None
        self._by_default: Calibrated | None = None
        self._by_words: Calibrated | None = None
        self._shelves: Mapping[str, Shelf] = {}
        self._understood = False
        self.problem: KnowledgeUnavailable | None = None
        """Why search goes without the encoder that was wanted, for the operator; known after warm()."""

    async def nearest(self, question: str, limit: int = 3, before: str = "") -> tuple[Hit, ...]:
        """The entries nearest to a question; nothing where the handbook has nothing fitting.

        before: what the same person asked just before, where this goes on with it.
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
        await self._build(lambda on_progress: self._stock(shelf, entries, on_progress))

    async def use(self, embedder: Source) -> None:
        """Another encoder from now on: the one before answers until everything is encoded, and stays if it fails."""
        await self._build(lambda on_progress: self._use(embedder, on_progress))

    async def warm(self) -> None:
        """Loads all there is, so that nobody's first question waits for it."""
        await asyncio.to_thread(self._read)
        await asyncio.to_thread(self._understand, wait=True)
        if self._better:
            better, self._better = self._better, None
            await self.use(better)

    async def _build(self, work: Callable[[OnProgress], None]) -> None:
        """One after the other in a thread of their own, which stops soon after nobody waits for it any more."""
        abandoned = threading.Event()

        def on_progress(done: int, of: int) -> None:
            if abandoned.is_set():
                raise asyncio.CancelledError
            self._on_progress(done, of)

        try:
            await asyncio.get_running_loop().run_in_executor(self._builder, work, on_progress)
        finally:
            abandoned.set()

    def _stock(self, name: str, entries: Sequence[Entry], on_progress: OnProgress) -> None:
        self._read()
        self._understand(wait=True)
        try:
            shelf = self._filled(name, entries, self._embedder, on_progress)
        except KnowledgeUnavailable as problem:  # what was published answers all the same
            self.problem = problem
            shelf = self._filled(name, entries, self._own, on_progress)
        self._shelves = {**self._shelves, name: shelf}

    def _use(self, source: Source, on_progress: OnProgress) -> None:
        self._read()
        self._understand(wait=True)
        try:
            embedder = source()
            index = self._by_words
            if embedder and index:
                remembering = Remembering(embedder, self._files, on_progress)
                index = self._indexed(remembering)
                remembering.close()
            shelves = {
                name: self._filled(name, tuple(shelf.entries.values()), embedder, on_progress)
                for name, shelf in self._shelves.items()
            }
        except KnowledgeUnavailable as problem:
            self.problem = problem
            return
        self._embedder, self._index, self._shelves, self.problem = embedder, index, shelves, None

    def _filled(self, name: str, entries: Sequence[Entry], embedder: Embedder | None, on_progress: OnProgress) -> Shelf:
        def on_text() -> None:
            on_progress(0, 0)

        if embedder is None or not entries:
            return Shelf(entries, outside("ja"), on_text=on_text)
        unique = tuple({entry.id: entry for entry in entries}.values())
        remembering = Remembering(embedder, self._files if name in KEPT_ON_DISK else None, on_progress)
        vectors = remembering.encode(texts(unique))
        remembering.close()
        return Shelf(unique, outside("ja"), embedder, vectors, on_text)

    def _nearest(self, question: str, limit: int, before: str) -> tuple[Hit, ...]:
        self._read()
        self._understand(wait=False)
        if before and not follows_up(question):  # it has words of its own, and they count beside those before
            question, before = f"{before}\n{question}", ""
        bundled, shelves = self._bundled(question, limit, before), self._shelves
        least = BESIDE if bundled else ALONE
        shelved = [hit for shelf in shelves.values() for hit in shelf.search(before or question, limit, least)]
        return together(shelved, bundled, limit)

    def _bundled(self, question: str, limit: int, before: str) -> tuple[Hit, ...]:
        try:
            return _search(self._index, question, limit, before)
        except KnowledgeUnavailable as problem:
            self.problem = problem
            return _search(self._by_default, question, limit, before)

    def _entry(self, entry_id: str, language: str) -> Entry | None:
        books = [{entry.id: entry for entry in self._entries(each)} for each in (language, "ja")]
        found = (shelf.get(entry_id) for shelf in (*books, *(shelf.entries for shelf in self._shelves.values())))
        return next((entry for entry in found if entry), None)

    def _entries(self, language: str) -> tuple[Entry, ...]:
        with self._reading:
            return self._books.get(language, ())

    def _read(self) -> None:
        with self._reading:
            if self._index or not any(self._books.values()):
                return
            try:
                self._index = self._by_default = self._by_words = self._indexed(None)
            except KnowledgeUnavailable as problem:  # shelves go on answering
                self.problem = problem

    def _understand(self, *, wait: bool) -> None:
        """While one thread fetches or builds the encoder, others search without it."""
        if self._understood or not self._understanding.acquire(blocking=wait):
            return
        try:
            if not self._understood and (embedder := self._source()):
                if any(self._books.values()):
                    self._index = self._by_default = self._indexed(embedder)
                self._embedder = self._own = embedder
        except KnowledgeUnavailable as problem:
            self.problem = problem
        finally:
            self._understood = True
            self._understanding.release()

    def _indexed(self, embedder: Embedder | None) -> Calibrated:
        """One index for both languages: an English question finds what is told in Japanese only."""
        calibrated = embedder is not None and calibration.knows_encoder(embedder.name)
        way = calibration.MEANING if calibrated else calibration.LEXICAL
        entries = [entry for book in self._books.values() for entry in book]
        examples = [text for language in LANGUAGES for text in outside(language)]
        return Index(entries, examples, embedder, calibrated=calibrated), calibration.threshold(way)

    @cached_property
    def _books(self) -> dict[str, tuple[Entry, ...]]:
        return {language: load(self._folder, language) for language in LANGUAGES}


def _search(calibrated: Calibrated | None, question: str, limit: int, before: str) -> tuple[Hit, ...]:
    if not calibrated:
        return ()
    index, threshold = calibrated
    return index.search(question, limit, threshold, before)


def outside(language: str) -> tuple[str, ...]:
    """Examples of questions that the handbook cannot answer."""
    data = tomllib.loads((ROOM / "outside" / f"{language}.toml").read_text(encoding="utf-8"))
    return tuple(data["questions"])
