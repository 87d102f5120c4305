"""Ranks entries by meaning: which directions of the encoder's space speak for which entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.learned import ridge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Embedder

STRENGTH = 2.0


class MeaningView:
    """texts: what is known of the entries; owners: the entry that each text belongs to."""

    def __init__(self, embedder: Embedder, texts: Sequence[str], owners: Sequence[int]) -> None:
        import numpy as np

        self._embedder = embedder
        vectors = embedder.encode(texts)
        self._middle = vectors.mean(axis=0)
        belongs = (np.asarray(owners)[:, None] == np.arange(max(owners) + 1)).astype(np.float32)
        self._coefficients = ridge(vectors - self._middle, belongs - belongs.mean(axis=0), STRENGTH)

    def scores(self, question: str) -> NDArray[np.float32]:
        import numpy as np

        vector = self._embedder.encode([question])[0]
        if not vector.any():
            return np.zeros(self._coefficients.shape[1], dtype=np.float32)
        return np.asarray((vector - self._middle) @ self._coefficients, dtype=np.float32)
