"""A large community as rows: every table, every kind of value, and keys that languages would order differently."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, insert, select

from bot.store.comparing import TABLES
from bot.store.models import Meta, UtcDateTime

_LETTERS = "aZ09_-.ÄßéいんＡ寄🙂"
_SHARES = {"worry": 20, "answer": 20, "itemkey": 10, "outbox": 20, "inbox": 15, "occurrence": 4, "vote": 3}
"""Parts of a hundred rows; every other table gets one part, so that it fits on one page or on several."""


def fill(engine: Engine, rows: int, seed: int = 1) -> None:
    """Beside what is there already; with the same seed the same rows."""
    chance = Random(seed)
    tables = [table for table in TABLES if table.name != Meta.__tablename__]
    parts = sum(_SHARES.get(table.name, 1) for table in tables)
    with engine.begin() as connection:
        for table in tables:
            number = max(1, rows * _SHARES.get(table.name, 1) // parts)
            connection.execute(insert(table), list(_rows(connection, table, number, chance)))


def _rows(connection: Connection, table: Table, number: int, chance: Random) -> Iterator[dict[str, Any]]:
    referred = {key.parent.name: _values(connection, key.column) for key in table.foreign_keys}
    for count in range(number):
        row = {column.name: _value(column, count, chance) for column in table.columns}
        row |= {name: values[count % len(values)] for name, values in referred.items()}
        yield row


def _values(connection: Connection, column: Column[Any]) -> Sequence[Any]:
    return connection.execute(select(column).order_by(column)).scalars().all()


def _value(column: Column[Any], count: int, chance: Random) -> Any:
    if column.nullable and chance.random() < 0.3:
        return None
    kind = column.type.python_type
    if isinstance(column.type, UtcDateTime):
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randrange(10**14))
    if kind is bool:
        return chance.random() < 0.5
    if kind is int:
        return 10 * count + 7 if column.primary_key else chance.randrange(1000)
    if kind is bytes:
        return chance.randbytes(chance.choice((0, 40, 300)))
    return "".join(chance.choices(_LETTERS, k=4)) + f"{chance.getrandbits(64):x}"
