"""Says English questions in Japanese words beside their own, so that one search serves both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.knowledge.errors import HandbookError

FILE = Path(__file__).with_suffix(".toml")
ENGLISH = re.compile(r"[a-z0-9][a-z0-9'’-]*")
LONGEST_KEY = 3
ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("'s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
)
SHORTEST_STEM = 3


def in_both(text: str) -> str:
    """The text, and after it what its English words mean in Japanese; a text without any stays as it is."""
    meanings = " ".join(_meanings(ENGLISH.findall(text.lower().replace("’", "'"))))
    return f"{text} {meanings}" if meanings else text


def _meanings(words: list[str]) -> Iterator[str]:
    """The longest known run of words first."""
    known, place = _known(), 0
    while place < len(words):
        for length in range(min(LONGEST_KEY, len(words) - place), 0, -1):
            run = words[place : place + length]
            found = next((known[form] for form in _forms(" ".join(run)) if form in known), None)
            if found:
                yield found
                place += length
                break
        else:
            place += 1


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            yield stem + instead
            if len(stem) > SHORTEST_STEM and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _known() -> Mapping[str, str]:
    """Raises HandbookError where somebody's correction broke the file."""
    try:
        words = tomllib.loads(FILE.read_text(encoding="utf-8"))["words"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise HandbookError(f"{FILE.name}: {error}") from error
    return {str(word): str(meaning) for word, meaning in words.items()}
