"""Houses for the store's tests: a migrated database, a transaction that is taken back, a key."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.store import schema
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.session import Session
from tests.store.people import KEYS


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
