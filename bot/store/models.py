"""The SQLModel tables, nothing else; no table joins a person to a worry."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, MetaData, TypeDecorator, false, true
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC out, on databases that keep a zone and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class Table(SQLModel):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def moment(**options: Any) -> Any:
    return Field(sa_type=UtcDateTime, **options)


def sealed(**options: Any) -> Any:
    return Field(sa_type=LargeBinary, **options)


class Meta(Table, table=True):
    name: str = Field(primary_key=True)
    value: str


class Member(Table, table=True):
    id: str = Field(primary_key=True)
    token: str = Field(unique=True)
    address: bytes = sealed()
    role: str
    language: str
    joined_at: datetime = moment()
    area: str | None = None
    """Where they work, a code of the area list, if they wished to say so."""
    work: str | None = None
    """What they are, a code of the list of kinds of work, if they wished to say so."""


class Invitation(Table, table=True):
    token: str = Field(primary_key=True)
    role: str
    uses_left: int
    expires_at: datetime = moment()


class Place(Table, table=True):
    """A group where worries and conferences are posted."""

    id: str = Field(primary_key=True)
    token: str = Field(unique=True)
    address: bytes = sealed()
    name: str
    language: str
    joining: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether whoever is in this group may join by a button."""


class Inbox(Table, table=True):
    token: str = Field(primary_key=True)
    state: str = Field(index=True)
    event: bytes | None = sealed(nullable=True)
    attempts: int = 0
    received_at: datetime = moment(index=True)


class Outbox(Table, table=True):
    """seq gives the order within a lane; lane and token are opaque without the key."""

    __table_args__ = {"sqlite_autoincrement": True}

    seq: int | None = Field(default=None, primary_key=True, sa_type=BigInteger().with_variant(Integer, "sqlite"))
    token: str = Field(unique=True)
    lane: str | None = Field(default=None, index=True)
    state: str = Field(index=True)
    letter: bytes | None = sealed(nullable=True)
    not_before: datetime = moment()
    expires_at: datetime | None = moment(nullable=True)
    attempts: int = 0
    doubts: int = 0
    reference: bytes | None = sealed(nullable=True)
    reason: str | None = None
    """Why it was given up or set aside: the name of an error, never its words."""


class Draft(Table, table=True):
    id: str = Field(primary_key=True)
    owner: str = Field(index=True)
    kind: str
    step: int
    content: bytes = sealed()
    expires_at: datetime = moment(index=True)


class ItemKey(Table, table=True):
    """Deleting this row makes everything sealed for the item unreadable, in every copy that lacks the row:
    backups leave this table out or age out soon."""

    item: str = Field(primary_key=True)
    wrapped: bytes = sealed()


class Worry(Table, table=True):
    id: str = Field(primary_key=True)
    pseudonym: str = Field(index=True)
    places: bytes = sealed()
    state: str = Field(index=True)
    body: bytes = sealed()
    return_address: bytes = sealed()
    closing_token: str
    opened_at: datetime = moment()
    active_at: datetime | None = moment(nullable=True)
    """When it was last answered, to the hour."""
    closed_at: datetime | None = moment(nullable=True)
    release_at: datetime | None = moment(nullable=True, index=True)
    """While it waits: the earliest time at which it may be published."""
    held_for: str | None = None
    """While it is held or hidden: why."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    label: bytes | None = sealed(nullable=True)
    """What may be told of its author, and what they wish for; sealed with the item's own key."""
    answered_at: datetime | None = moment(nullable=True)
    """When somebody else first answered, to the hour."""
    asks_later: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """Whether its author may be asked how it went."""


class Tombstone(Table, table=True):
    """What was erased: a restored backup must not bring it back. subject is random, or opaque without the key."""

    subject: str = Field(primary_key=True)
    kind: str
    erased_at: datetime = moment(index=True)


class Answer(Table, table=True):
    """A reply, or what the one who asked says to it. Its tokens are keyed with the item's own key:
    they tell voices of one thread apart and link nothing across threads."""

    id: str = Field(primary_key=True)
    worry: str = Field(foreign_key="worry.id", index=True)
    seq: int
    voice: str
    voice_token: str
    reader_token: str
    body: bytes = sealed()
    return_address: bytes = sealed()
    state: str = Field(default="open", sa_column_kwargs={"server_default": "open"})
    aside: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Between two people alone: it stands in no place."""
    name: bytes | None = sealed(nullable=True)
    """The name its writer chose to give, sealed with the item's own key."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class Occurrence(Table, table=True):
    """One thing that becomes due once; APScheduler only wakes us to look here."""

    token: str = Field(primary_key=True)
    kind: str
    subject: str
    due_at: datetime = moment(index=True)
    done: bool = Field(default=False, index=True)
