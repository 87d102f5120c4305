"""One database takes another's place at once: a kill at any moment leaves the old one or the new one, never half."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.chat.errors import Misconfigured
from bot.store.copying import beside, flush, folded


def swap(new: Path, current: Path, now: datetime) -> Path | None:
    """Returns where the old one lies now; None where there was none."""
    aside = _free_name(current, now) if any(each.exists() for each in beside(current)) else None
    if aside is None:
        _take_place(new, current)
    elif current.exists():
        _swap(new, current, aside)
    else:
        _swap_damaged(new, current, aside)  # a log without its database; SQLite would throw it away
    _marker(current).unlink(missing_ok=True)
    flush(current)
    return aside


def was_cut_off(current: Path) -> bool:
    """Whether a damaged database and its log were being moved, one after the other: no start may see one alone."""
    try:
        return _marker(current).exists()
    except OSError:  # a folder that is closed to us; whoever opens the database will tell
        return False


def _marker(current: Path) -> Path:
    return current.with_name(f"{current.name}.half-restored")


def _swap(new: Path, current: Path, aside: Path) -> None:
    try:
        with _held(current):
            _put_aside(current, aside)
        with _held(current):  # nobody came in between; who opens it now finds that it has moved, and stops
            _take_place(new, current)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise Misconfigured(
                "YORISOI_DATABASE_URL", f"another program has {current} open.", "end it, and restore again."
            ) from None
        _swap_damaged(new, current, aside)


def _swap_damaged(new: Path, current: Path, aside: Path) -> None:
    marker = _marker(current)
    marker.touch(0o600)
    flush(marker)
    for old, kept in list(zip(beside(current), beside(aside), strict=True))[1:]:
        with suppress(FileNotFoundError):
            old.rename(kept)
    if current.exists() and not aside.exists():
        _put_aside(current, aside)
    _take_place(new, current)


@contextmanager
def _held(database: Path) -> Iterator[None]:
    """Alone with it, and its log folded into it."""
    with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        folded(connection)
        connection.execute("BEGIN EXCLUSIVE")
        yield


def _put_aside(current: Path, aside: Path) -> None:
    try:
        aside.hardlink_to(current)
    except OSError:  # a file system without second names
        shutil.copyfile(current, aside)
    aside.chmod(0o600)
    flush(aside)


def _take_place(new: Path, current: Path) -> None:
    flush(new)
    new.replace(current)
    flush(current)


def _free_name(current: Path, now: datetime) -> Path:
    plain = f"{current.name}.before-restore-{now:%Y%m%d-%H%M%S}"
    names = (current.with_name(plain + ending) for ending in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not any(each.exists() for each in beside(name)))
