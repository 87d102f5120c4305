"""Telegram as an adapter: updates by our own loop or by webhook, letters through the library's Bot."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import aiohttp
import structlog

from bot.adapters.telegram.account import Account
from bot.adapters.telegram.answering import Answering
from bot.adapters.telegram.api import Api
from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.decode import Decoder, Me
from bot.adapters.telegram.doorway import PATH, Doorway, secret_of
from bot.adapters.telegram.gap import told
from bot.adapters.telegram.introduction import Introduction
from bot.adapters.telegram.polling import Polling
from bot.adapters.telegram.posting import Posting
from bot.adapters.telegram.progress import Progress
from bot.adapters.telegram.render import Renderer
from bot.adapters.telegram.trail import Trail
from bot.adapters.telegram.watching import Watching
from bot.adapters.telegram.wire import Wire
from bot.adapters.telegram.words import MENU, Catalogue, labels
from bot.chat.adapter import Dispatch, Memory
from bot.chat.errors import RetryLater
from bot.chat.events import Address, Event, News
from bot.chat.messages import Message
from bot.chat.web import Door

log = structlog.get_logger()

NAME = "name"
"""Under which the bot's own name is kept for the invitation link."""

MORNING, EVENING = time(8), time(21)


class Telegram:
    """commands: what people may type. catalogue: the words by language. zone: where the community sleeps."""

    name = PLATFORM
    can_look = False

    def __init__(
        self,
        account: Account,
        session: aiohttp.ClientSession,
        memory: Memory,
        catalogue: Catalogue,
        languages: tuple[str, ...],
        commands: Collection[str],
        zone: ZoneInfo,
        now: Callable[[], datetime],
    ) -> None:
        self._account, self._memory, self._catalogue, self._languages = account, memory, catalogue, languages
        self.hears_alone = not account.webhook_url  # two who ask take each other's updates
        self._commands, self._zone, self._now = commands, zone, now
        self._api = Api(account.token, account.url, session)
        self._introduction = Introduction(self._api)
        self._renderer = Renderer(MENU)
        self._progress = Progress(memory, now)
        self._doorway = Doorway(account.token, self._progress)
        self._away: set[str] = set()
        self._posting = Posting(self._api, self._renderer, memory, self._people_sleep, self._away, self._tell)
        self._wire: Wire | None = None
        self.ready = asyncio.Event()
        """We know who we are there, and take what comes."""

    @property
    def hearing(self) -> bool:
        return self._progress.listening

    @property
    def doors(self) -> dict[str, Door]:
        """The path at which Telegram calls us; none where we ask."""
        return {PATH: self._doorway.enter} if self._account.webhook_url else {}

    async def run(self, dispatch: Dispatch) -> None:
        me = await self._introduction.made()
        if await self._memory.recall(NAME) != me.name:
            await self._memory.keep(NAME, me.name)
        await self._progress.load(me.id)
        trail = Trail()
        wire = self._wire = self._wired(me, dispatch, trail)
        try:
            await told(self._progress, wire)
            async with asyncio.TaskGroup() as group:
                await self._hear(group, wire)
                group.create_task(trail.run())
                group.create_task(self._introduction.offer_commands(self._catalogue, self._languages))
                log.info("telegram connected", platform=PLATFORM)
                self._progress.listening = True
                self.ready.set()
        except* Exception as several:
            raise several.exceptions[0] from None
        finally:
            self._progress.listening = False
            await wire.close()
            await self._progress.close()

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        return await self._posting.send(address, message, key, replacing)

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        raise RetryLater("nobody can look here")

    async def settled(self) -> None:
        """Returns when every answer in hand has been shown."""
        if self._wire:
            await self._wire.settled()

    def _wired(self, me: Me, dispatch: Dispatch, trail: Trail) -> Wire:
        decoder = Decoder(me, self._commands, labels(self._catalogue, self._languages), self._now)
        answering = Answering(self._api, self._renderer, self._catalogue, trail, me)
        return Wire(decoder, answering, trail, dispatch, self._away)

    async def _hear(self, group: asyncio.TaskGroup, wire: Wire) -> None:
        if url := self._account.webhook_url:
            self._doorway.wire = wire
            here = partial(self._introduction.be_called_at, url, secret_of(self._account.token))
            await here()
            group.create_task(Watching(self._api, wire, self._progress, url, here).run())
        else:
            await self._introduction.hear_by_asking()
            group.create_task(Polling(self._api, wire, self._progress).run())

    async def _tell(self, address: Address, news: News) -> None:
        """What a send shows of a chat, once a day: Telegram does not always say it, or its note was lost."""
        now, where = self._now(), replace(address, thread="")
        known_by = f"{news.name}:{address.channel}:{news.argument}:{now.date().isoformat()}"
        if self._wire:
            await self._wire.tell(Event(known_by, "", where, False, False, now, news))

    def _people_sleep(self) -> bool:
        return not MORNING <= self._now().astimezone(self._zone).time() < EVENING


@asynccontextmanager
async def open_telegram(
    account: Account,
    memory: Memory,
    catalogue: Catalogue,
    languages: tuple[str, ...],
    commands: Collection[str],
    zone: ZoneInfo,
    now: Callable[[], datetime],
) -> AsyncIterator[Telegram]:
    """The adapter with its one session to Telegram, closed when letters can no longer be under way."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield Telegram(account, session, memory, catalogue, languages, commands, zone, now)
