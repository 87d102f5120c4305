"""Several processes on one PostgreSQL: each letter has one sender, each led thing one leader."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlalchemy import text, update
from sqlmodel import col

from bot.chat.adapter import Dispatch
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.scheduler.delivery import Delivery
from bot.store import inbox, lanes, outbox, schema, stranded
from bot.store.database import Database
from bot.store.engines import connection_address, make_engine
from bot.store.models import Meta
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from bot.views.text import Text
from tests.store.people import HANA, KEN, KEYS, NOW
from tests.store.test_inbox import event


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def two(url: str) -> Iterator[tuple[Database, Database]]:
    first, second = Database(url, KEYS), Database(url, KEYS)
    yield first, second
    for each in (first, second):
        each.close()


class Post:
    """What arrives, in which order; slow enough that two senders would meet."""

    name, can_look, hears_alone, hearing = "slack", True, False, True

    def __init__(self, wanted: int) -> None:
        self.arrived: list[tuple[str, str]] = []
        self.wanted, self.complete = wanted, asyncio.Event()

    async def run(self, dispatch: Dispatch) -> None:
        """Nobody says anything."""

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        await asyncio.sleep(0.002)
        self.arrived.append((address.channel, message.body))
        if len(self.arrived) == self.wanted:
            self.complete.set()
        return f"{replacing}{key}"

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        raise AssertionError("nothing here is in doubt")


def letter(key: str, address: Address = HANA) -> Letter:
    return Letter(key, address, Message(body=key), NOW)


@asynccontextmanager
async def carrying(post: Post, *databases: Database) -> AsyncIterator[None]:
    words = Text("ja", ZoneInfo("Asia/Tokyo"))
    carriers = [Delivery(each, {"slack": post}, words, lambda: NOW, poll_seconds=0.2) for each in databases]
    tasks = [asyncio.create_task(each.run()) for each in carriers]
    tasks += [asyncio.create_task(each.hear_others()) for each in databases]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def end_writer_of(url: str, database: Database) -> None:
    """As a server that restarts, or a network that breaks, ends a session."""
    with database._writing.connect() as connection:
        ours = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    with psycopg.connect(connection_address(url), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (ours,))


async def test_two_carry_and_each_letter_goes_once_and_in_order(two: tuple[Database, Database]) -> None:
    first, second = two
    post = Post(wanted=200)

    def put(session: Session) -> None:
        for number in range(200):
            outbox.put(session, letter(f"{number:03}", Address("slack", "T", f"D{number % 10}", "")))

    async with carrying(post, first, second):
        await first.write(put)
        async with asyncio.timeout(20):
            await post.complete.wait()
    assert len(set(post.arrived)) == len(post.arrived) == 200
    for lane in {channel for channel, _ in post.arrived}:
        bodies = [body for channel, body in post.arrived if channel == lane]
        assert bodies == sorted(bodies)


async def test_a_chat_that_one_writes_to_is_closed_to_the_other_until_it_is_settled(
    two: tuple[Database, Database],
) -> None:
    first, second = two
    await first.write(lambda session: [outbox.put(session, letter(name)) for name in ("one", "two")])
    (mine,) = await first.write(lambda session: outbox.claim(session, NOW))
    assert await second.write(lambda session: outbox.claim(session, NOW)) == []
    assert await second.write(lambda session: session.take_lanes([mine.lane])) == set()
    await first.write(lambda session: outbox.delivered(session, mine, "ref"))
    (theirs,) = await second.write(lambda session: outbox.claim(session, NOW))
    assert theirs.letter.key == "two"


async def test_a_claim_that_was_rolled_back_holds_no_chat(two: tuple[Database, Database]) -> None:
    first, second = two
    await first.write(lambda session: outbox.put(session, letter("one")))

    def claim_and_fail(session: Session) -> None:
        assert outbox.claim(session, NOW)
        raise ValueError

    with pytest.raises(ValueError):
        await first.write(claim_and_fail)
    assert len(await second.write(lambda session: outbox.claim(session, NOW))) == 1


async def lost(database: Database) -> int:
    """As delivery looks: again and again."""
    for _ in range(100):
        if found := await database.write(stranded.recover):
            return found
        await asyncio.sleep(0.05)
    return 0


async def claimed(database: Database, key: str = "one") -> Outgoing:
    await database.write(lambda session: outbox.put(session, letter(key)))
    (outgoing,) = await database.write(lambda session: outbox.claim(session, NOW))
    return outgoing


async def test_a_lost_senders_letter_passes_to_the_others(
    url: str, two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "STRANDED_SECONDS", 0.3)
    _, second = two
    third = Database(url, KEYS)
    mine = await claimed(third)
    assert await second.write(stranded.recover) == 0
    third.close()
    assert await second.write(stranded.recover) == 0, "seen once is not yet lost"
    assert await lost(second) == 1
    (again,) = await second.write(lambda session: outbox.claim(session, NOW))
    assert (again.letter.key, again.doubtful, again.seq) == ("one", True, mine.seq)


async def test_who_lost_only_the_connection_keeps_what_it_was_sending(
    url: str, two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "STRANDED_SECONDS", 0.5)
    first, second = two
    mine = await claimed(first)
    end_writer_of(url, first)
    assert await second.write(stranded.recover) == 0
    await first.write(lambda session: inbox.receive(session, event(), NOW))  # whatever it writes next
    for _ in range(8):
        await asyncio.sleep(0.1)
        assert await second.write(stranded.recover) == 0
    assert await first.write(lambda session: stranded.still_ours(session, mine))
    await first.write(lambda session: outbox.delivered(session, mine, "ref"))
    assert (await second.read(outbox.open_count)) == {"delivered": 1}


async def test_who_stood_still_for_too_long_finds_its_letter_taken(
    url: str, two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "STRANDED_SECONDS", 0.1)
    first, second = two
    mine = await claimed(first)
    end_writer_of(url, first)  # as the server does with a session that is idle for 90 seconds
    assert await lost(second) == 1
    (theirs,) = await second.write(lambda session: outbox.claim(session, NOW))
    assert not await first.write(lambda session: stranded.still_ours(session, mine))
    await first.write(lambda session: outbox.give_up(session, mine, "dead"))
    await second.write(lambda session: outbox.delivered(session, theirs, "ref"))
    assert (await second.read(outbox.open_count)) == {"delivered": 1}, "what became of it is theirs to say"


async def test_one_leads_and_the_other_follows_when_it_is_gone(url: str, two: tuple[Database, Database]) -> None:
    first, second = two
    began: asyncio.Queue[str] = asyncio.Queue()
    ended: asyncio.Queue[str] = asyncio.Queue()

    def work(name: str) -> Callable[[], Awaitable[None]]:
        async def forever() -> None:
            began.put_nowait(name)
            try:
                await asyncio.Event().wait()
            finally:
                ended.put_nowait(name)

        return forever

    async with asyncio.timeout(20):
        leading = [asyncio.create_task(first.lead("clock", work("first")))]
        assert await began.get() == "first"
        leading.append(asyncio.create_task(second.lead("clock", work("second"))))
        other = asyncio.create_task(second.lead("another thing", work("another")))
        assert await began.get() == "another", "one thing does not wait for the other"
        assert second.waits_for("clock") and not first.waits_for("clock")
        with psycopg.connect(connection_address(url), autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(l.pid, 5000) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE l.locktype = 'advisory' AND a.application_name = 'yorisoi clock'"
            )
        assert await ended.get() == "first"
        assert await began.get() in ("first", "second"), "somebody does it again"
        for task in (*leading, other):
            task.cancel()
        await asyncio.gather(*leading, other, return_exceptions=True)


async def test_what_one_commits_wakes_the_other(two: tuple[Database, Database]) -> None:
    first, second = two
    woken = asyncio.Event()
    second.listen(outbox.TOPIC, woken.set)
    hearing = asyncio.create_task(second.hear_others())
    async with asyncio.timeout(10):
        while not woken.is_set():  # until it listens
            await first.write(lambda session: session.announce(outbox.TOPIC))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), 0.1)
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)


async def test_two_who_wait_for_each_other_both_come_through(two: tuple[Database, Database]) -> None:
    first, second = two

    def begin(session: Session) -> None:
        for name in ("a", "b"):
            session.insert(Meta, name=name, value="0")

    def add(*names: str) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            for name in names:
                session.run(update(Meta).where(col(Meta.name) == name).values(value=Meta.value + "1"))

        return work

    await first.write(begin)

    for _ in range(3):
        await asyncio.gather(
            *(first.write(add("a", "b")) for _ in range(8)), *(second.write(add("b", "a")) for _ in range(8))
        )

    def values(session: Session) -> set[str]:
        return {str(row[0]) for row in session.rows(text("SELECT value FROM meta WHERE name IN ('a', 'b')"))}

    assert await first.read(values) == {"0" + "1" * 48}


async def test_an_event_that_another_may_still_be_handling_is_left_to_it(two: tuple[Database, Database]) -> None:
    first, second = two
    await first.write(lambda session: inbox.receive(session, event(person=KEN), NOW))
    assert await second.read(lambda session: inbox.waiting(session, NOW + timedelta(seconds=5))) == []
    later = NOW + inbox.HANDLED_WITHIN
    assert len(await second.read(lambda session: inbox.waiting(session, later))) == 1


def test_of_two_first_starts_one_migrates_and_both_go_on(url: str) -> None:
    errors: list[Exception] = []

    def start() -> None:
        engine = make_engine(url, writes=True)
        try:
            schema.prepare(engine, KEYS)
        except Exception as error:
            errors.append(error)
        finally:
            engine.dispose()

    starts = [Thread(target=start) for _ in range(3)]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert errors == []
    assert schema.examine(url, KEYS) == schema.NEWEST
