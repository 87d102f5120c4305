"""One transaction's hand: plain SQL over the tables, the keys, and what to announce after the commit."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Executable
from sqlmodel import SQLModel

from bot.store.lanes import LaneLocks
from bot.store.seal import Keys


@cache
def _insert(model: type[SQLModel]) -> Insert:
    return insert(model.__table__)  # type: ignore[attr-defined]


@cache
def _insert_once(model: type[SQLModel], dialect: str) -> Insert:
    builder = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = builder(model.__table__).on_conflict_do_nothing()  # type: ignore[attr-defined]
    return statement.execution_options(preserve_rowcount=True)  # PostgreSQL's driver would not say it afterwards


class Session:
    """Statements are built once and values bound late: measured 8 times faster than ORM sessions here
    (docs/decisions/0002)."""

    def __init__(self, connection: Connection, keys: Keys, lanes: LaneLocks | None = None) -> None:
        """lanes: where several processes may write."""
        self._connection, self._lanes = connection, lanes
        self.keys = keys
        self.topics: set[str] = set()

    def insert(self, model: type[SQLModel], **values: Any) -> None:
        self._connection.execute(_insert(model), values)

    def insert_once(self, model: type[SQLModel], **values: Any) -> bool:
        """False where a row with one of its unique values was there already."""
        statement = _insert_once(model, self._connection.dialect.name)
        return self._connection.execute(statement, values).rowcount == 1

    def rows(self, statement: Executable, **values: Any) -> Sequence[Any]:
        return self._connection.execute(statement, values).all()

    def first(self, statement: Executable, **values: Any) -> Any:
        return self._connection.execute(statement, values).first()

    def scalar(self, statement: Executable, **values: Any) -> Any:
        return self._connection.execute(statement, values).scalar()

    def run(self, statement: Executable, **values: Any) -> int:
        """Executes an update or delete and returns how many rows it touched."""
        return self._connection.execute(statement, values).rowcount

    def run_many(self, statement: Executable, values: Sequence[dict[str, Any]]) -> None:
        if values:
            self._connection.execute(statement, values)

    @property
    def alone(self) -> bool:
        """No other process writes to these rows."""
        return self._lanes is None

    def take_lanes(self, lanes: Sequence[str]) -> set[str]:
        """Those of these chats that this process may write to now; left again by leave_lane()."""
        return set(lanes) if self._lanes is None or not lanes else self._lanes.take(self._connection, lanes)

    def leave_lane(self, lane: str) -> None:
        if self._lanes is not None:
            self._lanes.leave(lane)

    def stranded(self, sending: Mapping[Any, str]) -> list[Any]:
        """What is being sent, by its chat, though no process has been holding that chat for a while."""
        if self._lanes is None:
            return []
        unshown = self._lanes.unshown(self._connection, sending.values()) if sending else set()
        return self._lanes.stranded(each for each, lane in sending.items() if lane in unshown)

    def announce(self, topic: str) -> None:
        """After the commit, whoever listens to this topic is woken."""
        self.topics.add(topic)
