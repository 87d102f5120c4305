"""The recipe from word vectors to sentence vectors: frequent words count little, their common part goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.embedding import unit_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.ginza_vectors import WordVectors

RECIPE = "sif-1"
SMOOTHING = 5e-4


@dataclass(frozen=True, slots=True)
class WeightedWords:
    """keys are sorted; a sentence is the sum of weight x vector over its words, brought to length one."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    vectors: NDArray[np.float32]


def weigh(words: WordVectors) -> WeightedWords:
    """Keys come by falling frequency, so Zipf's law gives every word's frequency from its rank."""
    import numpy as np

    frequency = 1.0 / np.arange(1, len(words.keys) + 1)
    frequency /= frequency.sum()
    weights = SMOOTHING / (SMOOTHING + frequency)
    vectors = unit_rows(words.vectors)
    importance = np.bincount(words.rows, frequency * weights**2, len(vectors)).astype(np.float32)
    common = _first_direction(vectors, importance)
    order = np.argsort(words.keys)
    return WeightedWords(
        words.keys[order],
        words.rows[order],
        weights[order].astype(np.float32),
        (vectors - np.outer(vectors @ common, common)).astype(np.float32),
    )


def _first_direction(vectors: NDArray[np.float32], importance: NDArray[np.float32]) -> NDArray[np.float32]:
    """What most sentences share and what therefore tells none of them apart (Arora et al., 2017)."""
    import numpy as np

    moments = (vectors * importance[:, None]).T @ vectors
    return np.asarray(np.linalg.eigh(moments)[1][:, -1], dtype=np.float32)
