"""The tables around the handbook: the centre's own editions, what people say of entries, and what they add."""

from datetime import datetime

from sqlmodel import Field

from bot.store.models import Table, moment, sealed


class Edition(Table, table=True):
    """One version of the centre's own handbook. state: draft, published, retired, removed."""

    id: str = Field(primary_key=True)
    title: str
    state: str = Field(index=True)
    kind: str
    """Of the file it came from: pdf, docx, markdown, text, csv."""
    pages: int
    digest: str
    """Of the file, so that the same one is not taken twice."""
    imported_at: datetime = moment()
    published_at: datetime | None = moment(default=None)


class Passage(Table, table=True):
    """A piece of an edition that can be shown alone, in its order. point, page: as the document writes them."""

    id: str = Field(primary_key=True)
    edition: str = Field(foreign_key="edition.id", index=True)
    number: int
    heading: str
    point: str
    page: str
    body: str


class Opinion(Table, table=True):
    """役に立った or 違う to one entry. token: keyed, of the member and the entry, so that each counts once."""

    id: str = Field(primary_key=True)
    token: str = Field(unique=True)
    entry: str = Field(index=True)
    value: str


class Gap(Table, table=True):
    """A question that found nothing, without what identifies, left by somebody's own wish. month: like 2026-11."""

    id: str = Field(primary_key=True)
    month: str
    body: bytes = sealed()


class PeerNote(Table, table=True):
    """What a peer adds to an entry; nothing leads from it to who wrote it. state: resting, waiting, released.

    withdrawal: a digest of the secret that only the writer's own receipt holds. body: the words, and the name if its
    writer wished one to stand there.
    """

    id: str = Field(primary_key=True)
    entry: str
    month: str
    state: str = Field(index=True)
    withdrawal: str = Field(index=True)
    body: bytes = sealed()


class DailyLine(Table, table=True):
    """今日の一行 for one member. at: like 08:30. seen: ids of entries, one a line, until all were seen."""

    member: str = Field(primary_key=True)
    at: str
    seen: str = ""
    sent_on: str = ""
    """An ISO date."""
