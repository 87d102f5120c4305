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
        nearest = (next(self._nearest(question, 1), None) for question in outside) if entries else ()
        self._fitting = Fitting([found[1] for found in nearest if found])

    def search(self, question: str, limit: int, least: float) -> tuple[Hit, ...]:
        """The nearest entries that fit, best first. least: how strongly, as fitting.ALONE and fitting.BESIDE."""
        asked = clean(question)
        if not asked or not self._entries or limit <= 0:
            return ()
        found = self._nearest(asked, limit)
        return tuple(hit for hit, likeness in found if self._fitting.strength(likeness) >= least)

    def _nearest(self, question: str, limit: int) -> Iterator[tuple[Hit, Likeness]]:
        words = self._by_words.weights(self._words.asked(question))
        signs = self._by_characters.weights(characters(question))
        alike = self._alike(question)
        scores = _standard(self._by_words.scores(*words)) + _standard(self._by_characters.scores(*signs))
        if alike is not None:
            scores += MEANING_WEIGHT * _standard(alike)
        for place in _best(scores, limit):
            likeness = Likeness(self._by_words.share(place, *words), None if alike is None else float(alike[place]))
            yield Hit(self._entries[place], float(scores[place])), likeness

    def _alike(self, question: str) -> Scores | None:
        """None, too, where the encoder has failed: what words find is still worth showing."""
        import numpy as np

        if self._embedder is None or self._vectors is None:
            return None
        try:
            return np.asarray(self._vectors @ self._embedder.encode_questions([question])[0], dtype=np.float32)
        except KnowledgeUnavailable:
            return None


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
