"""What is stored, read beside the house: enough to prove that nothing was."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.store.models import Table
from bot.store.session import Session
from tests.world import World

_ALWAYS_NOTED = ("inbox", "dweller")
"""A token of each delivery is kept for a week; and whoever does anything in a place lives there."""

Counts = dict[str, int]
Rows = dict[str, list[tuple[object, ...]]]


async def counts(world: World) -> Counts:
    """Rows of every table but those of what came in."""

    def count(session: Session) -> Counts:
        tables = [table for table in Table.metadata.sorted_tables if table.name not in _ALWAYS_NOTED]
        return {table.name: int(session.scalar(select(func.count()).select_from(table)) or 0) for table in tables}

    return await world.house.database.read(count)


async def rows(world: World, *left_out: str) -> Rows:
    """Every row, whole, of every table but those of what came in and those left out."""

    def read(session: Session) -> Rows:
        tables = [table for table in Table.metadata.sorted_tables if table.name not in (*_ALWAYS_NOTED, *left_out)]
        return {table.name: sorted((tuple(row) for row in session.rows(select(table))), key=repr) for table in tables}

    return await world.house.database.read(read)


async def inbox(world: World) -> list[tuple[str, bool]]:
    """The state of every event received, and whether what it said is still kept."""

    def read(session: Session) -> list[tuple[str, bool]]:
        table = Table.metadata.tables["inbox"]
        found = session.rows(select(table.c.state, table.c.event))
        return sorted((row.state, row.event is not None) for row in found)

    return await world.house.database.read(read)


async def letters(world: World) -> dict[str, int]:
    """How many letters stand in each state."""

    def read(session: Session) -> dict[str, int]:
        state = Table.metadata.tables["outbox"].c.state
        return {row[0]: row[1] for row in session.rows(select(state, func.count()).group_by(state))}

    return await world.house.database.read(read)


@contextmanager
def no_failure() -> Iterator[None]:
    """No turn failed meanwhile: nothing reached a traceback."""
    with capture_logs() as entries:
        yield
    failed = [entry for entry in entries if entry["log_level"] in ("error", "critical")]
    assert not failed, failed
