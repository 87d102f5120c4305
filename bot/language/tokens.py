"""Splits Japanese text into the words that carry its meaning."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Dictionary, Tokenizer

PIECE = 2_000
"""Characters given to Sudachi at once: it refuses more than 49,149 bytes."""


@dataclass(frozen=True, slots=True)
class Word:
    """normal: one spelling for all spellings of the word. surface: as it was written, to fall back on."""

    normal: str
    surface: str


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A word where it stands in the text, in the longest form the dictionary knows, with its parts of speech."""

    start: int
    end: int
    parts: tuple[str, ...]


_lock = threading.Lock()
_local = threading.local()


def words(text: str, *, every: bool = False) -> tuple[Word, ...]:
    """The words of any text, function words and marks left out unless `every`; safe in several threads."""
    splitter = tokenizer()
    return tuple(
        Word(morpheme.normalized_form(), morpheme.surface())
        for piece in _pieces(text)
        for morpheme in splitter.tokenize(piece)
        if every or not _dropped(morpheme.part_of_speech()[:2])
    )


def morphemes(text: str) -> Iterator[Morpheme]:
    """Every word of any text, names of several parts in one piece; safe to call from several threads."""
    from sudachipy import SplitMode

    splitter, before = tokenizer(), 0
    for piece in _pieces(text):
        for morpheme in splitter.tokenize(piece, SplitMode.C):
            yield Morpheme(before + morpheme.begin(), before + morpheme.end(), morpheme.part_of_speech())
        before += len(piece)


def _pieces(text: str) -> Iterator[str]:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return (whole[start : start + PIECE] for start in range(0, len(whole), PIECE))


def _dropped(parts: tuple[str, ...]) -> bool:
    return parts in _function_words() or parts[:1] in _function_words()


@cache
def _function_words() -> frozenset[tuple[str, ...]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(tuple(parts) for parts in data["dropped"])


def tokenizer() -> Tokenizer:
    """One for each thread, because a tokenizer raises when two use it at once; the dictionary is shared."""
    mine: Tokenizer | None = getattr(_local, "tokenizer", None)
    if mine is None:
        from sudachipy import SplitMode

        mine = dictionary().create(mode=SplitMode.A)
        _local.tokenizer = mine
    return mine


def dictionary() -> Dictionary:
    with _lock:
        return _dictionary()


@cache
def _dictionary() -> Dictionary:
    """70 MB and more of it mapped into memory, so only once somebody asks."""
    from sudachipy import Dictionary

    return Dictionary(dict="core")
