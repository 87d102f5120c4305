"""Looks for people and their words where they must not stand: in files, logs, metrics, dumps, ledgers of others."""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_PIECE = 5
"""Characters of a text that are enough to know it again; fewer would be found by chance."""

_ENCODED = 8
"""The same for base64."""


@dataclass(frozen=True, slots=True)
class Canaries:
    """people: ids, names and handles. words: what people wrote; any piece of it counts."""

    people: frozenset[str]
    words: frozenset[str]


def found(content: bytes, canaries: Canaries) -> list[str]:
    """What of anyone stands in these bytes in the open, in any of the ways that programs write things down."""
    lower = content.lower()
    people = [
        each
        for each in sorted(canaries.people)
        if each.lower().encode() in lower or any(form in content for form in written(each))
    ]
    words = [each for each in sorted(canaries.words) if any(form in content for form in _pieces(each))]
    return people + words


def found_in_files(files: Iterable[Path], canaries: Canaries) -> list[str]:
    """ "FILE: WHAT" for everything that stands where it must not."""
    return [f"{file.name}: {each}" for file in files if file.is_file() for each in found(file.read_bytes(), canaries)]


def written(text: str) -> Iterator[bytes]:
    """One text as plain bytes, as JSON and percent-encoding write it, in the three shifts of base64, and in hex."""
    plain = text.encode()
    yield plain
    yield text.encode("utf-16-le")
    yield re.sub(r"[^ -~]", lambda each: f"\\u{ord(each[0]):04x}", text).encode()
    yield json.dumps(text)[1:-1].encode()
    yield quote(text).encode()
    yield plain.hex().encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        middle = encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4]
        if len(middle) >= _ENCODED:
            yield middle


def _pieces(words: str) -> Iterator[bytes]:
    """Every run of some characters, as bytes and as JSON and UTF-16 write them; the whole, in every way."""
    for start in range(len(words) - _PIECE + 1):
        piece = words[start : start + _PIECE]
        yield piece.encode()
        yield piece.encode("utf-16-le")
        yield re.sub(r"[^ -~]", lambda each: f"\\u{ord(each[0]):04x}", piece).encode()
    yield from written(words)
