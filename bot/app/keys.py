"""Finds the key of a database, or makes one where there is no database yet."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import schema
from bot.store.engines import sqlite_file
from bot.store.keyfile import create_keys, read_keys, read_ring
from bot.store.keyring import KeyFile
from bot.store.seal import Keys


def open_keys(settings: Settings) -> Keys:
    """A missing key beside an existing database is refused, never made anew: it would open nothing."""
    prepare_data_dir(settings.data_dir)
    if not key_exists(settings) and not database_exists(settings):
        try:
            return create_keys(settings.key)
        except OSError as error:
            raise Misconfigured(
                "YORISOI_KEY_FILE",
                f"cannot be written ({type(error).__name__}).",
                f"make {settings.key.parent} writable.",
            ) from None
    return read_keys(settings.key)


def open_key_file(settings: Settings) -> KeyFile:
    """The same, and followed from then on: `yorisoi keys rotate` may change it while we run."""
    open_keys(settings)
    return KeyFile(settings.key)


def whole_keys(settings: Settings) -> Keys:
    """Of a file without a rotation under way: a copy made in the middle of one opens with neither key alone."""
    ring = read_ring(settings.key)
    if ring.old:
        raise Misconfigured(
            "YORISOI_KEY_FILE",
            "a rotation of the key is not finished.",
            "run `yorisoi keys rotate`; it goes on where it stands.",
        )
    return ring.keys()


def prepare_data_dir(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Misconfigured(
            "YORISOI_DATA_DIR",
            f"{folder} cannot be used ({type(error).__name__}).",
            "make it a folder this user may write to.",
        ) from None


def key_exists(settings: Settings) -> bool:
    return _exists(settings.key, "YORISOI_KEY_FILE")


def database_exists(settings: Settings) -> bool:
    """For SQLite, whether its file is there with anything in it; a server is asked."""
    file = database_file(settings)
    if file is None:
        return schema.exists(settings.database)
    return _exists(file, "YORISOI_DATABASE_URL") and file.stat().st_size > 0


def database_file(settings: Settings) -> Path | None:
    """Where SQLite keeps the database; None for a server."""
    return sqlite_file(settings.database)


def check_writable(folder: Path, setting: str) -> None:
    """Whether a file could be made in this folder."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise Misconfigured(setting, f"{folder} is no folder this user may write to.", "make it one, or name another.")


def _exists(file: Path, setting: str) -> bool:
    try:
        return file.exists()
    except OSError as error:  # a folder that is closed to us, a name too long
        raise Misconfigured(
            setting,
            f"its file cannot be reached ({type(error).__name__}).",
            "name a file this user may read and write.",
        ) from None


@contextmanager
def sole_carrier(settings: Settings) -> Iterator[None]:
    """On SQLite one process carries the letters: a second one would claim the first one's."""
    file = database_file(settings)
    if file is None:
        yield
        return
    with file.with_name(f"{file.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Misconfigured(
                "YORISOI_DATABASE_URL",
                f"another yorisoi is running on {file}.",
                "end it, or give this one its own folder.",
            ) from None
        yield
