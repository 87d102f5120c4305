"""Plain text → pieces; the encodings that Japanese files come in."""

import codecs
import unicodedata
from collections.abc import Sequence

from bot.knowledge.documents.pieces import pieces_of
from bot.knowledge.documents.running import without_running
from bot.knowledge.documents.shape import Line, Piece, Unreadable
from bot.language.printed import likely_japanese, shown

_NEAR = 6
_FULL = 0.85
_NARROWEST = 24
_EDGE = 2


def decode(content: bytes) -> str:
    """Raises Unreadable where these bytes are no text."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, name) or _no_text()
    if b"\x1b$" in content[:10_000] and (text := _decoded(content, "iso2022_jp")):
        return text
    if b"\0" in content:
        return _unmarked_utf16(content)
    if (text := _decoded(content, "utf-8")) is not None:
        return text
    found = [text for name in ("cp932", "euc_jp") if (text := _decoded(content, name))]
    return max(found, key=_likely) if found else _no_text()


def _decoded(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _unmarked_utf16(content: bytes) -> str:
    for name in ("utf-16-le", "utf-16-be"):
        text = _decoded(content, name)
        if text and "\0" not in text and _likely(text) > 0.5:
            return text
    return _no_text()


def _likely(text: str) -> float:
    return likely_japanese(text[:20_000])


def _no_text() -> str:
    raise Unreadable("broken")


def read(content: bytes) -> tuple[list[Piece], int]:
    """The pieces, and how many pages a form feed tells apart; 0 where it has none."""
    text = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    sheets = text.rstrip("\f\n ").split("\f")
    pages = [_lines(sheet, number) for number, sheet in enumerate(sheets)]
    counted = len(pages) if len(pages) > 1 else 0
    edges = [(min(_EDGE, len(lines)), min(_EDGE, len(lines))) for lines in pages]
    kept, numbers = without_running(pages, edges)
    return pieces_of(kept, lambda page: (numbers.get(page) or str(page + 1)) if counted else ""), counted


def _lines(sheet: str, page: int) -> list[Line]:
    written, apart, blank = list[tuple[str, bool]](), True, False
    for raw in sheet.split("\n"):
        text = shown(raw[:20_000])
        if not text.strip():
            blank = True
            continue
        indent = "　" if raw.startswith("　") and not text.startswith("　") else ""
        written.append((indent + text, blank or apart))
        apart, blank = False, False
    widths = [_width(text) for text, _ in written]
    return [Line(text, page, 0.0, _is_full(widths, place), apart) for place, (text, apart) in enumerate(written)]


def _is_full(widths: Sequence[int], place: int) -> bool:
    widest = max(widths[max(0, place - _NEAR) : place + _NEAR + 1])
    return widths[place] >= max(_NARROWEST, widest * _FULL)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
