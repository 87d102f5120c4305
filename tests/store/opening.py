"""Every row of a database with everything in it opened by the keys: two that say the same to the house are equal here."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.store import items
from bot.store.seal import WrongKey
from bot.store.session import Session
from tests.store.community import Dump, Row, dump

Place = Callable[[Row], str]

BY_THE_KEY: Mapping[tuple[str, str], Place] = {
    ("member", "address"): lambda row: f"member:{row['id']}",
    ("place", "address"): lambda row: f"place:{row['id']}",
    ("inbox", "event"): lambda row: str(row["token"]),
    ("outbox", "letter"): lambda row: str(row["token"]),
    ("outbox", "reference"): lambda row: f"ref:{row['token']}",
    ("draft", "content"): lambda row: str(row["id"]),
    ("itemkey", "wrapped"): lambda row: f"item:{row['item']}",
    ("conference", "theme"): lambda row: f"theme:{row['id']}",
}
BY_THE_ITEMS_KEY: Mapping[tuple[str, str], Place] = {
    ("worry", "places"): lambda row: "places",
    ("worry", "body"): lambda row: "body",
    ("worry", "return_address"): lambda row: "author",
    ("answer", "body"): lambda row: f"answer:{row['id']}",
    ("answer", "return_address"): lambda row: f"writer:{row['id']}",
}


def opened(session: Session) -> Dump:
    """Raises WrongKey where something does not open, as the house would when it comes to it."""
    found = dump(session)
    for table, rows in found.items():
        for row in rows:
            for column, value in row.items():
                if isinstance(value, bytes) and value:
                    row[column] = _open(session, table, column, row)
    return found


def _open(session: Session, table: str, column: str, row: Row) -> Any:
    if place := BY_THE_KEY.get((table, column)):
        return session.keys.box.open(row[column], place(row))
    item = items.find(session, row["id"] if table == "worry" else row["worry"])
    if item is None:
        raise WrongKey(table)
    return item._box.open(row[column], f"{item.id}:{BY_THE_ITEMS_KEY[table, column](row)}")
