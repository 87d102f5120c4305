"""A PostgreSQL that goes away in the middle of things: what was asked fails, and nothing stands still afterwards."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from bot.store import outbox
from bot.store.database import Database
from bot.store.engines import connection_address, make_engine
from bot.store.outbox import Outgoing
from bot.store.session import Session
from bot.store.trouble import is_the_databases
from tests.store.people import KEYS, NOW
from tests.store.test_replicas import letter
from tests.store.writing import has, note


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def another(url: str, database: Database) -> Iterator[Database]:  # noqa: ARG001 - the first one migrates
    opened = Database(url, KEYS)
    yield opened
    opened.close()


CUT_OFF = text("SELECT pg_terminate_backend(pg_backend_pid())")


@contextmanager
def closed_to_all(url: str) -> Iterator[None]:
    """As a server that shuts down, or is not up again yet: every session ends, and none begins."""
    name = make_url(url).database
    elsewhere = make_url(connection_address(url)).set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(elsewhere, autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        server.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


async def test_while_the_server_takes_nobody_writes_fail_and_afterwards_they_go_on(
    database: Database, url: str
) -> None:
    with closed_to_all(url):
        for name in ("one", "two"):
            with pytest.raises(Exception) as failed:
                async with asyncio.timeout(10):
                    await database.write(note(name))
            assert is_the_databases(failed.value)
    async with asyncio.timeout(10):
        await database.write(note("three"))
    assert [await database.read(has(name)) for name in ("one", "two", "three")] == [False, False, True]


async def test_what_a_lost_commit_left_unsure_is_shown_to_the_others_once_it_is_claimed_again(
    database: Database, another: Database
) -> None:
    unsure: list[Outgoing] = []
    await database.write(lambda session: outbox.put(session, letter("one")))

    def claim_and_be_cut_off(session: Session) -> None:
        unsure.extend(outbox.claim(session, NOW))
        session.run(CUT_OFF)

    with pytest.raises(DBAPIError):
        await database.write(claim_and_be_cut_off)

    def claim_again(session: Session) -> list[Outgoing]:
        """As delivery does."""
        for each in unsure:
            outbox.try_later(session, each, NOW)
        return outbox.claim(session, NOW)

    (mine,) = await database.write(claim_again)
    assert await another.write(lambda session: session.take_lanes([mine.lane])) == set()


async def test_the_next_of_a_chat_stays_held_when_the_first_was_settled_in_a_lost_commit(
    database: Database, another: Database
) -> None:
    await database.write(lambda session: [outbox.put(session, letter(name)) for name in ("one", "two")])
    (mine,) = await database.write(lambda session: outbox.claim(session, NOW))
    unsure: list[Outgoing] = []

    def go_on(session: Session, *, is_cut_off: bool = False) -> None:
        """As delivery does."""
        for each in unsure:
            outbox.try_later(session, each, NOW)
        outbox.delivered(session, mine, "ref")
        following = outbox.claim_next(session, mine.lane, NOW)
        unsure[:] = [following] if following else []
        if is_cut_off:
            session.run(CUT_OFF)

    with pytest.raises(DBAPIError):
        await database.write(lambda session: go_on(session, is_cut_off=True))
    await database.write(go_on)
    assert await another.write(lambda session: session.take_lanes([mine.lane])) == set()
    await database.write(lambda session: outbox.delivered(session, unsure[0], "ref"))
    assert await another.write(lambda session: session.take_lanes([mine.lane])) == {mine.lane}, "and is left at last"


async def test_what_ends_the_work_of_who_leads_is_told_and_not_taken_for_a_lost_session(database: Database) -> None:
    begun = 0

    async def unreachable() -> None:
        nonlocal begun
        begun += 1
        raise ConnectionError

    async with asyncio.timeout(10):
        with pytest.raises(ConnectionError):
            await database.lead("hearing slack", unreachable)
    assert begun == 1
    assert database.waits_for("hearing slack"), "another may lead now"


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system does not know it")
def test_a_server_that_vanished_without_a_word_is_found_out_within_half_a_minute(url: str) -> None:
    for writes in (True, False):
        engine = make_engine(url, writes=writes)
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            with socket.socket(fileno=os.dup(driver.fileno())) as line:
                assert 0 < line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 20_000
                assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 10
        engine.dispose()
