"""F12: a thousand flipped bytes, logs cut short, deleted or foreign, an emptied file, schemas of other times."""

import random
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.chat.errors import Misconfigured
from bot.store import schema
from bot.store.engines import make_engine
from tests.faults.corruption import (
    NOTICED,
    REFUSED,
    RIGHT,
    UNGUARDED,
    WRONG,
    after_cutting,
    flips,
    lived_in,
    started,
    with_log,
)
from tests.store import migrating
from tests.store.people import KEYS

TITLE = "F12: a database that rots is refused or runs correctly"
FLIPS, CUTS, SEED = 1000, 200, 20261124
LARGE_ROWS = 180_000
"""About 300 MB; what a gigabyte takes is told from it."""

Figures = dict[str, int | float | str]


def run() -> Figures:
    with TemporaryDirectory() as name:
        folder = Path(name)
        return {**_flips(folder), **_cuts(folder), **_others(folder), **_check_of_a_large_one(folder)}


def _flips(folder: Path) -> Figures:
    file = lived_in(folder)
    found = flips(file, FLIPS, SEED)
    unguarded = set(found.columns)
    assert unguarded <= UNGUARDED, f"silently wrong where it is guarded: {unguarded - UNGUARDED}"
    file.unlink()
    return {
        "flips": FLIPS,
        "refused": found.kinds[REFUSED],
        "noticed_on_reading": found.kinds[NOTICED],
        "ran_correctly": found.kinds[RIGHT],
        "silently_wrong": found.kinds[WRONG],
        "silently_wrong_in": ", ".join(sorted(unguarded)) or "-",
    }


def _cuts(folder: Path) -> Figures:
    file, moments = with_log(folder)
    whole, dice, refused = file.with_name(f"{file.name}-wal").stat().st_size, random.Random(SEED), 0
    case = folder / "case.db"
    for length in [0, *(dice.randrange(1, whole) for _ in range(CUTS))]:
        try:
            assert after_cutting(file, length, case) in moments, f"a mixture of two moments after {length} bytes"
        except Misconfigured:
            refused += 1
    return {"logs_cut": CUTS + 1, "logs_mixed": 0, "logs_refused": refused}


def _others(folder: Path) -> Figures:
    """Of other times, and emptied."""
    older = folder / "older.db"
    engine = make_engine(f"sqlite:///{older}", writes=True)
    migrating.move(engine, "0001")
    engine.dispose()
    started(older)
    assert schema.examine(f"sqlite:///{older}", KEYS) == schema.NEWEST
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    emptied = folder / "emptied.db"
    emptied.touch()
    for file in (older, emptied):
        try:
            started(file)
        except Misconfigured:
            continue
        raise AssertionError(f"{file.name} was started")
    return {"older_schemas_migrated": 1, "newer_schemas_refused": 1, "emptied_files_refused": 1}


def _check_of_a_large_one(folder: Path) -> Figures:
    file = folder / "large.db"
    engine = make_engine(f"sqlite:///{file}", writes=True)
    schema.prepare(engine, KEYS)
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO outbox (token, lane, state, letter, not_before, attempts, doubts) "
            "VALUES (?, ?, 'ready', ?, '2026-11-24 01:00:00.000000', 0, 0)",
            ((secrets.token_hex(16), secrets.token_hex(16), secrets.token_bytes(1200)) for _ in range(LARGE_ROWS)),
        )
    gigabytes = file.stat().st_size / 1e9
    seconds = {}
    for check in ("quick_check", "integrity_check"):
        with closing(sqlite3.connect(file)) as connection:
            began = time.monotonic()
            assert connection.execute(f"PRAGMA {check}").fetchone() == ("ok",)
            seconds[f"{check}_seconds_for_a_gigabyte"] = round((time.monotonic() - began) / gigabytes, 1)
    return {"measured_on_gigabytes": round(gigabytes, 2), **seconds}
