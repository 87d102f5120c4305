"""Houses for the store's tests: a migrated database, a transaction that is taken back, a key."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store import schema
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.session import Session
from tests.store.people import KEYS
from tests.store.postgres import empty_database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'yorisoi.db'}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = Database(url, KEYS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Migrated and empty; whoever writes takes it back."""
    opened = make_engine(f"sqlite:///{tmp_path_factory.mktemp('rows') / 'yorisoi.db'}", writes=True)
    schema.prepare(opened, KEYS)
    yield opened
    opened.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with engine.connect() as connection:
        yield Session(connection, KEYS)
        connection.rollback()


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Migrated and empty, once on each database."""
    with ExitStack() as stack:
        if request.param == "postgresql":
            url = stack.enter_context(empty_database(request.getfixturevalue("postgres_server")))
        else:
            url = f"sqlite:///{tmp_path_factory.mktemp('either') / 'yorisoi.db'}"
        opened = make_engine(url, writes=True)
        stack.callback(opened.dispose)
        schema.prepare(opened, KEYS)
        yield opened


@pytest.fixture
def either(either_engine: Engine) -> Iterator[Session]:
    """A transaction that is taken back, on SQLite and on PostgreSQL."""
    with either_engine.connect() as connection:
        yield Session(connection, KEYS)
        connection.rollback()
