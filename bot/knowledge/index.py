"""Search: what a question is about, which entries speak of that most nearly in its words, or an honest nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.follow_ups import follows_up
from bot.knowledge.glossary import in_both
from bot.knowledge.likeness import Likeness
from bot.knowledge.points import Entry
from bot.knowledge.weights import CARD, INSIDE, KINDS, Weights, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Embedder

VERSION = "2"
"""Thresholds measured with one way of searching say nothing about another."""

LIKENESS = 0.005
"""What one standard deviation of likeness counts beside the chance that the question is about an entry's subject."""

RANKS = (1.0, 0.4, 0.2)
"""What an entry's first, second and third id of the frame count."""

TOLD = 0.3
"""What is left of a subject's worth once a better result has told of it: so the first three tell of several."""

LONGEST_QUESTION = 2_000
SHORTEST_QUOTE = 20
"""Signs of an entry's own text, from which on somebody who sends them means this entry."""

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")


@dataclass(frozen=True, slots=True)
class Hit:
    """score: falls from result to result; comparable within one answer only."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in the words to search with, and what the weights make of it."""

    words: str
    language: str
    judged: NDArray[np.float32]


class Index:
    """entries: of both languages; those with one id are one. embedder: ranks by meaning too.

    calibrated: whether the weights were learned with this encoder, so that it may also tell what a question is about.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        outside: Sequence[str],
        embedder: Embedder | None = None,
        *,
        calibrated: bool = True,
        learned: Weights | None = None,
    ) -> None:
        self._weights = learned or weights()
        knows = embedder is not None and calibrated and embedder.name == self._weights.encoder
        self._encoder = embedder if knows else None
        twins: dict[str, list[Entry]] = {}
        for entry in entries:
            twins.setdefault(entry.id, []).append(entry)
        self._twins = tuple(twins.values())
        self._likeness = Likeness([[text for each in all_ for text in _texts(each)] for all_ in self._twins], embedder)
        self._subjects = _subjects([all_[0] for all_ in self._twins])
        self._outside = {_bare(text) for text in outside}
        self._exact = {
            _bare(text): place
            for place, all_ in reversed(list(enumerate(self._twins)))
            for entry in all_
            for text in (*entry.questions, entry.title)
        }
        self._written = [_bare("".join(text for each in all_ for text in _texts(each))) for all_ in self._twins]

    def search(self, question: str, limit: int, threshold: float, before: str = "") -> tuple[Hit, ...]:
        """The nearest entries, best first; none where the question lies outside the handbook.

        before: what was asked just before, for a question that makes sense only after it.
        """
        question = clean(question)
        if before and follows_up(question):
            question = clean(before)
        named = self._named(_bare(question))
        if not _bare(question) or limit < 1:
            return ()
        asked = self._ask(question)
        if named is None and (_bare(question) in self._outside or float(asked.judged[INSIDE]) < threshold):
            return ()
        return tuple(self._chosen(asked, limit, named))

    def margin(self, question: str) -> float:
        """The higher, the surer that the handbook has something to say to this."""
        return float(self._ask(clean(question)).judged[INSIDE])

    def _named(self, bare: str) -> int | None:
        """The entry whose title, example question or very words these are."""
        if bare in self._exact or len(bare) < SHORTEST_QUOTE:
            return self._exact.get(bare)
        return next((place for place, written in enumerate(self._written) if bare in written), None)

    def _ask(self, question: str) -> _Asked:
        japanese = bool(JAPANESE.search(question))
        words = question if japanese else in_both(question)
        vector = self._encoder.encode([words])[0] if self._encoder else None
        return _Asked(words, "ja" if japanese else "en", self._weights.judge(words, vector))

    def _chosen(self, asked: _Asked, limit: int, named: int | None) -> Iterator[Hit]:
        """One after another, each the best for what the ones before it have left untold."""
        import numpy as np

        chances = _chances(asked.judged[:INSIDE])
        likeness = LIKENESS * self._likeness.scores(asked.words)
        free = np.ones(len(self._twins), dtype=bool)
        last = float("inf")
        for _ in range(min(limit, len(self._twins))):
            scores = np.where(free, self._subjects @ chances + likeness, -np.inf)
            best = int(scores.argmax()) if named is None else named
            last = min(last, float(scores[best]) + (named is not None))
            yield Hit(self._told_in(asked.language, best), last)
            chances = np.where(self._subjects[best] > 0, chances * TOLD, chances)
            free[best], named = False, None

    def _told_in(self, language: str, place: int) -> Entry:
        twins = self._twins[place]
        return next((entry for entry in twins if entry.language == language), twins[0])


def clean(question: str) -> str:
    """What of a message can be searched for: the first 2,000 characters without control characters."""
    return "".join(sign if sign.isprintable() else " " for sign in question[:LONGEST_QUESTION]).strip()


def _subjects(entries: Sequence[Entry]) -> NDArray[np.float32]:
    """One row for each entry: how much it is about each kind."""
    import numpy as np

    rows = np.zeros((len(entries), len(KINDS)), dtype=np.float32)
    for row, entry in zip(rows, entries, strict=True):
        for name, worth in zip(entry.frame or ((CARD,) if entry.kind == CARD else ()), RANKS, strict=False):
            row[KINDS.index(name)] = worth
    return rows


def _chances(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.title, entry.summary, entry.body, *entry.questions)
