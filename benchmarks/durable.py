"""One worry, from the press to the disk, on SQLite and PostgreSQL, against what the plain driver can commit at all."""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from benchmarks.ours import worries
from benchmarks.peers import WORRY
from benchmarks.timing import Timing, percentile
from tests.store.postgres import empty_database, running_server

ROUNDS = 3
COMMITS = 300
PEOPLE = ((1, 150), (30, 20))

_MAKE = "CREATE TABLE note (number INTEGER PRIMARY KEY, words TEXT NOT NULL)"


def sqlite_commits(folder: Path) -> Timing:
    """One row each, as durable as ours: WAL, synchronous=FULL."""
    with closing(sqlite3.connect(folder / "notes.db", isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_MAKE)
        return _timed(lambda number: connection.execute("INSERT INTO note VALUES (?, ?)", (number, WORRY)))


def postgres_commits(url: str) -> Timing:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(_MAKE)
        return _timed(lambda number: connection.execute("INSERT INTO note VALUES (%s, %s)", (number, WORRY)))


def _timed(commit: Callable[[int], object]) -> Timing:
    waits = []
    for number in range(COMMITS):
        began = time.perf_counter()
        commit(number)
        waits.append(time.perf_counter() - began)
    return Timing(COMMITS / sum(waits), percentile(waits, 0.5), percentile(waits, 0.99))


def on_sqlite(found: dict[str, list[Timing]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found.setdefault("SQLite, sqlite3 alone, one row a commit", []).append(sqlite_commits(Path(folder)))
    for people, turns in PEOPLE:
        with tempfile.TemporaryDirectory() as folder:
            ours = asyncio.run(worries(Path(folder), people, turns, delivered=False))
        found.setdefault(f"SQLite, ours, {people} at once", []).append(ours)


def on_postgres(server: str, found: dict[str, list[Timing]]) -> None:
    with empty_database(server) as url:
        found.setdefault("PostgreSQL, psycopg alone, one row a commit", []).append(postgres_commits(url))
    for people, turns in PEOPLE:
        with tempfile.TemporaryDirectory() as folder, empty_database(server) as url:
            ours = asyncio.run(worries(Path(folder), people, turns, delivered=False, url=url))
        found.setdefault(f"PostgreSQL, ours, {people} at once", []).append(ours)


def lines() -> list[str]:
    found: dict[str, list[Timing]] = {}
    try:
        with running_server(durable=True) as server:
            for _ in range(ROUNDS):
                on_sqlite(found)
                on_postgres(server, found)
    except pytest.skip.Exception:
        for _ in range(ROUNDS):
            on_sqlite(found)
    rows, alone = [], 1.0
    for name, timings in found.items():
        per_second, p50, p99 = (
            statistics.median(getattr(timing, part) for timing in timings) for part in ("per_second", "p50", "p99")
        )
        alone = per_second if "alone" in name else alone
        rows.append(f"| {name} | {per_second:,.0f} | {p50:.1f} | {p99:.1f} | {per_second / alone:.2f} |")
    return [
        "| one worry on the disk: inbox, worry, key, letters | a second | p50 ms | p99 ms | against the driver alone |",
        "|---|---|---|---|---|",
        *rows,
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
