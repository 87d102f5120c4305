"""Decides whether the handbook has anything to say to a question at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.learned import RarePieces, ridge

if TYPE_CHECKING:
    from bot.knowledge.embedding import Embedder
    from bot.knowledge.learned import Matrix
    from bot.knowledge.lexical import Split

STRENGTH = 4.0
MEANING = 3.0
"""How much likeness of meaning counts beside likeness of words; best of 1, 2, 3 on the calibration split."""


class Scope:
    """Learned from the handbook's own texts on one side and from questions outside it on the other."""

    def __init__(
        self,
        inside: Sequence[str],
        outside: Sequence[str],
        splits: Sequence[Split],
        embedder: Embedder | None,
    ) -> None:
        import numpy as np

        examples = [*inside, *outside]
        self._pieces = [RarePieces(split, examples) for split in splits]
        self._embedder = embedder
        is_inside = np.arange(len(examples)) < len(inside)
        side = np.where(is_inside, 1.0, -1.0).astype(np.float32)[:, None]
        evenly = np.where(is_inside, 1.0, len(inside) / max(1, len(outside))).astype(np.float32)
        self._coefficients = ridge(self._features(examples), side, evenly, STRENGTH)

    def margin(self, question: str) -> float:
        """Near 1: like the handbook. Near -1: like what it does not answer. 0: nothing known in it."""
        return float((self._features([question]) @ self._coefficients)[0, 0])

    def _features(self, texts: Sequence[str]) -> Matrix:
        import numpy as np

        parts = [pieces.rows(texts) for pieces in self._pieces]
        if self._embedder:
            parts.append(self._embedder.encode(texts) * np.float32(MEANING**0.5))
        return np.hstack(parts)
