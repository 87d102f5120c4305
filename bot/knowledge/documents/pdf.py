"""PDF → pieces, by the places of its letters; what is attached to it, its scripts and its forms are never opened."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from bot.knowledge.documents.layout import Row, rows_of
from bot.knowledge.documents.letters import runs_of, without_stacks
from bot.knowledge.documents.pieces import pieces_of
from bot.knowledge.documents.running import without_running
from bot.knowledge.documents.shape import MOST_CHARACTERS, MOST_PAGES, Line, Piece, Unreadable
from bot.language.printed import one_line, without_room

_EDGE = 0.11
"""The share of a page's height at its top and at its bottom where running heads stand."""

_FEWEST_LETTERS = 20
"""In a whole document; fewer than that is a scan with a stamp on it."""

_LONGEST_TITLE = 60


def read(content: bytes) -> tuple[list[Piece], int, str]:
    """The pieces, the number of pages, and its title."""
    document = _opened(content)
    count = len(document)
    if count > MOST_PAGES:
        raise Unreadable("too_many_pages")
    pages, edges, letters = list[list[Line]](), list[tuple[int, int]](), 0
    for number in range(count):
        lines, edge = _page(document, number)
        pages.append(lines)
        edges.append(edge)
        letters += sum(len(line.text) for line in lines)
        if letters > MOST_CHARACTERS:
            raise Unreadable("too_long")
    if letters < _FEWEST_LETTERS or (count > 4 and letters < count * 3):
        raise Unreadable("scanned" if count else "empty")
    kept, numbers = without_running(pages, edges)
    labels = _labels(document, count)

    def name(page: int) -> str:
        return numbers.get(page) or labels.get(page) or str(page + 1)

    return pieces_of(kept, name), count, _title(pages[0] if pages else [])


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    if b"%PDF-" not in content[:1024]:
        raise Unreadable("not_pdf")
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        code = pdfium.FPDF_GetLastError()
        raise Unreadable("encrypted" if code == pdfium.FPDF_ERR_PASSWORD else "broken") from None


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[list[Line], tuple[int, int]]:
    """A page's lines, and how many of them stand at its top and bottom edge."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return [], (0, 0)  # one page that is broken is no reason to lose the others
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return [], (0, 0)
        try:
            runs = runs_of(text)
        finally:
            pdfium.FPDFText_ClosePage(text)
        bottom, top = _extent(page)
    finally:
        pdfium.FPDF_ClosePage(page)
    runs, stacks = without_stacks(runs)
    rows = [*rows_of(runs), *(row for stack in stacks for row in rows_of([stack]))]
    margin = (top - bottom) * _EDGE
    heads = [row for row in rows if row.bottom > top - margin]
    feet = [row for row in rows if row.top < bottom + margin]
    inner = [row for row in rows if row not in heads and row not in feet]
    ordered = [*heads, *inner, *feet]
    return list(_lines(ordered, number)), (len(heads), len(feet))


def _extent(page: "pdfium.FPDF_PAGE") -> tuple[float, float]:
    """Its lower and upper edge."""
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)) and box.top > box.bottom:
        return box.bottom, box.top
    return 0.0, float(pdfium.FPDF_GetPageHeightF(page))


def _lines(rows: list[Row], page: int) -> Iterator[Line]:
    above: Row | None = None
    for row in rows:
        text = without_room(one_line(row.text))
        if not text:
            continue
        gap = above.bottom - row.top if above else 0.0
        apart = above is None or gap > 0.95 * row.size or row.bottom > above.top
        yield Line(("　" if row.indented else "") + text, page, row.size, row.full, apart)
        above = row


def _labels(document: pypdfium2.PdfDocument, count: int) -> dict[int, str]:
    """What the document itself calls its pages."""
    found = {number: document.get_page_label(number) for number in range(count)}
    return {number: label[:12] for number, label in found.items() if label and label.strip()}


def _title(first: list[Line]) -> str:
    """The largest letters of the first page."""
    if not first:
        return ""
    largest = max(line.size for line in first)
    lines = [line.text for line in first if line.size > 0.95 * largest]
    usual = sorted(line.size for line in first)[len(first) // 2]
    title = "".join(lines).strip(" 　")
    return title if len(title) <= _LONGEST_TITLE and (largest > 1.1 * usual or len(first) < 4) else ""
