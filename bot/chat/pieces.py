"""Long text in pieces a platform can take: cut at line ends where there are any, never inside a character."""

from collections.abc import Callable, Iterator

import regex

_CHARACTER = regex.compile(r"\X")
_CODE_POINTS = 32
"""Of one character at most; an endless chain of joined signs is cut by its parts."""


def pieces(text: str, limit: int, size: Callable[[str], int], first: int | None = None) -> Iterator[str]:
    """size: how much of `limit` a text takes, as the platform counts. first: the room of the first piece, which is
    empty where nothing fits into it."""
    piece, room = "", limit if first is None else first
    for line in text.splitlines(keepends=True):
        if size(line) > room and (piece or room < limit):
            yield piece
            piece, room = "", limit
        for character in _characters(line) if size(line) > room else (line,):
            if size(character) > room:
                yield piece
                piece, room = "", limit
            piece, room = piece + character, room - size(character)
    if piece:
        yield piece


def _characters(text: str) -> Iterator[str]:
    for found in _CHARACTER.finditer(text):
        for start in range(0, len(found[0]), _CODE_POINTS):
            yield found[0][start : start + _CODE_POINTS]
