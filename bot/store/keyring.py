"""The keys of a running house: they follow the key file, and the generation that the database is in."""

import os
from pathlib import Path

import structlog
from sqlalchemy import Connection

from bot.chat.errors import Misconfigured
from bot.store.keyfile import SETTING, read_keys
from bot.store.seal import Keys

log = structlog.get_logger()

_Stamp = tuple[int, int, int]


class KeyFile:
    """Looks at the file's date before every session, and at its contents when that changed."""

    def __init__(self, path: Path) -> None:
        """Raises Misconfigured where there is no key to begin with."""
        self._path, self._name = path, str(path)
        self._stamp = self._look()
        self._keys = read_keys(path)
        self._sure = True
        """Whether the file says today what we hold. If not, only the database can tell that it still goes."""
        self._behind = False

    def latest(self) -> Keys:
        stamp = self._look()
        if stamp != self._stamp:
            self._follow()
            self._stamp = stamp  # after it: threads that come meanwhile look into the file themselves
        return self._keys

    def of(self, connection: Connection) -> Keys:
        """The keys of the generation that this transaction sees. Raises Misconfigured where we hold none for it.

        On SQLite everybody reads the same file, and no question is asked unless a rotation is under way. A server is
        always asked: another machine may have rotated, and a table lock on meta holds us back while it does."""
        keys = self.latest()
        if self._sure and keys.previous is None and connection.dialect.name == "sqlite":
            return keys
        try:
            found = keys_of(connection, keys)
        except Misconfigured:
            if not self._behind:
                log.error("key file behind the database")
            self._behind = True
            raise
        self._behind = False
        return found

    def _look(self) -> _Stamp | None:
        try:
            found = os.stat(self._name)  # noqa: PTH116 - before every session: a Path asks four times slower
        except OSError:
            return None
        return found.st_ctime_ns, found.st_ino, found.st_size

    def _follow(self) -> None:
        """A file that is gone, damaged or of another database changes nothing for who has the keys already."""
        try:
            found = read_keys(self._path)
            self._sure = found.continues(self._keys)
        except Misconfigured:
            self._sure = False
        if self._sure:
            self._keys = found
        else:
            log.error("key file not usable")


KeySource = Keys | KeyFile
"""Keys alone, or those of a file that may change meanwhile."""


def latest(source: KeySource) -> Keys:
    return source if isinstance(source, Keys) else source.latest()


def keys_for(source: KeySource, connection: Connection) -> Keys:
    """In the transaction whose rows they are for, so that both are of one generation."""
    return source if isinstance(source, Keys) else source.of(connection)


def keys_of(connection: Connection, keys: Keys) -> Keys:
    """Raises Misconfigured where the database is in a generation that these are not for."""
    found = keys.of(str(connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'key'").scalar()))
    if found is None:
        raise Misconfigured(
            SETTING,
            "the database has another key than this file.",
            "put the right key file back; where `yorisoi keys rotate` ran on another machine, copy it from there.",
        )
    return found
