"""Hybrid search in one language: by characters, by words and, where there is an encoder, by meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.lexical import SPLITS, LexicalView
from bot.knowledge.meaning import MeaningView
from bot.knowledge.points import Entry
from bot.knowledge.scope import Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Embedder

MEANING_WEIGHT = 3.0
"""Against 1 for each lexical view: chosen where every example question searched for its own entry."""

LONGEST_QUESTION = 2_000
SENTENCE_END = re.compile(r"\n|(?<=。)|(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Hit:
    """score: standard deviations above the other entries, summed over the views."""

    entry: Entry
    score: float


class Index:
    """embedder: ranks by meaning. calibrated: the encoder may also help decide whether anything fits."""

    def __init__(
        self,
        entries: Sequence[Entry],
        outside: Sequence[str],
        embedder: Embedder | None = None,
        *,
        calibrated: bool = True,
    ) -> None:
        self._entries = tuple(entries)
        splits = SPLITS[entries[0].language]
        whole = ["\n".join(_parts(entry)) for entry in entries]
        known = [(text, owner) for owner, entry in enumerate(entries) for text in _sentences(entry)]
        texts = [*(text for text, _ in known), *whole]
        owners = [*(owner for _, owner in known), *range(len(entries))]
        self._lexical = [LexicalView(split, whole) for split in splits]
        self._meaning = MeaningView(embedder, texts, owners) if embedder else None
        self._scope = Scope(texts, outside, splits, embedder if calibrated else None)
        self._exact = {
            _bare(text): owner
            for owner, entry in reversed(list(enumerate(entries)))
            for text in (*entry.questions, entry.title)
        }

    def search(self, question: str, limit: int, threshold: float) -> tuple[Hit, ...]:
        """The nearest entries, best first; none where the question lies outside the handbook."""
        asked = clean(question)
        named = self._exact.get(_bare(asked))
        if not asked or (named is None and self._scope.margin(asked) < threshold):
            return ()
        scores = self._scores(asked)
        if named is not None:
            scores[named] = max(scores.max(), 0.0) + 1.0
        best = [int(place) for place in (-scores).argsort(kind="stable")[: max(0, limit)]]
        return tuple(Hit(self._entries[place], float(scores[place])) for place in best if scores[place] > 0)

    def margin(self, question: str) -> float:
        return self._scope.margin(clean(question))

    def _scores(self, question: str) -> NDArray[np.float32]:
        import numpy as np

        views = [_standard(view.scores(question)) for view in self._lexical]
        if self._meaning:
            views.append(MEANING_WEIGHT * _standard(self._meaning.scores(question)))
        return np.asarray(np.sum(views, axis=0), dtype=np.float32)


def clean(question: str) -> str:
    """What of a message can be searched for: the first 2,000 characters without control characters."""
    return "".join(sign if sign.isprintable() else " " for sign in question[:LONGEST_QUESTION]).strip()


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every view in the same measure: standard deviations from its own mean."""
    import numpy as np

    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def _parts(entry: Entry) -> tuple[str, ...]:
    return (entry.title, entry.summary, entry.body, *entry.questions)


def _sentences(entry: Entry) -> Iterator[str]:
    return (piece.strip() for part in _parts(entry) for piece in SENTENCE_END.split(part) if piece.strip())
