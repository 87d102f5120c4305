"""What the trained weights look at in a few neighbouring sentences: marks, words, and the words' meaning."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from bot.language import tokens
from bot.language.danger_signs import Marked, every_name
from bot.language.string_keys import string_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 1 << 14
WINDOW = 3
"""Sentences looked at together: a sign and what is said around it."""
PAIR = 0.5
WORDS = 3.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence. words: buckets of its words and pairs of words. keys: short keys of its words' vectors."""

    marks: frozenset[int]
    pairs: frozenset[int]
    words: frozenset[int]
    keys: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Features:
    """One window: columns and values of marks and words, and the keys of its words."""

    marks: NDArray[np.intp]
    values: NDArray[np.float32]
    words: NDArray[np.intp]
    keys: NDArray[np.uint32]


def windows(text: list[Marked]) -> Iterator[Features]:
    seen = [_seen(each) for each in text]
    for start in range(max(1, len(seen) - WINDOW + 1)):
        if seen:
            yield _window(seen[start : start + WINDOW])


def mark_columns() -> int:
    """Single marks, those of a sentence's pairs, in one numbering."""
    return len(every_name()) * (len(every_name()) + 1)


def names() -> int:
    """Changes whenever a mark is added, renamed or gone, so that weights are not read under other marks."""
    return zlib.crc32("|".join(every_name()).encode())


def _window(seen: list[Seen]) -> Features:
    import numpy as np

    singles = sorted(set().union(*(each.marks for each in seen)))
    pairs = sorted(set().union(*(each.pairs for each in seen)))
    words = sorted(set().union(*(each.words for each in seen)))
    values = np.array([1.0] * len(singles) + [PAIR] * len(pairs), dtype=np.float32)
    return Features(
        np.array(singles + pairs, dtype=np.intp),
        values,
        np.array(words, dtype=np.intp),
        np.concatenate([each.keys for each in seen]),
    )


def _seen(sentence: Marked) -> Seen:
    numbers = _numbers()
    marks = sorted(numbers[name] for name in sentence.signs | sentence.marks)
    words = tokens.words(sentence.text, every=True)
    return Seen(
        frozenset(marks),
        frozenset(len(numbers) * (1 + first) + second for first, second in combinations(marks, 2)),
        frozenset(zlib.crc32(each.encode()) % BUCKETS for each in _pieces([word.normal for word in words])),
        short_keys([word.normal for word in words]),
    )


def short_keys(words: list[str]) -> NDArray[np.uint32]:
    return string_keys(words).astype("uint32")


def _pieces(words: list[str]) -> Iterator[str]:
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"
    for first, second in zip(words, words[2:], strict=False):
        yield f"{first} _ {second}"


@cache
def _numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(every_name())}
