"""The editions of the centre's own handbook: what was found in a file, and what answers."""

from collections.abc import Sequence
from typing import Protocol

from bot.language.cleaning import shorten
from bot.store.editions import Edition, Passage
from bot.views.text import Text

SAMPLE = 120
"""Characters of a sample's own text."""


class Counts(Protocol):
    @property
    def pages(self) -> int: ...

    @property
    def points(self) -> int: ...

    @property
    def passages(self) -> int: ...


def found(text: Text, title: str, counts: Counts, samples: Sequence[Passage]) -> str:
    """How many pages and points, and some of what was read, before anybody can find it."""
    key = "editions.found" if counts.pages else "editions.found_without_pages"
    head = text(key, title=title, pages=counts.pages, points=counts.points, passages=counts.passages)
    return "\n\n".join([head, *(sample(text, each) for each in samples)])


def sample(text: Text, passage: Passage) -> str:
    page = text("editions.page", page=passage.page) if passage.page else ""
    where = "　".join(part for part in (passage.point, shorten(passage.heading, 60), page) if part)
    return f"{where}\n{shorten(' '.join(passage.body.split()), SAMPLE)}".strip()


def line_of(text: Text, edition: Edition) -> str:
    return text(
        "editions.line",
        id=edition.id,
        state=text(f"editions.state.{edition.state}"),
        title=edition.title,
        pages=edition.pages or "-",
        points=edition.points,
        passages=edition.passages,
        when=text.when(edition.published_at or edition.imported_at),
    )
