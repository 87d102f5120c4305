"""Searches many entries that come without example questions: a centre's passages, and peers' notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.index import Hit, clean
from bot.knowledge.lexical import SPLITS, LexicalView
from bot.knowledge.points import Entry
from bot.language import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHARED_PART = 0.5
"""Of the words of a question: fewer in the best entry, and nothing here fits."""


class Shelf:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._entries = tuple(self.entries.values())
        texts = [f"{entry.title}\n{entry.summary}\n{entry.body}" for entry in self._entries]
        self._views = [LexicalView(split, texts) for split in SPLITS["ja"]] if texts else []

    def search(self, question: str, limit: int) -> tuple[Hit, ...]:
        """The nearest entries that fit, best first."""
        asked = clean(question)
        words = {word.normal for word in tokens.words(asked)}
        if not self._views or not words:
            return ()
        scores = self._scores(asked)
        best = [int(place) for place in (-scores).argsort(kind="stable")[: max(0, limit)]]
        return tuple(
            Hit(self._entries[place], float(scores[place])) for place in best if self._fits(words, self._entries[place])
        )

    def _fits(self, words: set[str], entry: Entry) -> bool:
        found = words & {word.normal for word in tokens.words(f"{entry.title}\n{entry.body}")}
        return len(found) / len(words) >= SHARED_PART

    def _scores(self, question: str) -> NDArray[np.float32]:
        import numpy as np

        return np.asarray(np.sum([view.scores(question) for view in self._views], axis=0), dtype=np.float32)
