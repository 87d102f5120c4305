"""How long it takes to find what is one's own by trying every key, where 100,000 worries are open."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.chat.events import Address
from bot.store import mine, worries
from bot.store.database import Database
from bot.store.session import Session
from tests.faults.report import Figure
from tests.store.people import KEYS
from tests.world import START

TITLE = "what is one's own, found among 100,000 open worries"
OPEN, OWN, BATCH = 100_000, 20, 1000

T = TypeVar("T")


def run() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(Path(folder)))


async def _measured(folder: Path) -> dict[str, Figure]:
    database = Database(f"sqlite:///{folder / 'yorisoi.db'}", KEYS)
    try:
        for first in range(0, OPEN, BATCH):
            await database.write(lambda session, first=first: _share(session, first))  # type: ignore[misc]
        hana = _person(0)
        listed, found = await _timed(database, lambda session: worries.own(session, hana))
        assert len(found) == OWN
        looked, own = await _timed(database, lambda session: mine.own(session, hana))
        assert (len(own.worries), len(own.answers)) == (OWN, OWN)
        return {"open_worries": OPEN, "list_seconds": listed, "own_seconds": looked}
    finally:
        database.close()


async def _timed(database: Database, work: Callable[[Session], T]) -> tuple[float, T]:
    """Seconds of one core: what else the machine does is not counted."""

    def look(session: Session) -> tuple[float, T]:
        started = time.thread_time()
        found = work(session)
        return round(time.thread_time() - started, 2), found

    return await database.read(look)


def _share(session: Session, first: int) -> None:
    for number in range(first, first + BATCH):
        author = _person(number % (OPEN // OWN))
        worry = worries.share(session, "夜になると不安で、電話が鳴るのがこわいです。" * 5, ["square"], author, START)
        worries.answer(session, worry.id, "わかります。" * 10, _person((number + 1) % (OPEN // OWN)), START)


def _person(number: int) -> Address:
    return Address("slack", "T0TEAM", f"U{number:09}")
