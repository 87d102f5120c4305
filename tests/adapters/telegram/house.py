"""The real house with the real Telegram adapter, in front of a Telegram of our own on the loopback."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.adapters.slack import Slack
from bot.adapters.telegram import Telegram
from bot.app.house import House
from bot.app.platforms import open_platforms
from bot.chat.events import Address
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members, outbox, places
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from tests.adapters.slack.house import free_port
from tests.slack.server import FakeSlack
from tests.telegram.groups import TelegramGroup
from tests.telegram.people import TelegramPerson
from tests.telegram.server import FakeTelegram
from tests.world import FakePlatform, Person, World

HANDBOOK = Handbook(embedder=lambda: HashEmbedder())


@dataclass
class TelegramHouse:
    """world: its people beside Telegram live on a platform with dialogs, unless a Slack of our own is there."""

    telegram: FakeTelegram
    house: House
    adapter: Telegram
    world: World
    running: asyncio.Task[None]
    slack: Slack | None = None

    async def settled(self) -> None:
        """Every update taken, every answer shown, every letter carried."""
        await self.telegram.drained(20)
        for _ in range(2):
            await self.adapter.settled()
            if self.slack:
                await self.slack.settled()
            await self.house.settled()

    async def invited(self, role: Role = Role.SUPPORTER) -> str:
        until = self.house.clock() + timedelta(days=1)
        return await self.house.database.write(lambda session: members.invite(session, role, 1, until))

    async def member(self, name: str, role: Role | None = Role.SUPPORTER) -> TelegramPerson:
        """role: None for somebody who has not joined. Everybody has begun the chat with the bot."""
        person = self.telegram.person(name)
        person.chat.started = True
        if role is not None:
            await self.enrolled(Address("telegram", "", str(person.id)), role)
        return person

    async def enrolled(self, address: Address, role: Role) -> None:
        code, now = await self.invited(role), self.house.clock()
        await self.house.database.write(lambda session: members.join(session, address, code, "ja", now))

    async def place(self, name: str = "広場", *, forum: bool = False, bot_admin: bool = False) -> TelegramGroup:
        """A group that is a place of the community."""
        group = self.telegram.group(name, forum=forum, bot_admin=bot_admin)
        address = Address("telegram", "", str(group.id))
        await self.house.database.write(lambda session: places.link(session, address, name, "ja"))
        return group

    async def beside(self, name: str, role: Role = Role.SUPPORTER) -> Person:
        """Someone on another platform, who fills dialogs."""
        return await self.world.person(name, self.world.slack, role)

    def nobody_is_named(self) -> None:
        """No message to anyone carries anybody's id, name or handle; nor does any byte that is kept."""
        users = [user for user in self.telegram.chats.users.values() if not user.bot]
        kept = self.world.files()
        for user in users:
            assert str(user.id).encode() not in kept
            for message in self.telegram.chats.by_bot():
                shown = f"{message.text} {message.markup} {message.entities}".lower()
                for name in (str(user.id), user.first_name.lower(), user.username.lower()):
                    assert not _stands(name, shown), f"{name} stands in a message to {message.chat.id}"

    async def states(self) -> dict[str, int]:
        """How many letters stand in each state."""
        return await self.house.database.read(outbox.open_count)


@asynccontextmanager
async def open_telegram_house(
    folder: Path, telegram: FakeTelegram, clock: Clock | None = None, slack: FakeSlack | None = None
) -> AsyncIterator[TelegramHouse]:
    """Opening the same folder again is a restart."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram/events"
    settings = Settings(
        data_dir=folder,
        http_port=port,
        telegram_token=SecretStr(telegram.token),
        telegram_api_url=telegram.root,
        telegram_webhook_url=url if telegram.mode == "webhook" else "",
        slack_bot_token=SecretStr(slack.bot_token if slack else ""),
        slack_app_token=SecretStr(slack.app_token if slack else ""),
        slack_api_url=slack.api_url if slack else "http://127.0.0.1/",
    )
    database = Database(settings.database, Keys(b"k" * 32))
    house = House(settings, database, HANDBOOK, clock or Clock())
    beside = FakePlatform("slack", dialogs=True)
    if slack is None:
        house.adapters["slack"] = beside
    world = World(house, beside, FakePlatform("unused", dialogs=False), folder)
    try:
        async with open_platforms(house) as adapters:
            running = asyncio.create_task(house.run(adapters))
            try:
                found = {adapter.name: adapter for adapter in adapters}
                adapter, other = found["telegram"], found.get("slack")
                assert isinstance(adapter, Telegram)
                assert other is None or isinstance(other, Slack)
                await _ready(running, adapter, other)
                yield TelegramHouse(telegram, house, adapter, world, running, other)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
    finally:
        database.close()


def _stands(name: str, shown: str) -> bool:
    """As a word: a short one comes by chance inside the random argument of a button."""
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", shown, re.ASCII))


async def _ready(running: asyncio.Task[None], *adapters: Telegram | Slack | None) -> None:
    """Ends with the house's own error where it cannot run."""
    ready = asyncio.create_task(_all_ready([adapter for adapter in adapters if adapter]))
    await asyncio.wait([running, ready], timeout=10, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        ready.cancel()
        running.result()
    await asyncio.wait_for(ready, 10)


async def _all_ready(adapters: list[Telegram | Slack]) -> None:
    for adapter in adapters:
        await adapter.ready.wait()
