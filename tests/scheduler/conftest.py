"""A post office to test on: real rows, a clock we hold, and one platform that does as it is told."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.scheduler.delivery import Delivery
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Letter
from bot.store.seal import Keys
from bot.views.text import Text
from tests.world import TOKYO, HeldClock

QUICK = 0.01
"""Seconds between two looks of an impatient post office."""


@dataclass
class Platform:
    """Records what it was asked to send; breaks, holds or forgets on request."""

    name: str = "slack"
    can_look: bool = True
    hearing: bool = True
    hears_alone: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)
    """(channel, words) in the order of arrival."""
    asked: list[str] = field(default_factory=list)
    """Words of every attempt, whether or not it arrived."""
    notes: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    errors: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    """By words: raised before the letter arrives, one each."""
    losing: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    """By words: raised after the letter has arrived."""
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    """By channel: closed until set."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at every attempt and every arrival."""
    keys: dict[str, str] = field(default_factory=dict)

    async def run(self, dispatch: object) -> None:
        """Nobody speaks here."""

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        self.asked.append(message.body)
        self.news.set()
        if gate := self.gates.get(address.channel):
            await gate.wait()
        if self.errors[message.body]:
            raise self.errors[message.body].pop(0)
        reference = f"ref-{message.body}"
        self.keys[key] = reference
        self.sent.append((address.channel, message.body))
        self.notes.append(message.note)
        self.threads.append(address.thread)
        self.replaced.append(replacing)
        self.news.set()
        if self.losing[message.body]:
            raise self.losing[message.body].pop(0)
        return reference

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        return self.keys.get(key)

    @property
    def words(self) -> list[str]:
        return [words for _, words in self.sent]

    async def until(self, so: Callable[[], bool]) -> None:
        while not so():
            self.news.clear()
            await self.news.wait()


@dataclass
class PostOffice:
    database: Database
    platform: Platform
    clock: HeldClock
    delivery: Delivery

    async def put(self, words: str, channel: str = "ken", **options: object) -> None:
        """not_before may be given as seconds from now."""
        ahead = timedelta(seconds=float(str(options.pop("ahead", 0))))
        address = Address("slack", "team", channel)
        letter = Letter(words, address, Message(body=words), self.clock() + ahead, **options)  # type: ignore[arg-type]
        assert await self.database.write(lambda session: outbox.put(session, letter))

    async def after(self, seconds: float) -> list[str]:
        """What has arrived once so much more time has passed."""
        self.clock.advance(timedelta(seconds=seconds))
        await self.delivery.settled()
        return self.platform.words

    async def states(self) -> dict[str, int]:
        return await self.database.read(outbox.open_count)

    async def until_states(self, **states: int) -> None:
        news = asyncio.Event()
        self.database.listen(outbox.TOPIC, news.set)
        self.database.listen(outbox.SETTLED, news.set)
        while await self.states() != states:
            await news.wait()
            news.clear()

    def another(self) -> Delivery:
        """As the next process would have it."""
        text = Text("ja", TOKYO)
        return Delivery(self.database, {self.platform.name: self.platform}, text, self.clock, poll_seconds=QUICK)

    async def disk_is_full(self) -> None:
        """From now on no row of the outbox can change."""
        full = "CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END"
        await self.database.write(lambda session: session.run(text(full)))

    async def disk_has_space(self) -> None:
        await self.database.write(lambda session: session.run(text("DROP TRIGGER full")))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[PostOffice]:
    database = Database(f"sqlite:///{tmp_path / 'yorisoi.db'}", Keys(b"k" * 32))
    platform, clock = Platform(), HeldClock()
    delivery = Delivery(database, {platform.name: platform}, Text("ja", TOKYO), clock, poll_seconds=QUICK)
    yield PostOffice(database, platform, clock, delivery)
    database.close()
