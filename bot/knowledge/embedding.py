"""The one interface behind which every encoder stands, and a tiny one for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """name: exactly which encoder this is. What was measured or encoded with one is not used for another."""

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> Sequence[str]:
        """Those in which its vectors make search better."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length one (or of zeros, where nothing was understood) for each text."""

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """The same for what is searched for, which some models put apart from what is found."""


class HashEmbedder:
    """Character pairs thrown into a few boxes: deterministic, small, good enough to test with."""

    languages = ("ja", "en")

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self.name = f"hash {size}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        rows = np.zeros((len(texts), self._size), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in pairwise(text):
                digest = hashlib.blake2b("".join(pair).encode("utf-8", "replace"), digest_size=2).digest()
                row[int.from_bytes(digest, "big") % self._size] += 1
        return unit_rows(rows)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self.encode(questions)


def unit_rows(rows: Vectors) -> Vectors:
    """Every row brought to length one; a row of zeros stays."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
