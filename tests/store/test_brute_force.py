"""Promise 1 by brute force: whoever has the rows and the list of all members tries everyone for every worry."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.chat.events import Address
from bot.store import items, worries
from bot.store.database import Database
from bot.store.models import Worry
from bot.store.seal import Keys, WrongKey
from bot.store.session import Session
from tests.store import burglar
from tests.store.community import dump
from tests.store.people import KEYS, NOW

MEMBERS = [Address(("slack", "telegram")[n % 2], "T0TEAM", f"U{n:05}", "") for n in range(1000)]
AUTHORS = MEMBERS[::10]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    on_a_server = request.param == "postgresql"
    url = request.getfixturevalue("postgres_url") if on_a_server else f"sqlite:///{tmp_path / 'yorisoi.db'}"
    opened = Database(url, KEYS)
    yield opened
    opened.close()


def write_all(session: Session) -> dict[str, Address]:
    """A hundred worries by a hundred of the thousand members."""
    return {
        worries.share(session, f"{number}人目の悩み", [], author, NOW).id: author
        for number, author in enumerate(AUTHORS)
    }


def linked_with(session: Session, keys: Keys) -> int:
    """For how many worries somebody who holds these keys finds one member who must have written it."""
    thief = Session(session._connection, keys)
    return sum(_author(thief, row) is not None for row in session.rows(select(Worry.id, Worry.closing_token)))


def _author(thief: Session, row: tuple[str, str]) -> Address | None:
    worry_id, token = row
    try:
        item = items.find(thief, worry_id)
    except WrongKey:
        return None
    return next((each for each in MEMBERS if item and item.token(each) == token), None)


async def test_without_the_key_nobody_with_it_everybody_after_closing_nobody(database: Database) -> None:
    written = await database.write(write_all)
    assert burglar.linked(await database.read(dump), MEMBERS) == []
    assert await database.read(lambda session: linked_with(session, Keys(b"x" * 32))) == 0
    assert await database.read(lambda session: linked_with(session, KEYS)) == len(AUTHORS) == 100

    def close_all(session: Session) -> None:
        for worry_id, author in written.items():
            worries.close(session, worry_id, author, NOW)

    await database.write(close_all)
    assert await database.read(lambda session: linked_with(session, KEYS)) == 0
    assert await database.read(lambda session: session.rows(select(Worry).where(col(Worry.closing_token) != ""))) == []
