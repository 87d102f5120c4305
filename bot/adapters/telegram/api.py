"""Calls of the Bot API: each one once, and what Telegram answers in the house's own terms."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
from telegram import Bot

from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.transport import Doubtful, NotSent, Refusal, Transport
from bot.chat.doubt import Doubt
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.pausing import Pauses
from bot.chat.saying import Saying

T = TypeVar("T")

SET_RIGHT_SECONDS = 60.0
"""While somebody has to mend the token, letters wait and are tried this often."""

POLL_SECONDS = 50
"""The longest a question for updates may stay open."""

WHAT_WE_TAKE = ("message", "edited_message", "callback_query", "my_chat_member")

HUSHED_SECONDS = 900.0
RIGHTS = ("rights", "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED")
UNKNOWN = ("chat not found", "PEER_ID_INVALID")
"""Of a 400: nobody there has begun, or the group has put us out; we are told when that changes."""

THREAD = ("thread not found", "TOPIC_CLOSED", "TOPIC_DELETED")


NAMELESS = ("resolve host", "Temporary")
"""Of a 400: Telegram's own look-up of our name failed, and may not the next time; a name nobody knows stays refused."""


class Hushed(RetryLater):
    """We are there and may not write. Telegram does not always say when we may again, so we try now and then."""

    def __init__(self) -> None:
        super().__init__("no right to write", HUSHED_SECONDS)


class Moved(Exception):
    """The group has become a supergroup with another id; nothing was done."""

    def __init__(self, to: str) -> None:
        super().__init__("moved")
        self.to = to


class Unchanged(Exception):
    """The message looks so already."""


class ThreadGone(Exception):
    """The topic was closed or deleted; nothing was done."""


def hush() -> None:
    """The library prints texts, parameters and raw updates at several levels; what matters is logged here, wordless."""
    for name in ("telegram", *logging.root.manager.loggerDict):
        if name.split(".")[0] == "telegram":
            logger = logging.getLogger(name)
            logger.disabled, logger.propagate = True, False


class Api:
    """One token, one session. url: the root, from which the library's own addresses are made."""

    def __init__(self, token: str, url: str, session: aiohttp.ClientSession) -> None:
        hush()
        self._transport, self._base = Transport(session), f"{url}/bot{token}"
        self.bot = Bot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )
        self._pauses = Pauses()
        self._doubt = Doubt(self.bot.get_me)
        self.say = Saying(PLATFORM).warn

    async def updates(self, offset: int, limit: int, seconds: int = POLL_SECONDS) -> bytes:
        """The raw answer, unparsed: one update that cannot be read must not hide the others. Never below 0.

        seconds: how long the question may stay open where there is nothing to bring."""
        parameters = {"limit": str(limit), "timeout": str(seconds), "allowed_updates": json.dumps(WHAT_WE_TAKE)}
        if offset > 0:
            parameters["offset"] = str(offset)
        return await self._transport.ask(f"{self._base}/getUpdates", parameters, POLL_SECONDS + 15)

    async def call(self, chat: str, ask: Callable[[Bot], Awaitable[T]]) -> T:
        """chat: whose pause counts. Raises RetryLater, Unreachable, Moved, ThreadGone or Unchanged; all else is
        doubtful, and may have been done."""
        self._pauses.check(chat)
        try:
            return await ask(self.bot)
        except NotSent as error:
            raise RetryLater(str(error)) from None
        except Doubtful:
            self._doubt.arose()
            raise
        except Refusal as refused:
            raise self._meaning(chat, refused) from None

    async def may_send(self, chat: str) -> None:
        """Before a letter for this chat. Raises RetryLater."""
        self._pauses.take_turn(chat)
        await self._doubt.settled()

    def _meaning(self, chat: str, refused: Refusal) -> Exception:
        words = refused.description
        if refused.moved_to:
            return Moved(refused.moved_to)
        match refused.code:
            case 429:
                return self._pauses.asked(chat, refused.retry_after)
            case 401 | 404:
                self.say("telegram does not take our token", str(refused))
                return RetryLater(str(refused), SET_RIGHT_SECONDS)
            case 403:
                return Unreachable("forbidden", for_now="deactivated" not in words)
            case 400 if "is not modified" in words:
                return Unchanged()
            case 400 if any(each in words for each in THREAD):
                return ThreadGone()
            case 400 if any(each in words for each in RIGHTS):
                return Hushed()
            case 400 if NAMELESS[0] in words and NAMELESS[1] in words:
                return RetryLater("host not resolved")
            case 400:
                for_now = any(each in words for each in UNKNOWN)
                if not for_now:
                    self.say("telegram refused a message", str(refused))
                return Unreachable("refused", for_now=for_now)
        self._doubt.arose()
        return refused  # 5xx and the like: it may have been done


async def patiently(call: Callable[[], Awaitable[Any]], patience: float) -> Any:
    """Once more where Telegram asks to wait no longer than this."""
    try:
        return await call()
    except RetryLater as wait:
        if wait.after is None or wait.after > patience:
            raise
        await asyncio.sleep(wait.after)
        return await call()
