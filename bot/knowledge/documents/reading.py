"""Any file → its passages, or why it cannot be read; called in a process of its own, which knows nothing else."""

import re
from pathlib import PurePosixPath

from bot.knowledge.documents.passages import passages_of
from bot.knowledge.documents.shape import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_PAGES,
    MOST_PASSAGES,
    Document,
    Kind,
    Passage,
    Unreadable,
)
from bot.language.printed import one_line

_ENDINGS: dict[str, Kind] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".csv": "csv",
    ".tsv": "csv",
}
_LONGEST_TITLE = 80
_TITLE = r"[^。、\n]{4,40}"
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Also what Word wraps a document in that it has encrypted."""


def kind_of(name: str, content: bytes) -> Kind:
    """By its name, and by what it really is. Raises Unreadable where the two do not fit or nobody knows."""
    kind = _ENDINGS.get(PurePosixPath(name.replace("\\", "/")).suffix.lower())
    if kind is None:
        raise Unreadable("unknown_kind")
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty")
    if kind == "pdf" and b"%PDF-" not in content[:1024]:
        raise Unreadable("not_pdf")
    if kind == "docx" and content.startswith(_OLD_WORD):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "not_docx")
    if kind == "docx" and not content.startswith(b"PK"):
        raise Unreadable("not_docx")
    if kind in ("markdown", "text", "csv") and (content.startswith((b"PK\x03\x04", _OLD_WORD, b"%PDF-"))):
        raise Unreadable("unknown_kind")
    return kind


def read(name: str, content: bytes) -> Document:
    """Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big")
    kind = kind_of(name, content)
    passages, pages, title = _read(kind, content)
    if pages > MOST_PAGES:
        raise Unreadable("too_many_pages")
    if len(passages) > MOST_PASSAGES or sum(len(each.body) for each in passages) > MOST_CHARACTERS:
        raise Unreadable("too_long")
    if not passages:
        raise Unreadable("no_passages")
    title = one_line(title) or one_line(PurePosixPath(name.replace("\\", "/")).stem)
    return Document(title[:_LONGEST_TITLE], kind, pages, tuple(passages))


def _read(kind: Kind, content: bytes) -> tuple[list[Passage], int, str]:
    """Each library is loaded only where it is needed."""
    if kind == "csv":
        from bot.knowledge.documents import table

        return table.read(content), 0, ""
    if kind == "pdf":
        from bot.knowledge.documents import pdf

        pieces, pages, title = pdf.read(content)
    elif kind == "docx":
        from bot.knowledge.documents import word

        pieces, pages, title = word.read(content)
    elif kind == "markdown":
        from bot.knowledge.documents import markdown

        pieces, title = markdown.read(content)
        pages = 0
    else:
        from bot.knowledge.documents import plain

        pieces, pages = plain.read(content)
        begins = pieces[0] if pieces else None
        title = begins.text if begins and begins.kind == "paragraph" and re.fullmatch(_TITLE, begins.text) else ""
    return passages_of(pieces, one_line(title)), pages, title
