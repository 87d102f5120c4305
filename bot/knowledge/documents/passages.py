"""Pieces → passages: each under its headings, with its number and page, and short enough to be read on a phone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.documents.shape import BETWEEN, Passage, Piece
from bot.language.headings import POINT_LEVEL, TITLE_LEVEL, is_first
from bot.language.printed import one_line, shown, without_room

LONGEST = 600
"""Characters of one passage; what is longer goes on in the next one, under the same heading."""

SHORT_POINT = 60
"""Numbered items up to this length that hold nothing more are a list, and stay together."""

_MOST_HEADING = 80
_MOST_POINT = 30
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[」』）)]*|[^。！？\n]+\n?|\n")


class _Open:
    """The passage that is being gathered."""

    def __init__(self, path: Sequence[str], point: str, page: str) -> None:
        self.path, self.point, self.page = tuple(path), point, page
        self.parts: list[tuple[str, str]] = []
        """(page, text)"""

    def add(self, piece: Piece) -> None:
        self.parts.append((piece.page, piece.text))


def passages_of(pieces: Sequence[Piece], title: str = "") -> list[Passage]:
    """title: of the whole document; it does not stand before every heading again."""
    return [passage for each in _gathered(pieces, title) for passage in _cut(each)]


@dataclass(frozen=True, slots=True)
class _Step:
    """One heading on the way to a passage."""

    level: tuple[int, int]
    text: str
    point: str


def _gathered(pieces: Sequence[Piece], title: str) -> Iterator[_Open]:
    way: list[_Step] = []
    open_ = _Open((), "", "")
    for place, piece in enumerate(pieces):
        if piece.kind not in ("heading", "point") or _in_a_list(pieces, place):
            open_.page = open_.page or piece.page
            open_.add(piece)
            continue
        yield open_
        text = one_line(without_room(piece.text))
        leads = len(text) <= _MOST_HEADING
        way = _climbed(way, piece)
        if text != title or piece.point:
            way.append(_Step(piece.level, text if leads else "", piece.point))
        open_ = _Open([each.text for each in way if each.text], _number(way), piece.page)
        if not leads or (piece.point and not _has_body(pieces, place) and not _leads_on(pieces, place)):
            open_.add(piece)  # a numbered sentence, or a point that is nothing but its title
    yield open_


def _climbed(way: list[_Step], piece: Piece) -> list[_Step]:
    """What stands above this heading. A numbering that begins here belongs to whatever stands before it."""
    for place, each in enumerate(way):
        if each.level == piece.level:
            return way[:place]
    if piece.point and piece.level[1] > 3 and is_first(piece.point):
        unranked = (POINT_LEVEL, TITLE_LEVEL)
        return [each for each in way if each.level < piece.level or each.level[1] in unranked]
    return [each for each in way if each.level < piece.level]


def _number(way: Sequence[_Step]) -> str:
    """As it is written: 「ポイント12」, 「（３）」, and 「ポイント12（３）」 for what is numbered inside a point."""
    numbered = [each for each in way if each.point]
    if not numbered:
        return ""
    last = numbered[-1]
    around = next((each.point for each in numbered[:-1] if each.level[1] == POINT_LEVEL), "")
    return around + last.point


def _leads_on(pieces: Sequence[Piece], place: int) -> bool:
    """It is the heading of others."""
    return place + 1 < len(pieces) and pieces[place + 1].level > pieces[place].level


def _in_a_list(pieces: Sequence[Piece], place: int) -> bool:
    """A short numbered point between others like it, none of which holds a text of its own."""
    piece = pieces[place]
    if piece.kind != "point" or piece.level[1] >= POINT_LEVEL or len(piece.text) > SHORT_POINT:
        return False
    before = pieces[place - 1] if place else None
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    follows = before is not None and _alike(before, piece)
    leads = after is not None and _alike(after, piece)
    return (follows and (leads or _last_of_list(pieces, place))) or (leads and not follows)


def _last_of_list(pieces: Sequence[Piece], place: int) -> bool:
    """Nothing of its own stands below it."""
    return not _has_body(pieces, place)


def _alike(one: Piece, other: Piece) -> bool:
    return one.kind == "point" and one.level == other.level and len(one.text) <= SHORT_POINT


def _has_body(pieces: Sequence[Piece], place: int) -> bool:
    return place + 1 < len(pieces) and pieces[place + 1].kind in ("item", "paragraph")


def _cut(whole: _Open) -> Iterator[Passage]:
    heading = BETWEEN.join(whole.path)
    point = one_line(whole.point)[:_MOST_POINT]
    page, lines, length = whole.page, list[str](), 0
    for part_page, text in _parts(whole.parts):
        if lines and length + len(text) > LONGEST:
            yield from _made(heading, point, page, lines)
            page, lines, length = part_page, [], 0
        if not lines:
            page = part_page or page
        lines.append(text)
        length += len(text)
    yield from _made(heading, point, page, lines)


def _made(heading: str, point: str, page: str, lines: Iterable[str]) -> Iterator[Passage]:
    body = shown("\n".join(lines))
    if body:
        yield Passage(heading, point, page, body)


def _parts(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Paragraphs, and the sentences of one that is too long."""
    for page, text in parts:
        text = without_room(shown(text))
        if len(text) <= LONGEST:
            yield page, text
            continue
        held = ""
        for sentence in _SENTENCE.findall(text):
            for start in range(0, len(sentence), LONGEST):
                piece = sentence[start : start + LONGEST]
                if held and len(held) + len(piece) > LONGEST:
                    yield page, held
                    held = ""
                held += piece
        if held:
            yield page, held
