"""Scenes of writing that hold on every database: SQLite and PostgreSQL play the same ones."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from bot.store.database import Database
from bot.store.models import Meta
from bot.store.session import Session
from bot.store.writer import Writer
from tests.store.people import KEYS

Work = Callable[[Session], Any]


def note(name: str, value: str = "") -> Work:
    return lambda session: session.insert(Meta, name=name, value=value)


def has(name: str) -> Callable[[Session], bool]:
    return lambda session: session.first(select(Meta.name).where(col(Meta.name) == name)) is not None


def names(session: Session) -> set[str]:
    return {row[0] for row in session.rows(select(Meta.name))} - {"key"}


def add_one(session: Session) -> int:
    """Reads, thinks, writes: the classic lost update."""
    before = int(session.scalar(select(Meta.value).where(col(Meta.name) == "counter")))
    session.run(update(Meta).where(col(Meta.name) == "counter").values(value=str(before + 1)))
    return before + 1


def counter(session: Session) -> int:
    return int(session.scalar(select(Meta.value).where(col(Meta.name) == "counter")))


class Gate:
    """A piece of work that stays in the writer's hands until it is let go, so that the next ones form one batch."""

    def __init__(self) -> None:
        self.entered, self._open = threading.Event(), threading.Event()

    def __call__(self, _session: Session) -> None:
        self.entered.set()
        assert self._open.wait(10)

    def let_go(self) -> None:
        self._open.set()


class Desk:
    """A writer, the topics it announced, and how often it committed."""

    def __init__(self, engine: Engine) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.engine = engine
        self.announced: list[set[str]] = []
        self.commits = 0
        event.listen(engine, "commit", self._count)
        self.writer = Writer(engine, KEYS, self.announced.append)

    def _count(self, _connection: object) -> None:
        self.commits += 1

    def submit(self, work: Work) -> Future[Any]:
        async def ask() -> Any:
            return await self.writer.submit(work)

        return asyncio.run_coroutine_threadsafe(ask(), self._loop)

    def queued(self) -> None:
        """Returns when everything submitted so far stands in the writer's queue."""
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self._loop).result(10)

    def close(self) -> None:
        self.writer.close()
        self.queued()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def batch(self, *works: Work) -> list[Future[Any]]:
        """These works in one batch."""
        gate = Gate()
        first = self.submit(gate)
        assert gate.entered.wait(10)
        futures = [self.submit(work) for work in works]
        self.queued()
        gate.let_go()
        first.result(10)
        for future in futures:
            future.exception(10)
        return futures

    def look(self, work: Callable[[Session], Any]) -> Any:
        return self.submit(work).result(10)


def a_batch_is_one_commit(desk: Desk) -> None:
    before = desk.commits
    futures = desk.batch(*(note(f"n{number}") for number in range(20)))
    assert desk.commits == before + 2, "one for the gate, one for all twenty"
    assert all(future.exception() is None for future in futures)
    assert desk.look(names) == {f"n{number}" for number in range(20)}


def a_failing_job_leaves_its_neighbours(desk: Desk) -> None:
    def fails_halfway(session: Session) -> None:
        session.insert(Meta, name="half", value="")
        session.announce("half")
        raise LookupError("on purpose")

    def announces(session: Session) -> str:
        session.insert(Meta, name="after", value="")
        session.announce("whole")
        return "result"

    desk.announced.clear()
    first, failed, twice, last = desk.batch(note("before"), fails_halfway, note("before"), announces)
    assert first.exception() is None
    assert isinstance(failed.exception(), LookupError)
    assert isinstance(twice.exception(), DBAPIError), "the same row again"
    assert last.result() == "result"
    assert desk.look(names) == {"before", "after"}
    assert desk.announced == [{"whole"}], "nothing is announced that did not happen"


def a_failing_commit_fails_its_whole_batch(desk: Desk, breaking: Work) -> None:
    """breaking: work that makes its commit impossible."""

    def announces(session: Session) -> None:
        session.insert(Meta, name="second", value="")
        session.announce("second")

    desk.announced.clear()
    futures = desk.batch(note("first"), announces, breaking, note("third"))
    assert all(future.exception() is not None for future in futures), "what is not on the disk is not acknowledged"
    assert desk.announced == []
    assert desk.look(names) == set()
    desk.look(note("healed"))
    assert desk.look(names) == {"healed"}


async def many_writers_lose_nothing(database: Database) -> None:
    await database.write(note("counter", "0"))

    async def writer() -> list[int]:
        return [await database.write(add_one) for _ in range(5)]

    seen = [number for numbers in await asyncio.gather(*(writer() for _ in range(64))) for number in numbers]
    assert sorted(seen) == list(range(1, 321))
    assert await database.read(counter) == 320


async def readers_cannot_write(database: Database) -> None:
    await database.write(note("counter", "7"))
    for work in (note("forbidden"), add_one):
        with pytest.raises(DBAPIError):
            await database.read(work)
    assert await database.read(names) == {"counter"}
    assert await database.read(counter) == 7


async def a_reader_sees_one_moment(database: Database) -> None:
    """What is committed while someone reads does not change what they read."""
    await database.write(note("counter", "0"))
    first_look, written = threading.Event(), threading.Event()

    def twice(session: Session) -> tuple[int, int]:
        before = counter(session)
        first_look.set()
        assert written.wait(10)
        return before, counter(session)

    reading = asyncio.create_task(database.read(twice))
    await asyncio.to_thread(first_look.wait, 10)
    await database.write(add_one)
    written.set()
    assert await reading == (0, 0)
    assert await database.read(counter) == 1
