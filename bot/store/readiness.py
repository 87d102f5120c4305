"""Whether two databases are ready for a move: one of ours, the other empty, and nobody else at either."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.chat.errors import Misconfigured
from bot.store import marks
from bot.store.comparing import TABLES, some
from bot.store.engines import make_engine
from bot.store.models import Meta

_PATIENCE_SECONDS = 5.0
"""Until a server has noticed that a killed program's connection is gone."""

_LOOK_AGAIN_SECONDS = 0.1


@contextmanager
def engine(url: str, option: str) -> Iterator[Engine]:
    with told_as(option):
        opened = make_engine(url, writes=True)
    try:
        yield opened
    finally:
        opened.dispose()


@contextmanager
def told_as(option: str) -> Iterator[None]:
    """What is wrong with a database, told of the option that named it."""
    try:
        yield
    except Misconfigured as error:
        setting = error.setting if error.setting.startswith("--") else option
        raise Misconfigured(setting, error.problem, error.fix) from None
    except (OperationalError, InterfaceError) as error:
        raise Misconfigured(
            option,
            f"the database cannot be used ({type(error.orig).__name__}).",
            "check the address, that the database exists, its server runs and its disk is not full; then run the same"
            " command again: it goes on where it was.",
        ) from None
    except DBAPIError as error:
        raise Misconfigured(
            option,
            f"the database does not take what is carried ({type(error.orig).__name__}).",
            "yorisoi migrate --undo, then move into a database that was just made.",
        ) from None


def check_target(here: Engine, there: Engine) -> None:
    """Before anything is made in it."""
    with here.connect() as ours, there.connect() as theirs:
        present = inspect(theirs).get_table_names()
        if present and "alembic_version" not in present:
            raise Misconfigured(
                "--to", "tables of another program are in this database.", "make an empty one for Yorisoi, and name it."
            )
        marks.agree(ours, marks.into(theirs) if Meta.__tablename__ in present else "", empty=is_empty(theirs))


def is_empty(connection: Connection) -> bool:
    present = set(inspect(connection).get_table_names())
    return not any(some(connection, table) for table in TABLES if table.name in present)


def be_alone(connection: Connection) -> None:
    """A server is asked who else is there; beside a file, its lock tells (app/keys.py)."""
    if connection.dialect.name != "postgresql":
        return
    until = time.monotonic() + _PATIENCE_SECONDS
    while others := _others(connection):
        if time.monotonic() > until:
            raise Misconfigured(
                "YORISOI_DATABASE_URL",
                f"others are connected to this database ({others}).",
                "end every yorisoi serve, and whatever else is open there, first.",
            )
        time.sleep(_LOOK_AGAIN_SECONDS)


def _others(connection: Connection) -> int:
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    who = "datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
    return int(connection.execute(text(f"SELECT count(*) FROM pg_stat_activity WHERE {who}")).scalar_one())


def shut(connection: Connection) -> None:
    """Until this transaction ends nobody else writes; on SQLite that is so from its beginning."""
    if connection.dialect.name == "postgresql":
        never_time_out(connection)
        names = ", ".join(f'"{table.name}"' for table in TABLES)
        connection.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))


def never_time_out(connection: Connection) -> None:
    """A table that is read whole takes its time, and the other side waits meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
