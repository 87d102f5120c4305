"""A backup while the house goes on: one file, one moment, checked, trimmed, and without the key."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.chat.errors import Misconfigured
from bot.store import manifest, schema
from bot.store.copying import Say, copy_in_use, flush, folded
from bot.store.manifest import Manifest
from bot.store.seal import Keys

_NEEDLESS = (
    "UPDATE inbox SET event = NULL WHERE state = 'parked'",
    "DELETE FROM draft WHERE expires_at < ?",
)
"""What nobody could use after a restore: events given up for good, forms that ran out. The marks of handled
events stay, for a platform may bring one of them again."""


def make(database: Path, file: Path, keys: Keys, version: str, now: datetime, say: Say) -> Manifest:
    """Raises Misconfigured where the database is not sound, or the file cannot be written; then there is no file."""
    revision = schema.examine(f"sqlite:///{database}", keys)
    made = Manifest(now, version, revision)
    try:
        with _unfinished(file) as copy:
            copy_in_use(database, copy, say)
            _trim(copy, now)
            manifest.write(copy, keys, made)
            _check(copy)
            flush(copy)
            copy.replace(file)
            flush(file)
    except (OSError, sqlite3.Error) as error:
        raise Misconfigured(
            "FILE", f"{file} cannot be written ({type(error).__name__}).", "check that its disk has room."
        ) from None
    return made


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """Beside it, for this user alone; what a kill left of an earlier one is written over."""
    path = file.with_name(f"{file.name}.unfinished")
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Misconfigured(
                "FILE", "another backup is being written there.", "wait for it, or name another file."
            ) from None
        os.fchmod(lock.fileno(), 0o600)
        lock.truncate(0)
        try:
            yield path
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _trim(copy: Path, now: datetime) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for pragma in ("journal_mode=MEMORY", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        for statement in _NEEDLESS:
            connection.execute(statement, (f"{now:%Y-%m-%d %H:%M:%S.%f}",) if "?" in statement else ())


def _check(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        folded(connection)
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the copy is not sound")
