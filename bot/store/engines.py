"""Engines with every pragma and timeout set, for SQLite and PostgreSQL."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bot.chat.errors import Misconfigured
from bot.store.lanes import LaneLocks

_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose acknowledged commits when the power fails
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
)
_KEEPALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""So that the server finds out within half a minute that a whole machine is gone."""

_TIMEOUTS = f"-c statement_timeout=30s {_KEEPALIVE}"
_WRITER_SESSION = (
    f"{_TIMEOUTS} -c lock_timeout=3s -c idle_in_transaction_session_timeout=10s -c idle_session_timeout=90s"
)
"""The writer never waits inside a transaction, and looks every few seconds: one that is frozen in a transaction holds
up the others no longer than 10 s, and what it was sending passes to them after 90 s."""

_READER_SESSION = f"{_TIMEOUTS} -c idle_in_transaction_session_timeout=30s -c default_transaction_read_only=on"
ELECTION_SESSION = f"{_KEEPALIVE} -c idle_session_timeout=20s"
"""Who leads looks every two seconds; one that is frozen is relieved after 20."""

LISTENING_SESSION = _KEEPALIVE
IN_REACH: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""So that we find it out, too: a server that vanished without a word would else hold a call for a quarter of an hour,
and who leads would go on beside its successor."""

_KINDS = "sqlite:///PATH or postgresql+psycopg://…"


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Misconfigured("YORISOI_DATABASE_URL", "this is not a database address.", _KINDS) from None
    is_file = parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:" and not parsed.query
    if not is_file and parsed.get_backend_name() != "postgresql":
        raise Misconfigured("YORISOI_DATABASE_URL", "only plain SQLite files and PostgreSQL are supported.", _KINDS)
    return parsed


def sqlite_file(url: str) -> Path | None:
    """Where SQLite keeps this database; None for a server."""
    parsed = _parsed(url)
    return Path(str(parsed.database)) if parsed.drivername == "sqlite" else None


def without_password(url: str) -> str:
    """A server's address as its own programs take it, to be shown to an operator."""
    parsed = _parsed(url)
    shown = {name: value for name, value in parsed.query.items() if "password" not in name}
    return parsed._replace(drivername="postgresql", password=None).set(query=shown).render_as_string()


def connection_address(url: str) -> str:
    """As PostgreSQL's own driver takes it, with the password."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def make_engine(url: str, *, writes: bool) -> Engine:
    """An engine for the one writer, or for readers, who cannot write."""
    parsed = _parsed(url)
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": 1 if writes else 4, "max_overflow": 0}
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",  # readers: one consistent snapshot
            connect_args={
                "options": _WRITER_SESSION if writes else _READER_SESSION,
                "application_name": "yorisoi",
                **IN_REACH,
            },
            **options,
        )
    engine = create_engine(parsed, connect_args={"check_same_thread": False}, **options)
    _prepare_sqlite(engine, writes=writes)
    return engine


def lanes_of(engine: Engine) -> LaneLocks:
    """The locks of a writer; whenever its connection is made anew, it takes those it holds again."""
    lanes = LaneLocks()

    @event.listens_for(engine, "connect")
    def take_again(connection: psycopg.Connection, _record: object) -> None:
        lanes.take_again(connection)
        connection.commit()

    return lanes


def _prepare_sqlite(engine: Engine, *, writes: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin too late and lose updates
        for pragma in (*_SQLITE_PRAGMAS, *(() if writes else ("query_only=ON",))):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
