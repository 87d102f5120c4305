"""The editions of the centre's own handbook: what was found in a file, and what answers."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.messages import Button, Message
from bot.language.cleaning import shorten
from bot.store.editions import Edition, Passage
from bot.views.text import Text

MOST_TO_LOOK_AT = 4
"""Editions with a button of their own, the newest first."""

TITLE_ON_BUTTON = 18

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


def overview(text: Text, known: Sequence[Edition]) -> Message:
    """For coordinators; what was removed is not theirs to publish."""
    shown = [each for each in known if each.state != "removed"]
    waiting = [each for each in reversed(shown) if each.state != "published"][:MOST_TO_LOOK_AT]
    looks = [
        Button(text("editions.look", title=shorten(each.title, TITLE_ON_BUTTON)), "editions.look", each.id)
        for each in waiting
    ]
    back = [Button(text("editions.rollback"), "editions.rollback")] if _may_go_back(shown) else []
    lines = [line_of(text, each) for each in shown[-12:]]
    return Message(
        title=text("editions.title"),
        body="\n".join(lines) or text("editions.none"),
        note=text("editions.note"),
        buttons=(*looks, *back),
    )


def preview(text: Text, edition: Edition, samples: Sequence[Passage]) -> Message:
    return Message(
        title=text("editions.title"),
        body=found(text, edition.title, edition, samples),
        note=text("editions.before_publishing"),
        buttons=(
            Button(text("editions.publish"), "editions.publish", edition.id),
            Button(text("editions.not_now"), "menu.show"),
        ),
    )


def _may_go_back(known: Sequence[Edition]) -> bool:
    now = next((each.published_at for each in known if each.state == "published"), None)
    before = [each.published_at for each in known if each.state == "retired" and each.published_at]
    return any(now is None or moment < now for moment in before)
