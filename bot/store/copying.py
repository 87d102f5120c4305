"""Copies of SQLite files: of a database in use as it is at one moment, of one at rest, and both safely on the disk."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

STEP_PAGES = 1024
"""Four megabytes at a time: between two steps the disk is free for the writer."""

Say = Callable[[int, int], None]
"""Told after every step: how many bytes are still to come, and of how many."""


def copy_in_use(source: Path, target: Path, say: Say) -> None:
    """One moment, whatever is written meanwhile. The writer is never held: a reader's snapshot is, and without it
    every commit would make SQLite begin its copy anew, which under steady writing never ends."""
    with closing(sqlite3.connect(source, isolation_level=None)) as living, closing(sqlite3.connect(target)) as copy:
        living.execute("PRAGMA query_only=ON")
        living.execute("BEGIN")
        page_bytes = int(living.execute("PRAGMA page_size").fetchone()[0])
        living.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the snapshot begins with the first look
        living.backup(
            copy,
            pages=STEP_PAGES,
            progress=lambda _, remaining, pages: say(remaining * page_bytes, pages * page_bytes),
        )
        living.execute("ROLLBACK")


def copy_at_rest(source: Path, target: Path) -> None:
    """Byte by byte, with the log that a file from a running house may have beside it; the source stays as it is."""
    for each in beside(target):
        each.unlink(missing_ok=True)
    for original, copy in zip(beside(source)[:2], beside(target)[:2], strict=True):
        if original.exists():
            shutil.copyfile(original, copy)
            copy.chmod(0o600)


def beside(database: Path) -> tuple[Path, Path, Path]:
    """The files of one SQLite database: itself, its log, the log's index."""
    return database, database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")


def fold(database: Path) -> None:
    """Nothing of it stands in a log any more. Raises sqlite3.Error where another program has it open."""
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        folded(connection)


def folded(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
        raise sqlite3.OperationalError("database is locked")


def flush(file: Path) -> None:
    """On the disk, and its name with it."""
    for each, flags in ((file, os.O_RDONLY), (file.parent, os.O_RDONLY | os.O_DIRECTORY)):
        handle = os.open(each, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
