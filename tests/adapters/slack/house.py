"""The real house with the real Slack adapter, in front of a Slack of our own on the loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.adapters.slack import Slack, Tokens
from bot.adapters.slack import open_slack as open_adapter
from bot.app.house import House
from bot.app.memory import HouseMemory
from bot.app.platforms import commands
from bot.app.web import open_doors
from bot.chat.events import Address
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.knowledge.index import Hit
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members, places
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from tests.scenarios.ledger import rows
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack
from tests.slack.workspace import TEAM
from tests.world import FakePlatform, Person, World


@dataclass
class SlackHouse:
    """world: its people beside Slack live on a platform without dialogs."""

    slack: FakeSlack
    house: House
    adapter: Slack
    world: World
    people: list[SlackPerson] = field(default_factory=list)

    async def settled(self) -> None:
        """Every answer shown, every letter carried."""
        await self.adapter.settled()
        await self.house.settled()
        await self.adapter.settled()

    async def member(self, name: str, role: Role | None = Role.SUPPORTER, *channels: str) -> SlackPerson:
        """role: None for somebody who has not joined."""
        person = self.slack.person(name, list(channels))
        self.people.append(person)
        if role is not None:
            now = self.house.clock()
            code = await self.code(role)
            address = Address("slack", TEAM, person.id)
            await self.house.database.write(lambda session: members.join(session, address, code, "ja", now))
        return person

    async def code(self, role: Role = Role.SUPPORTER) -> str:
        until = self.house.clock() + timedelta(days=1)
        return await self.house.database.write(lambda session: members.invite(session, role, 1, until))

    async def rows_of(self, *tables: str) -> list[Any]:
        """Every row of these tables as it is stored."""
        every = await rows(self.world)
        return [row for table in tables for row in every.get(table, [])]

    @asynccontextmanager
    async def slow_handbook(self, gate: asyncio.Event) -> AsyncIterator[None]:
        """Every question waits at this gate."""
        handbook = self.house.pipeline._handbook
        self.house.pipeline._handbook = Slow(handbook, gate)
        try:
            yield
        finally:
            gate.set()
            self.house.pipeline._handbook = handbook

    async def place(self, name: str) -> str:
        """A channel that is a place of the community."""
        channel = self.slack.channel(name)
        address = Address("slack", TEAM, channel)
        await self.house.database.write(lambda session: places.link(session, address, "広場", "ja"))
        return channel

    async def beside(self, name: str, role: Role = Role.SUPPORTER) -> Person:
        """Someone on another platform, asked question by question."""
        return await self.world.person(name, self.world.telegram, role)


class Slow(Handbook):
    """A handbook whose reader takes as long as the test says."""

    def __init__(self, real: Handbook, gate: asyncio.Event) -> None:
        self.__dict__.update(real.__dict__)
        self._gate = gate

    async def nearest(self, question: str, limit: int = 3, before: str = "") -> tuple[Hit, ...]:
        await self._gate.wait()
        return await super().nearest(question, limit, before)


HANDBOOK = Handbook(embedder=lambda: HashEmbedder())


@asynccontextmanager
async def open_slack_house(
    folder: Path, slack: FakeSlack, clock: Clock | None = None, handbook: Handbook = HANDBOOK
) -> AsyncIterator[SlackHouse]:
    """Opening the same folder again is a restart."""
    settings = Settings(data_dir=folder, http_port=free_port())
    database = Database(settings.database, Keys(b"k" * 32))
    house = House(settings, database, handbook, clock or Clock())
    telegram = FakePlatform("telegram", dialogs=False)
    house.adapters["telegram"] = telegram
    world = World(house, FakePlatform("unused", dialogs=True), telegram, folder)
    socket_mode = slack.mode == "socket"
    tokens = Tokens(
        slack.bot_token,
        slack.app_token if socket_mode else "",
        "" if socket_mode else slack.signing_secret,
        slack.api_url,
    )
    memory = HouseMemory(database, "slack", house.clock)
    try:
        async with (
            open_adapter(tokens, memory, house.text.speaking, commands()) as adapter,
            open_doors(adapter.doors, settings.http_host, settings.http_port),
        ):
            slack.http.request_url = f"http://127.0.0.1:{settings.http_port}/slack/events"
            running = asyncio.create_task(house.run([adapter]))
            try:
                await asyncio.wait_for(adapter.ready.wait(), 10)
                if socket_mode:
                    await slack.workspace.until(lambda: slack.socket.links, 10, "the bot coming")
                yield SlackHouse(slack, house, adapter, world)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
    finally:
        database.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
