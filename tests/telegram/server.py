"""A whole Telegram on the loopback: Bot API, updates, webhook and people, as one thing a test opens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal

from aiohttp import web

from tests.platforms.ledger import Ledger
from tests.telegram.api import METHODS, Api
from tests.telegram.chats import BOT_ID, Chats, real_time
from tests.telegram.faults import Faults
from tests.telegram.groups import TelegramGroup
from tests.telegram.methods import Desk
from tests.telegram.people import TelegramPerson
from tests.telegram.polling import Polling
from tests.telegram.shapes import ADMIN_RIGHTS, Chat, Json, User
from tests.telegram.update_queue import UpdateQueue
from tests.telegram.updates import Updates
from tests.telegram.webhook import Webhook

Mode = Literal["polling", "webhook"]


class FakeTelegram:
    """mode: how the test means to have the bot told; the bot itself decides by what it calls. ledger: where every
    fact is written."""

    token = f"{BOT_ID}:AAFakeTokenOfNobodyForTestsOnly-000"

    def __init__(self, mode: Mode, now: Callable[[], datetime], ledger: Ledger | None = None) -> None:
        self.mode, self.ledger = mode, ledger or Ledger()
        self.root = ""
        self.chats = Chats(now)
        self.faults = Faults(self.chats.tell)
        self.queue = UpdateQueue(now, self.chats.tell, self.ledger)
        self.updates = Updates(self.chats, self.queue)
        self.polling = Polling(self.queue)
        self.webhook = Webhook(self.queue, now, self.chats.tell)
        self.desk = Desk(self.chats, self.updates, self.polling, self.webhook)
        self.api = Api(self.desk, self.faults, self.token, self.ledger)
        self.webhook.method_in_answer = self._follow
        self._people: dict[str, User] = {}
        self._groups: dict[str, TelegramGroup] = {}
        self._underway: set[asyncio.Task[Any]] = set()

    def person(self, name: str, *, language: str = "ja", username: str = "") -> TelegramPerson:
        """The same name again is the same person at another screen."""
        if name not in self._people:
            self._people[name] = self.chats.add_user(name.title(), username=username or name, language=language)
        return TelegramPerson(self.updates, self._people[name])

    def group(self, name: str, forum: bool = False, bot_admin: bool = False, *, bot: bool = True) -> TelegramGroup:
        """A group with the bot in it, told of nothing so far; a forum is always a supergroup. bot: it is a member."""
        if name not in self._groups:
            keeper = self.person("keeper").user
            chat = self.chats.add_chat(name, "supergroup" if forum else "group", forum=forum, members={keeper.id})
            chat.status = "administrator" if bot_admin else "member" if bot else "left"
            chat.rights = set(ADMIN_RIGHTS) if bot_admin else set()
            self._groups[name] = TelegramGroup(self.chats, self.updates, chat, keeper)
        return self._groups[name]

    def channel(self, name: str) -> Chat:
        """A channel the bot was made an administrator of; post with chats.post, tell the bot with updates.message."""
        return self.chats.add_chat(name, "channel", status="administrator", rights=set(ADMIN_RIGHTS))

    async def drained(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Waits until the bot has taken every update for good."""
        await self.chats.until(lambda: not self.queue.waiting, timeout, "the bot taking every update")

    def start(self, act: Any) -> asyncio.Task[Any]:
        """Lets something happen meanwhile. It ends with this Telegram at the latest."""
        task: asyncio.Task[Any] = asyncio.ensure_future(act)
        self._underway.add(task)
        task.add_done_callback(self._underway.discard)
        return task

    def _follow(self, call: Json) -> None:
        """A call the bot put into its answer to the webhook; it never learns what came of it."""
        method = str(call.pop("method"))
        known = {name.lower(): name for name in METHODS}.get(method.lower(), method)
        self.chats.record(known, call)
        self.start(self.api.answer(known, call))

    async def close(self) -> None:
        for task in list(self._underway):
            task.cancel()
        await asyncio.gather(*self._underway, return_exceptions=True)
        await self.webhook.close()
        self.polling.close()


@asynccontextmanager
async def open_telegram(
    mode: Mode = "polling",
    now: Callable[[], datetime] = real_time,
    *,
    ledger: Ledger | None = None,
    port: int = 0,
    also: Callable[[FakeTelegram, web.Application], None] | None = None,
) -> AsyncIterator[FakeTelegram]:
    """also: what else is to be found at this address."""
    telegram = FakeTelegram(mode, now, ledger)
    app = web.Application()
    telegram.api.add_routes(app)
    if also:
        also(telegram, app)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        telegram.root = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield telegram
    finally:
        await telegram.close()
        await runner.cleanup()
