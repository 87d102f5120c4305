"""Turns the tokens of one table to the next generation, and what is sealed to them, within one transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, bindparam, false, func, not_, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import SQLModel, col

from bot.store.keyed import SEALED, TOKENS, TOMBSTONES, Sealed, key_of, table_of
from bot.store.models import Tombstone
from bot.store.seal import Keys, WrongKey


def turn_table(connection: Connection, keys: Keys, model: type[SQLModel]) -> int:
    """Returns how many tokens. Nobody can write meanwhile: rows without a sealed value, nearly all, go in bulk."""
    table, bound = table_of(model), [sealed for sealed in SEALED if sealed.model is model and sealed.bound]
    holds = or_(false(), *(func.coalesce(func.length(table.c[sealed.column]), 0) > 0 for sealed in bound))
    alone = col(Tombstone.kind).in_(TOMBSTONES) if model is Tombstone else not_(holds)
    turned = _turn_rows(connection, keys, model, bound, holds) if bound else 0
    return turned + sum(_turn_column(connection, keys, table.c[name], alone) for name in TOKENS[model])


def moved(keys: Keys, sealed: bytes | None, here: str, there: str) -> bytes | None:
    """Sealed anew. What did not open before does not open after either."""
    if not sealed:
        return sealed
    try:
        return keys.box.seal(keys.box.open(sealed, here), there)
    except WrongKey:
        return sealed


def _turn_rows(
    connection: Connection, keys: Keys, model: type[SQLModel], bound: list[Sealed], which: ColumnElement[bool]
) -> int:
    table, names = table_of(model), TOKENS[model]
    key = key_of(table)
    wanted = {key.name, *names, *(sealed.column for sealed in bound)}
    found = connection.execute(select(*(table.c[name] for name in sorted(wanted))).where(which)).mappings()
    rows = [_turned_row(keys, key.name, dict(row), names, bound) for row in found]
    changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in wanted - ({key.name} - {*names})}
    if rows:
        connection.execute(update(table).where(key == bindparam("which")).values(changed), rows)
    return len(rows) * len(names)


def _turned_row(
    keys: Keys, key: str, row: Mapping[str, Any], names: tuple[str, ...], bound: list[Sealed]
) -> dict[str, Any]:
    after = {**row, **{name: row[name] and keys.turned(row[name]) for name in names}}
    for sealed in bound:
        after[sealed.column] = moved(keys, row[sealed.column], sealed.place_of(row), sealed.place_of(after))
    return {"which": row[key], **{f"new_{name}": value for name, value in after.items()}}


def _turn_column(connection: Connection, keys: Keys, column: Column[Any], which: ColumnElement[bool]) -> int:
    filled = column.is_not(None)
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.create_function("turned", 1, keys.turned)
        inside = update(column.table).where(which, filled).values({column.name: func.turned(column)})
        return connection.execute(inside).rowcount
    tokens = connection.execute(select(column).where(which, filled).distinct()).scalars().all()
    pairs = func.unnest(bindparam("was", type_=ARRAY(String)), bindparam("now", type_=ARRAY(String)))
    pair = pairs.table_valued("was", "now").render_derived()
    given = update(column.table).where(which, column == pair.c.was).values({column.name: pair.c.now})
    return connection.execute(given, {"was": list(tokens), "now": [keys.turned(token) for token in tokens]}).rowcount
