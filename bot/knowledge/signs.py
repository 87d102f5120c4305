"""What the trained weights see of a text: its characters and its words, thrown into numbered boxes, and its meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.language import tokens
from bot.language.string_keys import string_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = 1
"""Weights learned from other signs cannot be read with these."""

CHARACTER_BOXES = 1 << 15
WORD_BOXES = 1 << 14
BOXES = CHARACTER_BOXES + WORD_BOXES
RUN = re.compile(r"\w+|[?!]")
JAPANESE_SIZES = (1, 2, 3)
LATIN_SIZES = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Signs:
    """The boxes that something of a text fell into, each once."""

    characters: NDArray[np.intp]
    words: NDArray[np.intp]


def signs(text: str) -> Signs:
    return Signs(
        _boxes(_characters(text), CHARACTER_BOXES),
        _boxes(_words(text), WORD_BOXES) + CHARACTER_BOXES,
    )


def runs(text: str) -> list[str]:
    return RUN.findall(unicodedata.normalize("NFKC", text).lower())


def _characters(text: str) -> Iterator[str]:
    for run in runs(text):
        written = f" {run} " if run.isascii() else run
        for size in LATIN_SIZES if run.isascii() else JAPANESE_SIZES:
            yield from (written[start : start + size] for start in range(len(written) - size + 1))


def _words(text: str) -> Iterator[str]:
    """The words that carry meaning, and all words in pairs: 言って|ない says what neither of the two says."""
    yield from (word.normal for word in tokens.words(text))
    for one, other in pairwise(tokens.words(text, every=True)):
        yield f"{one.normal}|{other.normal}"


def _boxes(pieces: Iterator[str], boxes: int) -> NDArray[np.intp]:
    import numpy as np

    return np.unique(string_keys(set(pieces)) % np.uint64(boxes)).astype(np.intp)


def weighted(found: Signs, rarity: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Boxes and how much each counts: the rarer, the more; characters and words alike as a whole."""
    import numpy as np

    parts: Sequence[NDArray[np.float32]] = [_unit(rarity[found.characters]), _unit(rarity[found.words])]
    return np.concatenate([found.characters, found.words]), np.concatenate(parts)


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    length = np.float32(np.linalg.norm(values))
    return values / length if length else values
