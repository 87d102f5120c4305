"""Searches many entries that come without example questions: a centre's passages, and peers' notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.fitting import Fitting, Likeness
from bot.knowledge.index import Hit, clean
from bot.knowledge.points import Entry
from bot.knowledge.postings import Postings, Words, characters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Embedder, Vectors

    Scores = NDArray[np.float32]

MEANING_WEIGHT = 0.7
"""Against 1 for each of the two lexical views."""


class Shelf:
    """vectors: of texts(entries), by this embedder; without them words decide alone. outside: as in Fitting."""

    def __init__(
        self,
        entries: Sequence[Entry],
        outside: Sequence[str],
        embedder: Embedder | None = None,
        vectors: Vectors | None = None,
        on_text: Callable[[], None] = lambda: None,
    ) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._entries = tuple(self.entries.values())
        self._embedder, self._vectors = embedder, vectors
        whole = texts(self._entries)
        self._words = Words()
        self._by_words = Postings(self._words, whole, on_text)
        self._by_characters = Postings(characters, whole, on_text)
        self._fitting = Fitting([likeness for _, likeness in self._at_best(outside)] if entries else [])

    def search(self, question: str, limit: int, least: float) -> tuple[Hit, ...]:
        """The nearest entries that fit, best first. least: how strongly, as fitting.ALONE and fitting.BESIDE."""
        asked = clean(question)
        if not asked or not self._entries or limit <= 0:
            return ()
        found = self._nearest(asked, limit, self._vector(asked))
        return tuple(hit for hit, likeness in found if self._fitting.strength(likeness) >= least)

    def _at_best(self, questions: Sequence[str]) -> Iterator[tuple[Hit, Likeness]]:
        """The nearest of each; all encoded in one go, which a large model does many times faster."""
        known = self._embedder.encode_questions(questions) if self._embedder and questions else [None] * len(questions)
        for question, vector in zip(questions, known, strict=True):
            yield from self._nearest(question, 1, vector)

    def _nearest(self, question: str, limit: int, vector: Vectors | None) -> Iterator[tuple[Hit, Likeness]]:
        words = self._by_words.weights(self._words.asked(question))
        signs = self._by_characters.weights(characters(question))
        alike = None if vector is None or self._vectors is None else self._vectors @ vector
        scores = _standard(self._by_words.scores(*words)) + _standard(self._by_characters.scores(*signs))
        if alike is not None:
            scores += MEANING_WEIGHT * _standard(alike)
        for place in _best(scores, limit):
            likeness = Likeness(self._by_words.share(place, *words), None if alike is None else float(alike[place]))
            yield Hit(self._entries[place], float(scores[place])), likeness

    def _vector(self, question: str) -> Vectors | None:
        """None, too, where the encoder has failed: what words find is still worth showing."""
        if self._embedder is None:
            return None
        try:
            vector: Vectors = self._embedder.encode_questions([question])[0]
        except KnowledgeUnavailable:
            return None
        return vector


def texts(entries: Sequence[Entry]) -> list[str]:
    """What of each entry is searched."""
    return [f"{entry.title}\n{entry.summary}\n{entry.body}" for entry in entries]


def _best(scores: Scores, limit: int) -> list[int]:
    import numpy as np

    most = min(limit, len(scores))
    few = np.argpartition(-scores, most - 1)[:most]
    return [int(place) for place in few[np.lexsort((few, -scores[few]))]]


def _standard(scores: Scores) -> Scores:
    """Every view in the same measure: standard deviations from its own mean."""
    import numpy as np

    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)
