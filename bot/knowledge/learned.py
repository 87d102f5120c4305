"""Learns from example texts what speaks for each answer: ridge regression, solved at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.embedding import unit_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.lexical import Split

    Matrix = NDArray[np.float32]


def ridge(features: Matrix, targets: Matrix, importance: Matrix, strength: float) -> Matrix:
    """Coefficients, one column for each column of targets. importance: how much each example counts."""
    import numpy as np

    kernel = features @ features.T
    kernel[np.diag_indices_from(kernel)] += strength / importance
    return np.asarray(features.T @ np.linalg.solve(kernel, targets), dtype=np.float32)


class RarePieces:
    """Texts as rows in which a piece weighs the more, the fewer example texts have it."""

    def __init__(self, split: Split, texts: Sequence[str]) -> None:
        import numpy as np

        self._split = split
        seen: dict[str, int] = {}
        for text in texts:
            for piece in set(split(text)):
                seen[piece] = seen.get(piece, 0) + 1
        self._columns = {piece: column for column, piece in enumerate(seen)}
        self._weights = np.log1p(len(texts) / np.fromiter(seen.values(), dtype=np.float32, count=len(seen)))

    def rows(self, texts: Sequence[str]) -> Matrix:
        import numpy as np

        rows = np.zeros((len(texts), len(self._columns)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known = sorted(self._columns[piece] for piece in set(self._split(text)) & self._columns.keys())
            row[known] = self._weights[known]
        return unit_rows(rows)
