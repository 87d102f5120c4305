"""A backup is one moment of a house that goes on writing, in one file, and holds no more than a restore needs."""

import asyncio
import sqlite3
import stat
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.chat.errors import Misconfigured
from bot.chat.events import Command, Event
from bot.store import backups, drafts, inbox, manifest
from bot.store.database import Database
from bot.store.models import Inbox, Meta, Occurrence
from bot.store.session import Session
from tests.store.people import HANA, KEYS, NOW

BALLAST_MEGABYTES = 24
LONGEST_PAUSE_SECONDS = 2.0
"""Generous, for a machine that does other things; decision 15 has what was measured."""


def quiet(_remaining: int, _whole: int) -> None:
    pass


def backed_up(folder: Path) -> Path:
    file = folder / "backups" / "copy.db"
    file.parent.mkdir(exist_ok=True)
    backups.make(folder / "yorisoi.db", file, KEYS, "test", NOW, quiet)
    return file


def rows(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


async def test_it_is_one_moment_while_the_house_writes_at_full_speed(database: Database, tmp_path: Path) -> None:
    """Every commit adds one row to each of two tables, so that any mixture of two moments shows."""
    ballast = "x" * 1_000_000
    for number in range(BALLAST_MEGABYTES):
        await database.write(lambda session, n=number: session.insert(Meta, name=f"ballast {n}", value=ballast))  # type: ignore[misc]
    copied, pauses, written = asyncio.Event(), [0.0], 0

    def both(session: Session) -> None:
        session.insert(Meta, name=f"pair {written}", value="")
        session.insert(Occurrence, token=f"pair {written}", kind="", subject="", due_at=NOW, done=True)

    async def write_on() -> None:
        nonlocal written
        while not copied.is_set():
            began = time.monotonic()
            await database.write(both)
            pauses.append(time.monotonic() - began)
            written += 1
            if written % 50 == 0:
                await database.forget_traces()

    writing = asyncio.create_task(write_on())
    found = []
    for _ in range(3):
        file = await asyncio.to_thread(backed_up, tmp_path)
        pairs = rows(file, "SELECT (SELECT count(*) FROM meta WHERE name LIKE 'pair %'), count(*) FROM occurrence")
        found += pairs
    copied.set()
    await writing
    assert all(left == right for left, right in found), "no commit is there by half"
    assert found[-1][0] > found[0][0], "it was written all the time"
    assert max(pauses) < LONGEST_PAUSE_SECONDS


@pytest.mark.usefixtures("database")
async def test_it_is_one_file_for_this_user_alone_and_beside_no_log(tmp_path: Path) -> None:
    file = backed_up(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["copy.db"]
    assert rows(file, "PRAGMA journal_mode") == [("delete",)]
    made = manifest.take_out(file, KEYS)
    assert made and (made.made_at, made.schema) == (NOW, rows(file, "SELECT version_num FROM alembic_version")[0][0])


async def test_marks_of_handled_events_stay_and_words_nobody_waits_for_go(database: Database, tmp_path: Path) -> None:
    def events(session: Session) -> None:
        for name in ("done", "new", "parked"):
            event = Event(name, HANA.channel, HANA, True, False, NOW, Command("help"))
            inbox.receive(session, event, NOW)
            if name == "done":
                inbox.finish(session, event)
        session.run(
            update(Inbox)
            .where(col(Inbox.token) == session.keys.token("event", "telegram", "", "parked"))
            .values(state="parked")
        )
        drafts.keep(session, HANA, "preview", {"text": "書きかけ"}, NOW - timedelta(days=8))
        drafts.keep(session, HANA, "preview", {"text": "書きかけ"}, NOW)

    await database.write(events)
    file = backed_up(tmp_path)
    kept = dict(rows(file, "SELECT state, event IS NOT NULL FROM inbox"))
    assert kept == {"done": 0, "new": 1, "parked": 0}
    assert rows(file, "SELECT count(*) FROM draft") == [(1,)]


@pytest.mark.usefixtures("database")
async def test_what_a_kill_left_unfinished_is_written_over(tmp_path: Path) -> None:
    half = tmp_path / "backups" / "copy.db.unfinished"
    half.parent.mkdir()
    half.write_bytes(b"SQLite format 3\x00 and then the power failed" * 5000)
    assert rows(backed_up(tmp_path), "PRAGMA integrity_check") == [("ok",)]
    assert not half.exists()


@pytest.mark.usefixtures("database")
async def test_where_there_is_no_room_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as error:
        backups.make(tmp_path / "yorisoi.db", Path("/dev/full/copy.db"), KEYS, "test", NOW, quiet)
    assert error.value.setting == "FILE"


async def test_a_rotten_database_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    """A copy of it would take the place of the last good one."""
    file = tmp_path / "yorisoi.db"
    await database.forget_traces()
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xa5" * 4096
    file.write_bytes(content)
    with pytest.raises(Misconfigured):
        backed_up(tmp_path)
    assert not list((tmp_path / "backups").iterdir())


def test_a_large_copy_says_how_far_it_is(tmp_path: Path, url: str) -> None:
    Database(url, KEYS).close()
    steps: list[tuple[int, int]] = []
    file = tmp_path / "copy.db"
    backups.make(tmp_path / "yorisoi.db", file, KEYS, "test", datetime.now(UTC), lambda *step: steps.append(step))
    assert steps[-1][0] == 0 and steps[-1][1] >= 4096
