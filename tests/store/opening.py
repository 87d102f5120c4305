"""Every row with everything in it opened by the keys: two databases that say the same to the house are equal here."""

from typing import Any

from bot.store import items
from bot.store.seal import WrongKey
from bot.store.session import Session
from tests.store.community import Dump, Row, dump

BY_THE_KEY = {
    ("member", "address"): "member:{id}",
    ("place", "address"): "place:{id}",
    ("inbox", "event"): "{token}",
    ("outbox", "letter"): "{token}",
    ("outbox", "reference"): "ref:{token}",
    ("draft", "content"): "{id}",
    ("itemkey", "wrapped"): "item:{item}",
    ("conference", "theme"): "theme:{id}",
}
BY_THE_ITEMS_KEY = {
    ("worry", "places"): "{id}:places",
    ("worry", "body"): "{id}:body",
    ("worry", "return_address"): "{id}:author",
    ("answer", "body"): "{worry}:answer:{id}",
    ("answer", "return_address"): "{worry}:writer:{id}",
}


def opened(session: Session) -> Dump:
    """Raises WrongKey where something does not open, as the house would when it comes to it."""
    found = dump(session)
    for table, rows in found.items():
        for row in rows:
            sealed = {column: value for column, value in row.items() if isinstance(value, bytes) and value}
            row.update({column: _open(session, (table, column), row) for column in sealed})
    return found


def _open(session: Session, where: tuple[str, str], row: Row) -> Any:
    sealed = row[where[1]]
    if place := BY_THE_KEY.get(where):
        return session.keys.box.open(sealed, place.format_map(row))
    item = items.find(session, str(row["id"] if where[0] == "worry" else row["worry"]))
    if item is None:
        raise WrongKey(where)
    return item._box.open(sealed, BY_THE_ITEMS_KEY[where].format_map(row))
