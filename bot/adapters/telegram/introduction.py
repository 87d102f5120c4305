"""Asks Telegram who we are, and tells it what can be done here and how we want to hear."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.adapters.telegram.api import WHAT_WE_TAKE, Api
from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.decode import Me
from bot.adapters.telegram.polling import TOKEN
from bot.adapters.telegram.words import Catalogue
from bot.chat.errors import Misconfigured, RetryLater, Unreachable

log = structlog.get_logger()
T = TypeVar("T")

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
ALONE = ("menu", "worry", "ask", "conference", "mydata", "promises", "language", "join", "help")
IN_GROUPS = ("menu", "worry", "ask", "conference", "help")
FOR_ADMINISTRATORS = (*IN_GROUPS, "here")

SCOPES: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), ALONE),
    (BotCommandScopeAllGroupChats(), IN_GROUPS),
    (BotCommandScopeAllChatAdministrators(), FOR_ADMINISTRATORS),
)


class Introduction:
    def __init__(self, api: Api) -> None:
        self._api = api

    async def made(self) -> Me:
        """Waits while Telegram cannot be reached. Raises Misconfigured where the token is refused."""
        return await self._until_done(self.once)

    async def once(self) -> Me:
        user = await self._asked(lambda bot: bot.get_me())
        return Me(user.id, user.username or "", bool(user.can_read_all_group_messages))

    async def hear_by_asking(self) -> None:
        """Nothing that waits is thrown away."""
        await self._until_done(lambda: self._asked(lambda bot: bot.delete_webhook(drop_pending_updates=False)))

    async def be_called_at(self, url: str, secret: str) -> None:
        def set_webhook(bot: Bot) -> Awaitable[bool]:
            return bot.set_webhook(url, secret_token=secret, allowed_updates=WHAT_WE_TAKE, drop_pending_updates=False)

        try:
            await self._until_done(lambda: self._asked(set_webhook))
        except Unreachable:
            raise Misconfigured(
                "YORISOI_TELEGRAM_WEBHOOK_URL",
                "Telegram does not take this address.",
                "it needs https, a name that can be found from outside, and port 443, 80, 88 or 8443.",
            ) from None

    async def offer_commands(self, catalogue: Catalogue, languages: tuple[str, ...]) -> None:
        """For whom Telegram speaks another language, in the community's own. Tried until Telegram takes them."""
        for language in ("", *languages):
            words = catalogue(language)
            for scope, names in SCOPES:
                offered = [BotCommand(name, words(f"telegram.commands.{name}")) for name in names]
                offer = partial(Bot.set_my_commands, commands=offered, scope=scope, language_code=language or None)
                try:
                    await self._until_done(partial(self._asked, offer, "commands"))
                except Exception as error:
                    log.warning("commands not offered", platform=PLATFORM, error=type(error).__name__)
                    return

    async def _asked(self, ask: Callable[[Bot], Awaitable[T]], pause: str = "") -> T:
        """pause: what waits with it where Telegram asks to wait."""
        try:
            return await self._api.call(pause, ask)
        except RetryLater as wait:
            if str(wait) in ("http_401", "http_404"):
                raise Misconfigured(
                    TOKEN, "Telegram does not take it.", "copy the token that @BotFather gave, see docs/telegram.md."
                ) from None
            raise

    async def _until_done(self, ask: Callable[[], Awaitable[T]]) -> T:
        wait = FIRST_WAIT
        while True:
            try:
                return await ask()
            except (Misconfigured, Unreachable):
                raise
            except RetryLater as later:
                self._api.say("telegram not reached", str(later))
                pause = later.after if later.after is not None else wait
            except Exception as error:  # whatever a broken network makes of an answer
                self._api.say("telegram not reached", type(error).__name__)
                pause = wait
            await asyncio.sleep(pause)
            wait = min(wait * 2, LONGEST_WAIT)
