"""Whether two databases hold the same: per table, how many rows and a checksum over all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Table, collate, func, literal, select, true, tuple_
from sqlmodel import col

from bot.store import community_models as community_models  # its tables are among them
from bot.store import conference_models as conference_models
from bot.store import handbook_models as handbook_models
from bot.store import marks, models, schema
from bot.store.models import Meta

TABLES: Sequence[Table] = models.Table.metadata.sorted_tables
"""Every table, those that others refer to first."""

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Sum:
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Comparison:
    table: str
    here: Sum
    there: Sum

    @property
    def equal(self) -> bool:
        return self.here == self.there


def compare(here: Connection, there: Connection) -> list[Comparison]:
    return [Comparison(table.name, _sum(here, table), _sum(there, table)) for table in TABLES]


def _sum(connection: Connection, table: Table) -> Sum:
    digest, number = sha256(), 0
    for rows in batches(connection, table):
        number += len(rows)
        for row in rows:
            # values of the models' own types: the same text for the same value, whichever database it was in
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return Sum(number, digest.hexdigest())


def batches(connection: Connection, table: Table, after: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
    """Rows in the order of their keys, behind this one; streamed, so that a large table needs no memory."""
    keys = [_ordered(connection, column) for column in table.primary_key]
    statement = select(table).where(_travels(table)).order_by(*keys)
    if after:
        statement = statement.where(tuple_(*keys) > tuple_(*after))
    with connection.execute(statement, execution_options={"yield_per": _BATCH}) as rows:
        yield from rows.partitions()


def key_of(table: Table, row: Any) -> list[Any]:
    return [row._mapping[column] for column in table.primary_key]


def count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table).where(_travels(table))).scalar_one()


def some(connection: Connection, table: Table) -> bool:
    """Whether there is any row."""
    statement = select(literal(1)).select_from(table).where(_travels(table)).limit(1)
    return connection.execute(statement).first() is not None


def _ordered(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Words byte by byte, as SQLite does: a server may order them by its own language."""
    words = not isinstance(column.type, Integer)
    return collate(column, "C") if words and connection.dialect.name == "postgresql" else column


def _travels(table: Table) -> ColumnElement[bool]:
    """All rows but those in which a database speaks of itself."""
    if table.name != Meta.__tablename__:
        return true()
    return (col(Meta.name) != schema.FINGERPRINT) & ~col(Meta.name).startswith(marks.PREFIX)
