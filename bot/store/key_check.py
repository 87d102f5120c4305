"""Opens every sealed value, one page after the other, and counts: never a word of what is in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlmodel import col, select

from bot.store.keyed import SEALED, SEALED_BY_ITEM, Sealed, key_of
from bot.store.keyring import KeySource, keys_for
from bot.store.models import ItemKey
from bot.store.seal import Box, Keys, WrongKey

_PAGE = 1000


@dataclass
class Count:
    opened: int = 0
    every: int = 0


def count(engine: Engine, keys: KeySource, say: Callable[[str, int], object]) -> dict[str, Count]:
    """How many sealed values of each table open. say(table, how many so far) is told after every page."""
    counts: dict[str, Count] = {}
    for sealed in (*SEALED, *SEALED_BY_ITEM):
        _count(engine, keys, sealed, counts.setdefault(sealed.table.name, Count()), say)
    return counts


def _count(engine: Engine, keys: KeySource, sealed: Sealed, counted: Count, say: Callable[[str, int], object]) -> None:
    key, after = key_of(sealed.table).name, None
    while True:
        with engine.connect() as connection:
            ours = keys_for(keys, connection)
            rows = sealed.page(connection, after, _PAGE)
            boxes = _boxes(connection, ours, sealed, rows)
        for row in rows:
            box = boxes.get(row[sealed.item]) if sealed.item else ours.box
            counted.opened += box is not None and box.opens(row[sealed.column], sealed.place_of(row))
        counted.every += len(rows)
        say(sealed.table.name, counted.every)
        if len(rows) < _PAGE:
            return
        after = rows[-1][key]


def _boxes(connection: Connection, keys: Keys, sealed: Sealed, rows: Sequence[Mapping[str, Any]]) -> dict[str, Box]:
    """Of the items these rows belong to; none where the item's key is gone or does not open."""
    if not sealed.item:
        return {}
    items = {row[sealed.item] for row in rows}
    found = connection.execute(select(col(ItemKey.item), col(ItemKey.wrapped)).where(col(ItemKey.item).in_(items)))
    boxes = {}
    for item, wrapped in found:
        try:
            boxes[item] = Box(keys.item_key(item, wrapped))
        except WrongKey:
            continue
    return boxes
