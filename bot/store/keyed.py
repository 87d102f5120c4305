"""Which columns stand under the key: what `keys rotate` turns and `keys check` opens. A test holds it complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select
from sqlmodel import SQLModel

from bot.store.community_models import Learning, Mute, Pause, Reaction, Report, Talk
from bot.store.conference_models import Conference, Feed, MeetingNote, Participant, Series, Sheet
from bot.store.handbook_models import Gap, Opinion, PeerNote
from bot.store.models import (
    Answer,
    Draft,
    Inbox,
    Invitation,
    ItemKey,
    Member,
    Occurrence,
    Outbox,
    Place,
    Tombstone,
    Worry,
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed column. place: what it is sealed to, written with the row's own values.

    item: the column that names the item whose key seals it; empty where our own box does."""

    model: type[SQLModel]
    column: str
    place: str
    item: str = ""

    @property
    def table(self) -> Table:
        return table_of(self.model)

    @property
    def bound(self) -> bool:
        """Whether the place holds a token, so that both must change in one transaction."""
        return any(f"{{{name}}}" in self.place for name in TOKENS.get(self.model, ()))

    def place_of(self, row: Mapping[str, Any]) -> str:
        return self.place.format_map(row)

    def page(self, connection: Connection, after: Any, most: int) -> list[dict[str, Any]]:
        """The next rows in the order of their keys, from the beginning where after is None; without those that hold
        nothing sealed."""
        table, key = self.table, key_of(self.table)
        said = {name for _, name, _, _ in Formatter().parse(self.place) if name}
        wanted = {key.name, self.column, self.item, *said} - {""}
        found = (
            select(*(table.c[name] for name in sorted(wanted)))
            .where(func.length(table.c[self.column]) > 0)
            .order_by(key)
            .limit(most)
        )
        rows = connection.execute(found if after is None else found.where(key > after)).mappings()
        return [dict(row) for row in rows]


TOKENS: Mapping[type[SQLModel], tuple[str, ...]] = {
    Member: ("token",),
    Invitation: ("token",),
    Place: ("token",),
    Inbox: ("token",),
    Outbox: ("token", "lane"),
    Draft: ("owner",),
    Occurrence: ("token",),
    Tombstone: ("subject",),
    Pause: ("token",),
    Opinion: ("token",),
    Conference: ("code_token",),
    Feed: ("token",),
}
"""Columns that Keys.token made. The database's own fingerprint in meta is one, too."""

TOMBSTONES: frozenset[str] = frozenset()
"""Kinds of tombstones whose subject Keys.token made; the subjects of the others are random and stay."""

SEALED = (
    Sealed(Member, "address", "member:{id}"),
    Sealed(Place, "address", "place:{id}"),
    Sealed(Inbox, "event", "{token}"),
    Sealed(Outbox, "letter", "{token}"),
    Sealed(Outbox, "reference", "ref:{token}"),
    Sealed(Draft, "content", "{id}"),
    Sealed(ItemKey, "wrapped", "item:{item}"),
    Sealed(Conference, "theme", "theme:{id}"),
    Sealed(Conference, "place", "place_of:{id}"),
    Sealed(Participant, "name", "name:{id}"),
    Sealed(Series, "theme", "series:{id}"),
    Sealed(MeetingNote, "body", "meeting_note:{id}"),
    Sealed(Learning, "body", "learning:{id}"),
    Sealed(Gap, "body", "gap:{id}"),
    Sealed(PeerNote, "body", "peernote:{id}"),
)
"""What our own box seals."""

SEALED_BY_ITEM = (
    Sealed(Worry, "places", "{id}:places", item="id"),
    Sealed(Worry, "body", "{id}:body", item="id"),
    Sealed(Worry, "return_address", "{id}:author", item="id"),
    Sealed(Worry, "label", "{id}:label", item="id"),
    Sealed(Answer, "body", "{worry}:answer:{id}", item="worry"),
    Sealed(Answer, "return_address", "{worry}:writer:{id}", item="worry"),
    Sealed(Answer, "name", "{worry}:name:{id}", item="worry"),
    Sealed(Talk, "author_name", "{worry}:author_name:{answer}", item="worry"),
    Sealed(Talk, "other_name", "{worry}:other_name:{answer}", item="worry"),
    Sealed(Sheet, "content", "{id}:sheet", item="id"),
    Sealed(Report, "return_address", "{worry}:reporter:{id}", item="worry"),
)
"""What an item's own key seals: turning the wrapped key is enough."""

TOKENS_BY_ITEM: Mapping[type[SQLModel], tuple[str, ...]] = {
    Worry: ("closing_token",),
    Answer: ("voice_token", "reader_token"),
    Reaction: ("token",),
    Mute: ("token",),
    Report: ("token",),
}
"""Keyed with the item's own key: they stay."""


def table_of(model: type[SQLModel]) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


def key_of(table: Table) -> Column[Any]:
    """The one column that names a row; every table here has such a one."""
    (column,) = table.primary_key.columns
    return column
