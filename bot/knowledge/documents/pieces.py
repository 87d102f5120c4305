"""Lines of pages → headings, numbered points, items and paragraphs, with broken lines whole again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.knowledge.documents.shape import Line, Piece
from bot.language import headings as marks
from bot.language.headings import LONG_HEADING, Mark
from bot.language.printed import joined

PageName = Callable[[int], str]

HEADING_SIZE = 1.12
"""How much larger than the running text letters are where they make a heading."""

_LONG_LINE = 20
"""Characters; such a line may go on below an empty one."""

_STACK = 3
"""Lines of one sign below one another: a word written downwards."""


def pieces_of(lines: Sequence[Line], name: PageName) -> list[Piece]:
    """name: how a page, counted from 0, is called in this document."""
    whole = _stacks(line for line in lines if not marks.is_of_contents(line.text))
    body_size = _running_size(whole)
    sizes = sorted({round(line.size) for line in whole if line.size > body_size * HEADING_SIZE}, reverse=True)
    return [_piece(group, mark, name, body_size, sizes) for group, mark in _groups(whole, body_size)]


def _running_size(lines: Iterable[Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _groups(lines: Sequence[Line], body_size: float) -> Iterator[tuple[list[Line], Mark | None]]:
    """Lines that are one piece, each with what it begins with."""
    group: list[Line] = []
    mark: Mark | None = None
    for line in lines:
        fresh = marks.mark_of(line.text.strip(" 　"))
        if group and not _same_piece(group[-1], line, fresh, body_size, _heads(group, mark, body_size)):
            yield group, mark
            group = []
        if not group:
            mark = fresh
        group.append(line)
    if group:
        yield group, mark


def _same_piece(last: Line, line: Line, fresh: Mark | None, body_size: float, heads: bool) -> bool:
    """Whether this line goes on with what the last one began."""
    indented = line.text.startswith("　")
    if (fresh and (fresh.sure or not _inside(last))) or marks.begins_item(line.text) or (indented and not last.full):
        return False
    if round(last.size) != round(line.size) and (_large(last, body_size) or _large(line, body_size)):
        return False
    wraps = last.full or marks.begins_inside(line.text)
    if heads:  # its own second line, or the text below it
        return wraps and not line.apart and last.page == line.page
    if marks.ends_sentence(last.text):
        return last.full and not line.apart and not indented
    if line.apart and last.page == line.page:
        return (last.full or marks.goes_on(last.text)) and len(last.text) >= _LONG_LINE
    return wraps or marks.goes_on(last.text)


def _inside(last: Line) -> bool:
    """A number at the beginning of the next line may belong to this sentence: 「…は、次の\\n（1）…」."""
    return last.full and marks.goes_on(last.text)


def _large(line: Line, body_size: float) -> bool:
    return line.size > body_size * HEADING_SIZE


def _heads(group: Sequence[Line], mark: Mark | None, body_size: float) -> bool:
    """Whether what was gathered so far is a heading and no text."""
    first = group[0]
    length = sum(len(line.text) for line in group)
    if length > LONG_HEADING + 12 or marks.ends_sentence(group[-1].text):
        return False
    return _large(first, body_size) or mark is not None


def _piece(group: Sequence[Line], mark: Mark | None, name: PageName, body_size: float, sizes: Sequence[int]) -> Piece:
    text = group[0].text.strip(" 　")
    for line in group[1:]:
        text = joined(text, line.text.strip(" 　"))
    first = group[0]
    by_size = sizes.index(round(first.size)) if _large(first, body_size) and round(first.size) in sizes else len(sizes)
    page = name(first.page)
    short = len(text) <= LONG_HEADING + 12 and not marks.ends_sentence(text)
    if mark and mark.numbers:
        if mark.sure or short or by_size < len(sizes):
            kind = "heading" if mark.rank <= 3 or (by_size < len(sizes) and mark.rank < marks.POINT_LEVEL) else "point"
            return Piece(kind, text, page, (by_size, mark.rank), mark.written)  # type: ignore[arg-type]
        return Piece("point", text, page, (len(sizes), mark.rank), mark.written)
    if short and mark is not None and mark.sure:
        return Piece("heading", text, page, (by_size, mark.rank))
    if short and by_size < len(sizes) and not marks.begins_item(text):
        return Piece("heading", text, page, (by_size, 0))
    if marks.begins_item(text) or mark is not None:
        return Piece("item", text, page)
    return Piece("paragraph", text, page)


def _stacks(lines: Iterable[Line]) -> list[Line]:
    """Words written downwards, one sign a line, become words again."""
    result: list[Line] = []
    stack: list[Line] = []
    for line in [*lines, Line("", -1)]:
        if len(line.text) == 1 and line.text >= "぀" and (not stack or stack[-1].page == line.page):
            stack.append(line)
            continue
        if len(stack) >= _STACK:
            first = stack[0]
            result.append(Line("".join(each.text for each in stack), first.page, first.size, False, True))
        else:
            result.extend(stack)
        stack = []
        if line.text:
            result.append(line)
    return result
