"""What a document becomes while it is read: lines, then pieces, then passages; and why one cannot be read."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["pdf", "docx", "markdown", "text", "csv"]
KINDS: tuple[Kind, ...] = ("pdf", "docx", "markdown", "text", "csv")

MOST_BYTES = 50 * 1024 * 1024
MOST_PAGES = 2_000
MOST_CHARACTERS = 8_000_000
MOST_PASSAGES = 30_000


class Unreadable(Exception):
    """reason: one of REASONS; the words for people are in the catalogue under handbook_import.refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REASONS = (
    *("missing", "no_file", "too_big", "empty", "unknown_kind", "not_pdf", "not_docx", "encrypted", "scanned"),
    *("too_many_pages", "too_long", "too_slow", "too_heavy", "bomb", "odd_archive", "broken", "no_passages"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on a page. size: of its letters, 0 where that is not known. full: it reaches the edge where
    lines are broken. apart: more room than usual before it. page: counted from 0."""

    text: str
    page: int
    size: float = 0.0
    full: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a numbered point, an item of a list or a paragraph, whole. level: of a heading or a point; what is
    smaller stands above."""

    kind: Literal["heading", "point", "item", "paragraph"]
    text: str
    page: str
    level: tuple[int, int] = (0, 0)
    point: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """heading: the way to it, from the chapter on. point, page: as the document writes them, or empty."""

    heading: str
    point: str
    page: str
    body: str


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    kind: Kind
    pages: int
    passages: tuple[Passage, ...]

    @property
    def points(self) -> int:
        """How many numbered points it has; one that fills several passages counts once."""
        return len({(each.heading, each.point) for each in self.passages if each.point})


BETWEEN = " › "
"""Stands between the headings on the way to a passage."""
