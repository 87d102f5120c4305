"""What a backup says of itself: when it was made, by which version, and a keyed digest over all that it holds."""

import json
import marshal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from bot.chat.errors import Misconfigured
from bot.store.schema import FINGERPRINT
from bot.store.seal import Keys, same

_NAME = "backup"
_ROWS_ALIKE = 2
"""The form of marshal in which equal rows are equal bytes, whichever of their values happen to be the same object."""


@dataclass(frozen=True, slots=True)
class Manifest:
    made_at: datetime
    version: str
    schema: str


def write(file: Path, keys: Keys, manifest: Manifest) -> None:
    """Raises Misconfigured where the copy is of another generation of the key than these."""
    with closing(sqlite3.connect(file)) as connection, connection:
        _check_generation(connection, keys)
        value = {
            "made_at": manifest.made_at.isoformat(),
            "version": manifest.version,
            "schema": manifest.schema,
            "digest": _digest(connection, keys),
        }
        connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_NAME, json.dumps(value)))


def take_out(file: Path, keys: Keys) -> Manifest | None:
    """None where the file is no backup but a plain copy. Raises ValueError where it is not what was written then."""
    with closing(sqlite3.connect(file)) as connection, connection:
        found = connection.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
        if found is None:
            return None
        value = json.loads(found[0])
        if not same(str(value["digest"]), _digest(connection, keys)):
            raise ValueError("its rows are not those that were written")
        connection.execute("DELETE FROM meta WHERE name = ?", (_NAME,))
        return Manifest(datetime.fromisoformat(value["made_at"]), str(value["version"]), str(value["schema"]))


def _check_generation(connection: sqlite3.Connection, keys: Keys) -> None:
    """A rotation may have begun after the keys were read."""
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (FINGERPRINT,)).fetchone()
    if found and not same(str(found[0]), keys.fingerprint()):
        raise Misconfigured("YORISOI_KEY_FILE", "the key was replaced meanwhile.", "back up again.")


def _digest(connection: sqlite3.Connection, keys: Keys) -> str:
    """Over every value of every row and the tables themselves; without the key nobody can make one that fits."""
    found = blake2b()
    for part in _parts(connection):
        found.update(part)
    return keys.token("backup", found.hexdigest())


def _parts(connection: sqlite3.Connection) -> Iterator[bytes]:
    tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    for name, definition in connection.execute(tables).fetchall():
        yield marshal.dumps((name, definition), _ROWS_ALIKE)
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):
            if (name, row[0]) != ("meta", _NAME):
                yield marshal.dumps(row, _ROWS_ALIKE)
