"""DOCX → pieces, from the two parts of the archive that hold its text; nothing in it is ever written to the disk."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bot.knowledge.documents import whole
from bot.knowledge.documents.shape import MOST_PAGES, Piece, Unreadable
from bot.language.headings import DOT
from bot.language.printed import one_line, shown

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_RATIO = 100
_MOST_ENTRIES = 10_000
_MOST_XML = 200 * 1024 * 1024
_HEADING = re.compile(r"heading ([1-9])")
_PASSED_OVER = (f"{_W}del", f"{_W}rt", f"{_W}instrText", f"{_W}delText", f"{_W}moveFrom", f"{_W}footnoteReference")


def read(content: bytes) -> tuple[list[Piece], int, str]:
    """The pieces, how many pages it was last printed on (0 where nobody knows), and its title."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive, len(content))
            body = _xml(archive, _MAIN)
            styles = _headings(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ElementTree.ParseError, ValueError, OSError):
        raise Unreadable("broken") from None
    return _Reading(styles, body).everything()


def _check(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    if _MAIN not in archive.namelist():
        raise Unreadable("not_docx")
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > max(size, 10_000) * _RATIO:
        raise Unreadable("bomb")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        linked = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if linked or name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise Unreadable("odd_archive")
        if entry.flag_bits & 1:
            raise Unreadable("encrypted")


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        data = part.read(_MOST_XML + 1)
    if len(data) > _MOST_XML:
        raise Unreadable("bomb")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise Unreadable("odd_archive")  # no word processor writes these; they can make a small file endless
    return ElementTree.fromstring(data)


def _headings(archive: zipfile.ZipFile) -> dict[str, int]:
    """The level of each style that makes a heading; 0 for that of the title."""
    if _STYLES not in archive.namelist():
        return {}
    found: dict[str, int] = {}
    for style in _xml(archive, _STYLES).iter(f"{_W}style"):
        name = _value(style.find(f"{_W}name")).lower()
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        named = _HEADING.match(name)
        style_id = style.get(f"{_W}styleId", "")
        if named:
            found[style_id] = int(named[1])
        elif outline.isdigit() and int(outline) < 9:
            found[style_id] = int(outline) + 1
        elif name == "title":
            found[style_id] = 0
    return found


def _value(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


class _Reading:
    def __init__(self, styles: dict[str, int], document: Element) -> None:
        self._styles, self._document = styles, document
        self._rendered = document.find(f".//{_W}lastRenderedPageBreak") is not None
        self._page = 1
        self._began = 0
        """The page on which the text of the paragraph in hand begins."""
        self._title = ""

    def everything(self) -> tuple[list[Piece], int, str]:
        body = self._document.find(f"{_W}body")
        pieces = list(self._blocks(body, 0)) if body is not None else []
        counted = self._rendered or self._page > 1
        if self._page > MOST_PAGES:
            raise Unreadable("too_many_pages")
        return pieces, self._page if counted else 0, self._title

    def _name(self) -> str:
        return str(self._page) if self._rendered or self._page > 1 else ""

    def _blocks(self, parent: Element, depth: int) -> Iterator[Piece]:
        if depth > 50:
            raise Unreadable("broken")
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element, depth)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
                yield from self._blocks(element, depth + 1)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        self._began = 0
        text = shown(self._text(paragraph))
        page = str(self._began) if self._name() and self._began else self._name()
        yield from (piece for box in paragraph.iter(f"{_W}txbxContent") for piece in self._blocks(box, 1))
        if not text:
            return
        properties = paragraph.find(f"{_W}pPr")
        style = _value(properties.find(f"{_W}pStyle")) if properties is not None else ""
        outline = _value(properties.find(f"{_W}outlineLvl")) if properties is not None else ""
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else self._styles.get(style)
        if level == 0:
            self._title = self._title or one_line(text)
        elif level is not None:
            yield whole.heading(one_line(text), level, page)
        elif properties is not None and properties.find(f"{_W}numPr") is not None and "\n" not in text:
            yield Piece("item", f"{DOT}{text}", page)
        else:
            for line in text.split("\n"):
                if line.strip():
                    yield whole.paragraph(line, page)

    def _table(self, table: Element, depth: int) -> Iterator[Piece]:
        for row in table.findall(f"{_W}tr"):
            cells = [
                one_line(" ".join(piece.text for piece in self._blocks(cell, depth + 1)))
                for cell in row.findall(f"{_W}tc")
            ]
            if any(cells):
                yield Piece("item", "　".join(cell for cell in cells if cell), self._name())

    def _text(self, element: Element) -> str:
        """Without deleted words, the readings of ruby, and boxes, which are read by themselves."""
        parts: list[str] = []
        for child in element:
            tag = child.tag
            if tag in _PASSED_OVER or tag == f"{_W}txbxContent" or tag.endswith("}Fallback"):
                continue
            if tag == f"{_W}t":
                parts.append(child.text or "")
                self._began = self._began or self._page
            elif tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
                parts.append("　" if tag.endswith("tab") else "-")
            elif tag == f"{_W}lastRenderedPageBreak":
                self._page += 1
            elif tag == f"{_W}br":
                if child.get(f"{_W}type") == "page":
                    self._page += 0 if self._rendered else 1
                else:
                    parts.append("\n")
            elif len(child):
                parts.append(self._text(child))
        return "".join(parts)
