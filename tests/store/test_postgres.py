"""The same house on PostgreSQL: migrations, writing, the outbox, and a community's promise 1."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine, text

from bot.app.mirror import NAME
from bot.chat.errors import Misconfigured
from bot.store import condition, schema
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.seal import Keys
from bot.store.session import Session
from tests.store import community, mending, migrating, writing
from tests.store.outbox_machine import OutboxMachine
from tests.store.people import KEYS, NOW
from tests.store.writing import Desk
from tests.world import open_world


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = make_engine(url, writes=True)
    schema.prepare(opened, KEYS)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    opened = Desk(engine)
    yield opened
    opened.close()


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    assert migrating.differences(engine) == []
    migrating.down_and_up_again(engine)


def test_the_outbox_does_what_its_model_says(engine: Engine) -> None:
    run_state_machine_as_test(
        lambda: OutboxMachine(engine),  # type: ignore[arg-type]
        settings=settings(max_examples=10, stateful_step_count=20, deadline=None),
    )


def test_batches(desk: Desk) -> None:
    writing.a_batch_is_one_commit(desk)


def test_a_failing_job_leaves_its_neighbours(desk: Desk) -> None:
    writing.a_failing_job_leaves_its_neighbours(desk)


def test_a_lost_connection_fails_its_whole_batch_and_heals(desk: Desk) -> None:
    ended = text("SELECT pg_terminate_backend(pg_backend_pid())")
    writing.a_failing_commit_fails_its_whole_batch(desk, lambda session: session.run(ended))


async def test_many_writers_lose_nothing(database: Database) -> None:
    await writing.many_writers_lose_nothing(database)


async def test_readers_cannot_write(database: Database) -> None:
    await writing.readers_cannot_write(database)


async def test_a_reader_sees_one_moment(database: Database) -> None:
    await writing.a_reader_sees_one_moment(database)


def test_another_key_and_a_newer_database_are_refused(url: str, engine: Engine) -> None:
    for look in (Database, schema.examine):
        with pytest.raises(Misconfigured, match="put the right key file back"):
            look(url, Keys(b"x" * 32))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for look in (Database, schema.examine):
        with pytest.raises(Misconfigured, match="start that version"):
            look(url, KEYS)


async def test_a_community_lives_here_as_it_does_on_sqlite(url: str, tmp_path: Path) -> None:
    async with open_world(tmp_path, url=url) as world:
        lived = await community.live(world)
        rows = await world.house.database.read(community.dump)
        assert (len(rows["worry"]), len(rows["answer"]), len(rows["vote"])) == (3, 3, 6)
        assert community.traces(lived, community.flat(rows)) == []
        assert {row["state"] for row in rows["outbox"]} == {"delivered"}
        first, *others = lived.authors
        await community.close(lived, first)
        assert await community.own_worries(lived, "hanako") | await community.own_worries(lived, "mioko") == {*others}
        await world.later(days=9)
        assert any("事例検討会が近づきました" in message.title for message in lived.people["kenjiro"].letters)
    async with open_world(tmp_path, url=url) as again:
        assert len((await again.house.database.read(community.dump))["worry"]) == 3
        kept = again.files()
        assert kept == (tmp_path / NAME).read_bytes(), "what was erased, and nothing else"


def test_letters_that_were_given_up_are_mended_there_too(engine: Engine) -> None:
    with engine.connect() as connection:
        mending.the_day(Session(connection, KEYS))
        connection.rollback()


async def test_its_condition_is_seen_there_too(url: str) -> None:
    """By readers, who may lock nothing."""
    database = Database(url, KEYS)
    try:
        await database.write(lambda session: mending.put(session, "worry:1"))
        seen = await database.read(lambda session: condition.look(session, NOW + timedelta(minutes=6)))
    finally:
        database.close()
    assert (seen.letters, seen.stuck, seen.waiting_seconds, seen.ours) == ({"ready": 1}, {"telegram": 1}, 360.0, True)
