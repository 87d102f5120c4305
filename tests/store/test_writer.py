"""Group commit: nothing is acknowledged before it is on the disk, and nobody's failure is another's."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import schema
from bot.store.conference_models import Slot
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.models import Meta
from bot.store.session import Session
from bot.store.trouble import is_the_databases
from tests.store import writing
from tests.store.people import KEYS, NOW
from tests.store.writing import Desk, Gate, has, names, note


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    engine = make_engine(url, writes=True)
    schema.prepare(engine, KEYS)
    opened = Desk(engine)
    yield opened
    opened.close()
    engine.dispose()


def an_orphan(session: Session) -> None:
    """Fails at the commit and not before."""
    session.run(text("PRAGMA defer_foreign_keys=ON"))
    session.insert(Slot, conference="nowhere", number=1, starts_at=NOW)


def pages(session: Session, most: int | None = None) -> int:
    return int(session.scalar(text(f"PRAGMA max_page_count={most}" if most else "PRAGMA page_count")))


def test_a_batch_is_one_commit(desk: Desk) -> None:
    writing.a_batch_is_one_commit(desk)


def test_a_failing_job_leaves_its_neighbours(desk: Desk) -> None:
    writing.a_failing_job_leaves_its_neighbours(desk)


def test_a_failing_commit_fails_its_whole_batch(desk: Desk) -> None:
    writing.a_failing_commit_fails_its_whole_batch(desk, an_orphan)


def test_a_full_disk_acknowledges_nothing_that_it_did_not_keep_and_heals(desk: Desk) -> None:
    desk.look(lambda session: pages(session, pages(session)))
    works = {f"n{number}": note(f"n{number}", "x" * (200_000 if number % 3 == 1 else 10)) for number in range(9)}
    futures = dict(zip(works, desk.batch(*works.values()), strict=True))
    failed = {name for name, future in futures.items() if future.exception()}
    assert {"n1", "n4", "n7"} <= failed
    errors = [error for future in futures.values() if (error := future.exception())]
    assert all(is_the_databases(error) for error in errors), "no neighbour is to blame"
    assert desk.look(names) == works.keys() - failed
    with pytest.raises(DBAPIError, match="full"):
        desk.look(works["n1"])

    desk.look(lambda session: pages(session, 1_000_000))
    for name in failed:
        desk.look(works[name])
    assert desk.look(names) == works.keys()


def test_jobs_run_in_the_order_they_came(desk: Desk) -> None:
    order: list[int] = []
    desk.batch(*(lambda _, number=number: order.append(number) for number in range(100)))
    assert order == list(range(100))


def test_closing_finishes_what_is_queued_and_then_refuses(desk: Desk) -> None:
    gate = Gate()
    desk.submit(gate)
    futures = [desk.submit(note(f"n{number}")) for number in range(150)]
    desk.queued()
    closing = threading.Thread(target=desk.writer.close)
    closing.start()
    gate.let_go()
    closing.join(10)
    assert not closing.is_alive()
    assert all(future.exception(10) is None for future in futures)
    with desk.engine.connect() as connection:
        assert names(Session(connection, KEYS)) == {f"n{number}" for number in range(150)}
    with pytest.raises(RuntimeError, match="ended"):
        desk.submit(note("late")).result(10)


async def test_who_gives_up_waiting_stops_nobody(database: Database) -> None:
    gate = Gate()
    held = asyncio.create_task(database.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    tasks = [asyncio.create_task(database.write(note(f"n{number}"))) for number in range(10)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    held.cancel()
    await asyncio.gather(*tasks[::2], held, return_exceptions=True)
    gate.let_go()
    async with asyncio.timeout(10):
        await asyncio.gather(*tasks[1::2])
        await database.write(note("afterwards"))
    assert await database.read(names) == {"afterwards", *(f"n{number}" for number in range(1, 10, 2))}


async def test_many_writers_lose_nothing(database: Database) -> None:
    await writing.many_writers_lose_nothing(database)


async def test_a_second_process_waits_its_turn_and_loses_nothing(database: Database, url: str) -> None:
    """`yorisoi invite` beside `yorisoi serve`."""
    other = Database(url, KEYS)
    await database.write(note("counter", "0"))
    both = [each.write(writing.add_one) for _ in range(40) for each in (database, other)]
    assert sorted(await asyncio.gather(*both)) == list(range(1, 81))
    other.close()


async def test_readers_cannot_write(database: Database) -> None:
    await writing.readers_cannot_write(database)


async def test_a_reader_sees_one_moment(database: Database) -> None:
    await writing.a_reader_sees_one_moment(database)


async def test_who_listens_is_woken_after_the_commit_and_sees_it(database: Database) -> None:
    woken, other = asyncio.Event(), asyncio.Event()
    database.listen("topic", woken.set)
    database.listen("other", other.set)

    def announces(session: Session) -> None:
        session.insert(Meta, name="news", value="")
        session.announce("topic")

    await database.write(announces)
    async with asyncio.timeout(10):
        await woken.wait()
    assert await database.read(has("news"))
    assert not other.is_set()


async def test_what_was_acknowledged_is_there_after_opening_again(url: str) -> None:
    first = Database(url, KEYS)
    await asyncio.gather(*(first.write(note(f"n{number}")) for number in range(30)))
    first.close()
    again = Database(url, KEYS)
    assert await again.read(names) == {f"n{number}" for number in range(30)}
    again.close()
