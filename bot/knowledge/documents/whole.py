"""Paragraphs that are whole already, as word processors and Markdown keep them, become pieces."""

from bot.knowledge.documents.shape import Piece
from bot.language import headings as marks
from bot.language.printed import shown

TEXT_LEVEL = 50
"""Below every heading that was written as one."""


def heading(text: str, level: int, page: str) -> Piece:
    mark = marks.mark_of(text)
    rank = mark.rank if mark and mark.rank == marks.POINT_LEVEL else 0
    return Piece("heading", text, page, (level, rank), mark.written if mark else "")


def paragraph(text: str, page: str) -> Piece:
    """Which may be a numbered point or a heading all the same: many writers type these by hand."""
    text = shown(text).strip(" 　")
    mark = marks.mark_of(text)
    short = len(text) <= marks.LONG_HEADING + 12 and not marks.ends_sentence(text) and "\n" not in text
    if mark and mark.numbers:
        kind = "heading" if mark.rank <= 3 and mark.sure and short else "point"
        if kind == "heading" or mark.rank > 3:
            return Piece(kind, text, page, (TEXT_LEVEL, mark.rank), mark.written)  # type: ignore[arg-type]
    if mark and mark.sure and short:
        return Piece("heading", text, page, (TEXT_LEVEL, mark.rank))
    return Piece("item" if marks.begins_item(text) else "paragraph", text, page)
