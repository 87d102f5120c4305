"""The passages of the centre's own editions as entries of the handbook, and those that were cited once."""

import re

from bot.knowledge.points import Entry
from bot.language.cleaning import shorten
from bot.store import editions
from bot.store.editions import BETWEEN, Passage
from bot.store.session import Session

SHELF = "centre"
SUMMARY = 80
"""Characters of a passage's own beginning."""

LONGEST_TITLE = 60
_ID = re.compile(r"passage\.([0-9a-f]{8})\.([0-9]{1,6})", re.ASCII)


def answering(session: Session) -> tuple[str, list[Entry]]:
    """The edition that answers, and all its entries; nothing where none does."""
    edition = editions.answering(session)
    if not edition:
        return "", []
    title = editions.find(session, edition).title
    return edition, [_entry(edition, number, title, each) for number, each in editions.passages(session, edition)]


def cited(session: Session, entry_id: str) -> Entry | None:
    """What an answer named once, though another edition answers now. None where it is gone for good."""
    found = _ID.fullmatch(entry_id)
    if found is None:
        return None
    edition, number = found[1], int(found[2])
    held = editions.passage(session, edition, number)
    return _entry(edition, number, *held) if held else None


def _entry(edition: str, number: int, title: str, passage: Passage) -> Entry:
    heading = passage.heading.split(BETWEEN)[-1] or passage.point or title
    return Entry(
        id=f"passage.{edition}.{number}",
        kind="passage",
        title=shorten(heading, LONGEST_TITLE),
        summary=shorten(" ".join(passage.body.split()), SUMMARY),
        body=passage.body,
        related=(),
        questions=(),
        language="ja",
        edition=title,
        point=passage.point,
        page=passage.page,
    )
