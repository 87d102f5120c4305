"""The database driver of this process, whose n-th call fails: before it ran, after it, or with all rolled back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Engine, event

T = TypeVar("T")

WAYS = ("before", "after", "rolled back")
"""rolled back: what SQLite itself does with the transaction when a disk fails under it."""

_CAUSES = {
    "full": ("database or disk is full", 13),
    "io": ("disk I/O error", 10),
    "permission": ("attempt to write a readonly database", 8),
}
CAUSES = tuple(_CAUSES)
_WRITING = ("INSERT", "UPDATE", "DELETE", "BEGIN IMMEDIATE", "COMMIT")


@dataclass
class Driver:
    """nth: which call fails, counted from when this was armed; 0 for none. lasting: how many from there on."""

    nth: int = 0
    way: str = "before"
    cause: str = "io"
    lasting: int = 1
    writes_only: bool = False
    counting: bool = False
    calls: int = 0
    failed: int = 0

    def arm(self, nth: int, way: str = "before", cause: str = "io", *, lasting: int = 1, writes: bool = False) -> None:
        self.nth, self.way, self.cause, self.lasting, self.writes_only = nth, way, cause, lasting, writes
        self.counting, self.calls, self.failed = True, 0, 0

    def call(self, connection: sqlite3.Connection, statement: str, run: Callable[[], T]) -> T:
        if not self.counting or (self.writes_only and not statement.lstrip().startswith(_WRITING)):
            return run()
        self.calls += 1
        if not self.nth or not self.nth <= self.calls < self.nth + self.lasting:
            return run()
        self.failed += 1
        if self.way == "after":
            run()
        elif self.way == "rolled back" and connection.in_transaction:
            sqlite3.Connection.rollback(connection)
        words, code = _CAUSES[self.cause]
        error = sqlite3.OperationalError(words)
        error.sqlite_errorcode = code
        raise error


class _Cursor(sqlite3.Cursor):
    def execute(self, statement: str, *values: Any) -> Any:
        run = super().execute
        return _driver(self).call(self.connection, statement, lambda: run(statement, *values))

    def executemany(self, statement: str, *values: Any) -> Any:
        run = super().executemany
        return _driver(self).call(self.connection, statement, lambda: run(statement, *values))


class _Connection(sqlite3.Connection):
    driver: ClassVar[Driver]

    def cursor(self, factory: Any = None) -> Any:  # noqa: ARG002
        return super().cursor(_Cursor)

    def commit(self) -> None:
        run = super().commit
        self.driver.call(self, "COMMIT", run)


def _driver(cursor: _Cursor) -> Driver:
    connection = cursor.connection
    assert isinstance(connection, _Connection)
    return connection.driver


@contextmanager
def failing_driver() -> Iterator[Driver]:
    """Every connection that is opened meanwhile goes through this."""
    driver = Driver()
    own = type("OwnConnection", (_Connection,), {"driver": driver})

    def connect(_dialect: object, _record: object, _args: list[Any], options: dict[str, Any]) -> None:
        options["factory"] = own

    event.listen(Engine, "do_connect", connect)
    try:
        yield driver
    finally:
        event.remove(Engine, "do_connect", connect)
