"""How long keys rotate takes, how long it keeps a writer waiting, and what following the key file costs a session."""

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.app.keys import open_key_file
from bot.chat.events import Address, Command, Event
from bot.settings import Settings
from bot.store import drafts, inbox, items, members, occurrences
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.key_check import count as opened
from bot.store.keyfile import create_keys, read_ring
from bot.store.keyring import KeyFile, keys_for
from bot.store.members import Role
from bot.store.session import Session
from tests.faults.report import Figure

TITLE = "a key replaced under 10,000 and 100,000 rows while somebody writes"
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KEEN = 0.005
"""Seconds between two writes of the one who waits."""

_ids = count(1)


def run() -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for rows in (10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(data_dir=Path(folder))
            found = asyncio.run(_replaced_under_way(settings, rows))
        figures |= {f"{name}_{rows}": figure for name, figure in found.items()}
    return figures | _cost_of_following()


async def _replaced_under_way(settings: Settings, rows: int) -> dict[str, Figure]:
    database = Database(settings.database, open_key_file(settings))
    try:
        await _fill(database, rows)
        before = _everything(settings)
        quiet = (await _writes(database, asyncio.create_task(asyncio.sleep(3))))[0]
        began = time.monotonic()
        rotating = asyncio.create_task(asyncio.to_thread(_rotate, settings))
        longest, writes = await _writes(database, rotating)
        seconds = time.monotonic() - began
        assert await rotating == 0, "keys rotate failed"
        assert read_ring(settings.key).old is None
        known = await database.read(
            lambda session: sum(members.find(session, _person(n)) is not None for n in range(50))
        )
        assert known == 50, "members are known afterwards"
    finally:
        database.close()
    assert _everything(settings) == before, "everything opens, and nothing is gone"
    return {
        "seconds": round(seconds, 1),
        "longest_write_ms": round(longest * 1000),
        "longest_write_before_ms": round(quiet * 1000),
        "writes": writes,
    }


def _rotate(settings: Settings) -> int:
    environment = {**os.environ, "YORISOI_DATA_DIR": str(settings.data_dir)}
    command = [sys.executable, "-m", "bot", "keys", "rotate"]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


async def _writes(database: Database, until: "asyncio.Task[object]") -> tuple[float, int]:
    """Events are stored, handled, and brought once more, by somebody who is known: the longest write in seconds, and
    how many there were."""
    longest, writes = 0.0, 0

    async def write(work: Callable[[Session], bool]) -> bool:
        nonlocal longest, writes
        began = time.monotonic()
        done = await database.write(work)
        longest, writes = max(longest, time.monotonic() - began), writes + 1
        return done

    while not until.done():
        event, known = _event(f"while {next(_ids)}"), _person(writes % 50)
        assert await database.read(lambda session: members.find(session, known)), "a member is known"  # noqa: B023
        assert await write(lambda session: inbox.receive(session, event, NOW)), "an event is new"  # noqa: B023
        assert await write(lambda session: inbox.finish(session, event)), "and handled once"  # noqa: B023
        assert not await write(lambda session: inbox.receive(session, event, NOW)), "and then known"  # noqa: B023
        await asyncio.sleep(KEEN)
    return longest, writes


def _everything(settings: Settings) -> dict[str, int]:
    engine = make_engine(settings.database, writes=False)
    try:
        counts = opened(engine, KeyFile(settings.key), lambda *_: None)
    finally:
        engine.dispose()
    assert all(found.opened == found.every for found in counts.values()), "something does not open"
    return {table: found.every for table, found in counts.items()}


async def _fill(database: Database, rows: int) -> None:
    """Mostly events that were handled, as a busy house has: six in ten; and two of each kind of sealed value."""
    step = 2_000
    for first in range(0, rows, step):
        await database.write(lambda session: _fill_some(session, range(first, first + step)))  # noqa: B023


def _fill_some(session: Session, numbers: range) -> None:
    for number in numbers:
        match number % 10:
            case 0:
                members._admit(session, _person(number // 10), Role.SUPPORTER, "ja", NOW)
            case 1:
                drafts.keep(session, _person(number), "asking", {"answers": {"text": "あ" * 60}}, NOW)
            case 2:
                items.create(session, secrets.token_urlsafe(16))
            case 3:
                occurrences.plan(
                    session, "conference.reminder", secrets.token_urlsafe(16), NOW + timedelta(days=number)
                )
            case _:
                event = _event(f"past {number}")
                inbox.receive(session, event, NOW)
                inbox.finish(session, event)


def _person(number: int) -> Address:
    return Address("slack", "team", f"U{number}")


def _event(name: str) -> Event:
    return Event(name, "U1", _person(1), True, False, NOW, Command("menu"))


def _cost_of_following() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "yorisoi.key"
        keys, engine = create_keys(file), make_engine(f"sqlite:///{folder}/yorisoi.db", writes=False)
        followed = KeyFile(file)
        with engine.connect() as connection:
            alone = _each(lambda: keys_for(keys, connection))
            following = _each(lambda: keys_for(followed, connection))
        engine.dispose()
    return {"following_us": round((following - alone) * 1e6, 2)}


def _each(step: Callable[[], object], turns: int = 1_000) -> float:
    """Seconds, of the quickest of twenty rounds: others use this machine, too."""
    return min(timeit.repeat(step, number=turns, repeat=20)) / turns
