"""CSV → passages: one row each, with the columns that centres give such a table."""

import csv
import io
from collections.abc import Mapping, Sequence

from bot.knowledge.documents.passages import passages_of
from bot.knowledge.documents.plain import decode
from bot.knowledge.documents.shape import Passage, Piece, Unreadable
from bot.language import headings as marks
from bot.language.column_heads import COLUMNS
from bot.language.printed import one_line, shown

_SAMPLE = 8192


def read(content: bytes) -> list[Passage]:
    """A table without such a head is read row by row, its first column leading."""
    text = decode(content)
    if text.count("\n") + text.count("\r") > 200_000:
        raise Unreadable("too_long")
    csv.field_size_limit(1_000_000)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)) if any(map(str.strip, row))]
    except csv.Error:
        raise Unreadable("broken") from None
    if not rows:
        return []
    columns = _columns(rows[0])
    if "body" in columns or "heading" in columns:
        return [passage for row in rows[1:] for passage in _known(row, columns, rows[0])]
    return [passage for row in rows for passage in _unknown(row)]


def _delimiter(text: str) -> str:
    first = text[:_SAMPLE].split("\n", 1)[0]
    return max((",", "\t", ";"), key=first.count)


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [one_line(cell).lower() for cell in head]
    found: dict[str, int] = {}
    for what, known in COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[what] = place
    return found


def _known(row: Sequence[str], columns: Mapping[str, int], head: Sequence[str]) -> list[Passage]:
    def cell(what: str) -> str:
        place = columns.get(what, len(row))
        return row[place] if place < len(row) else ""

    chapter, heading, page = one_line(cell("chapter")), one_line(cell("heading")), one_line(cell("page"))
    point = one_line(cell("point"))
    others = [
        f"{one_line(head[place])}：{shown(value)}"
        for place, value in enumerate(row)
        if place not in columns.values() and place < len(head) and value.strip()
    ]
    body = "\n".join(part for part in (shown(cell("body")), *others) if part) or heading
    return _made([chapter, heading], point or _written(heading), page, body)


def _unknown(row: Sequence[str]) -> list[Passage]:
    cells = [shown(cell) for cell in row if cell.strip()]
    heading = one_line(cells[0]) if len(cells) > 1 and len(cells[0]) <= marks.LONG_HEADING else ""
    return _made([heading], _written(heading), "", "\n".join(cells[1:] if heading else cells))


def _written(heading: str) -> str:
    mark = marks.mark_of(heading)
    return mark.written if mark and mark.numbers else ""


def _made(path: Sequence[str], point: str, page: str, body: str) -> list[Passage]:
    pieces = [Piece("heading", part, page, (level, 0)) for level, part in enumerate(path) if part]
    pieces += [Piece("paragraph", line, page) for line in body.split("\n") if line.strip()]
    return [Passage(each.heading, point[:30], page, each.body) for each in passages_of(pieces)]
