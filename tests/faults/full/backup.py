"""A large backup while the house writes at full speed, its restore, and the drill that operators have."""

import asyncio
import os
import secrets
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store import backups, restoring
from bot.store.database import Database
from bot.store.models import Meta, Occurrence
from bot.store.session import Session
from tests.source import ROOT
from tests.store.people import KEYS, NOW

TITLE = "backup while writing, and back again"
LETTERS = 120_000
"""About 180 MB."""

Figures = dict[str, int | float | str]


def run() -> Figures:
    with TemporaryDirectory() as name:
        folder = Path(name)
        return {**asyncio.run(_under_load(folder)), **_back_again(folder), **_drill()}


def _filled(folder: Path) -> Database:
    file = folder / "yorisoi.db"
    Database(f"sqlite:///{file}", KEYS).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO outbox (token, lane, state, letter, not_before, attempts, doubts) "
            "VALUES (?, ?, 'delivered', ?, '2026-11-24 01:00:00.000000', 0, 0)",
            ((secrets.token_hex(16), secrets.token_hex(16), secrets.token_bytes(1200)) for _ in range(LETTERS)),
        )
    return Database(f"sqlite:///{file}", KEYS)


class _Writer:
    """Adds one row to each of two tables, over and over, and forgets traces as the house does when a worry closes."""

    def __init__(self, database: Database) -> None:
        self._database, self.written, self.longest = database, 0, 0.0

    async def write_on(self) -> None:
        while True:
            began = time.monotonic()
            await self._database.write(self._both)
            self.longest = max(self.longest, time.monotonic() - began)
            self.written += 1

    async def forget_on(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            await self._database.forget_traces()

    def _both(self, session: Session) -> None:
        session.insert(Meta, name=f"pair {self.written}", value="")
        session.insert(Occurrence, token=f"pair {self.written}", kind="", subject="", due_at=NOW, done=True)


async def _under_load(folder: Path) -> Figures:
    database = _filled(folder)
    writer = _Writer(database)
    working = [asyncio.create_task(writer.write_on()), asyncio.create_task(writer.forget_on())]
    await asyncio.sleep(10)
    undisturbed, writer.longest, before = writer.longest, 0.0, writer.written
    began = time.monotonic()
    await asyncio.to_thread(backups.make, folder / "yorisoi.db", folder / "copy.db", KEYS, "", NOW, lambda *_: None)
    seconds, during, longest = time.monotonic() - began, writer.written - before, writer.longest
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    database.close()
    with closing(sqlite3.connect(folder / "copy.db")) as connection:
        pairs = connection.execute("SELECT count(*) FROM meta WHERE name LIKE 'pair %'").fetchone()
        assert pairs == connection.execute("SELECT count(*) FROM occurrence").fetchone(), "a mixture of two moments"
    return {
        "megabytes": round((folder / "copy.db").stat().st_size / 1e6),
        "backup_seconds": round(seconds, 1),
        "writes_meanwhile": during,
        "longest_write_before_ms": round(undisturbed * 1000),
        "longest_write_ms": round(longest * 1000),
    }


def _back_again(folder: Path) -> Figures:
    current, began = folder / "yorisoi.db", time.monotonic()
    with restoring.staged(folder / "copy.db", current, KEYS) as staged:
        restoring.mend(staged, current, KEYS, restoring.remembered_by(current, KEYS).erased, NOW)
        restoring.put_in_place(staged, current, NOW)
    return {"restore_seconds": round(time.monotonic() - began, 1)}


def _drill() -> Figures:
    began = time.monotonic()
    environment = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(
        [ROOT / "deploy" / "drills" / "restore.sh"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {"drill_seconds": round(time.monotonic() - began)}
