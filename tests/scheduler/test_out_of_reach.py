"""The rows go out of reach while a letter is in hand: it is settled once they are back, and stands in nobody's way."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat import moments
from bot.chat.moments import Moment
from tests.scheduler.conftest import PostOffice
from tests.scheduler.test_delivery import running

Renaming = Callable[[str, str], None]


@pytest.fixture
def rename(tmp_path: Path) -> Iterator[Renaming]:
    def renamed(table: str, to: str) -> None:
        with closing(sqlite3.connect(tmp_path / "yorisoi.db")) as connection:
            connection.execute(f"ALTER TABLE {table} RENAME TO {to}")

    yield renamed
    moments.watch(None)


async def test_an_orphan_is_given_up_as_soon_as_the_rows_can_be_asked_again(
    office: PostOffice, rename: Renaming
) -> None:
    taken_up = asyncio.Event()

    def look(moment: Moment) -> None:
        if moment == Moment.CLAIMED:
            moments.watch(None)
            rename("outbox", "gone")
            taken_up.set()

    await office.put("closed", replacing="a card that never was")
    moments.watch(look)
    async with running(office.delivery):
        await taken_up.wait()
        await asyncio.sleep(0.05)
        rename("gone", "outbox")
        await office.until_states(dead=1)
