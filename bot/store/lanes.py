"""Which chats this process is writing to, shown to the other replicas by PostgreSQL's advisory locks."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, text

STRANDED_SECONDS = 10.0
"""A letter that is being sent, and whose sender has shown no lock for so long, has lost its sender. One whose
connection only broke takes its locks again within this time."""

_take = text("SELECT key, pg_try_advisory_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")
_leave = text("SELECT pg_advisory_unlock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")
_shown = text(
    "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class LaneLocks:
    """Used by the writer's thread alone, on its one connection. The locks belong to that session: they outlive a
    transaction, and end with the process, with its connection, or when the server finds the session idle too long.

    Within one piece of work, what is taken and left is provisional until keep(), and undo() takes it back; within one
    transaction, until committed().
    """

    def __init__(self) -> None:
        self._held: Counter[int] = Counter()
        self._kept: Counter[int] = Counter()
        self._taken: list[int] = []
        self._leaving: list[int] = []
        self._missed: dict[Any, float] = {}

    def take(self, connection: Connection, lanes: Sequence[str]) -> set[str]:
        """Those of these lanes that no other replica writes to, from now on ours."""
        keys = {key_of(lane): lane for lane in lanes}
        again = [key for key in keys if key in self._leaving]
        for key in again:
            self._leaving.remove(key)
        wanted = [key for key in keys if key not in again]
        got = {row[0] for row in connection.execute(_take, {"keys": wanted}) if row[1]} if wanted else set()
        self._taken.extend(got)
        return {keys[key] for key in (*again, *got)}

    def leave(self, lane: str) -> None:
        """Nothing where it is not ours any more: whoever is not sure that a commit came through leaves twice."""
        key = key_of(lane)
        if self._held[key] + self._kept[key] + self._taken.count(key) > self._leaving.count(key):
            self._leaving.append(key)

    def keep(self, connection: Connection) -> None:
        """At the end of a piece of work, its rows already changed: whoever looks at them now waits for our commit."""
        self._unlock(connection, self._leaving)
        self._kept.update(self._taken)
        self._kept.subtract(self._leaving)
        self._taken, self._leaving = [], []

    def undo(self, connection: Connection) -> None:
        self._unlock(connection, self._taken)
        self._taken, self._leaving = [], []

    def committed(self) -> None:
        self._held.update(self._kept)
        self._held = +self._held
        self._kept.clear()

    def rolled_back(self, connection: Connection) -> None:
        """The whole session is given up: with it go the locks that were taken for nothing."""
        self._kept.clear()
        self._taken, self._leaving = [], []
        connection.invalidate()

    def take_again(self, connection: psycopg.Connection) -> None:
        """On a new connection: what is on its way is still ours."""
        for key in self._held.elements():
            connection.execute("SELECT pg_try_advisory_lock(%s)", (key,))

    def unshown(self, connection: Connection, lanes: Iterable[str]) -> set[str]:
        """Those of these lanes that nobody holds at this moment."""
        shown = {row[0] for row in connection.execute(_shown)}
        return {lane for lane in lanes if key_of(lane) not in shown}

    def stranded(self, sightings: Iterable[Any]) -> list[Any]:
        """Of what was seen without a lock now, what has been so for long enough."""
        now = time.monotonic()
        self._missed = {each: self._missed.get(each, now) for each in sightings}
        return [each for each, since in self._missed.items() if now - since >= STRANDED_SECONDS]

    @staticmethod
    def _unlock(connection: Connection, keys: Sequence[int]) -> None:
        if keys:
            connection.execute(_leave, {"keys": list(keys)})


def key_of(lane: str) -> int:
    """60 bits of a lane's 128: two chats that share them only wait for one another."""
    return int(lane[:15], 16)
