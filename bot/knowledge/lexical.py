"""Cuts text into comparable pieces, and ranks texts by the pieces they share with a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bot.language import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Split = Callable[[str], list[str]]

K1, B = 0.6, 0.75
RUN = re.compile(r"\w+")
ENGLISH_PIECES = (4, 5)


def characters(text: str) -> list[str]:
    """Single characters and pairs: finds what is spelt alike even where the words differ."""
    return [piece for run in _runs(text) for size in (1, 2) for piece in _pieces(run, size)]


def japanese_words(text: str) -> list[str]:
    return [word.normal for word in tokens.words(text)]


def english_words(text: str) -> list[str]:
    return _runs(text)


def english_pieces(text: str) -> list[str]:
    """Parts of words, so that "visiting" meets "visits"."""
    return [piece for run in _runs(text) for size in ENGLISH_PIECES for piece in _pieces(f" {run} ", size)]


SPLITS: dict[str, tuple[Split, ...]] = {
    "ja": (characters, japanese_words),
    "en": (english_words, english_pieces),
}


class LexicalView:
    """BM25 over one way of cutting the texts."""

    def __init__(self, split: Split, texts: Sequence[str]) -> None:
        import bm25s

        self._split = split
        self._bm25: Any = bm25s.BM25(k1=K1, b=B)
        self._bm25.index([split(text) for text in texts], show_progress=False)
        self._size = len(texts)

    def scores(self, question: str) -> NDArray[np.float32]:
        import numpy as np

        known = [piece for piece in self._split(question) if piece in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)


def _runs(text: str) -> list[str]:
    return RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _pieces(run: str, size: int) -> list[str]:
    return [run[start : start + size] for start in range(len(run) - size + 1)]
