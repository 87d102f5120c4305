"""A topic of its own for what answers will come under, where the group has topics and lets us make them."""

import time
from collections.abc import Callable

import structlog

from bot.adapters.telegram.api import Api, Hushed, ThreadGone
from bot.adapters.telegram.arrival import PLATFORM
from bot.chat.errors import RetryLater, Unreachable

log = structlog.get_logger()

NAME = 128
LOOK_AGAIN_SECONDS = 3600.0
"""A group may get topics, or give us the right to make them, at any time."""


class Topics:
    def __init__(self, api: Api, now: Callable[[], float] = time.monotonic) -> None:
        self._api, self._now = api, now
        self._without: dict[str, float] = {}
        self._made: dict[str, int] = {}

    async def made(self, chat: str, key: str, name: str) -> int:
        """The topic of this letter, the same at every try; 0 where there can be none."""
        if key in self._made:
            return self._made[key]
        if self._now() - self._without.get(chat, -LOOK_AGAIN_SECONDS) < LOOK_AGAIN_SECONDS:
            return 0
        try:
            if (await self._api.call(chat, lambda bot: bot.get_chat(int(chat)))).is_forum:
                return await self._make(chat, key, name)
        except (Hushed, Unreachable, ThreadGone):  # we may not; the group itself takes the letter
            pass
        self._without[chat] = self._now()
        return 0

    async def _make(self, chat: str, key: str, name: str) -> int:
        """A topic whose making nobody knows of stays empty: the letter itself is in no doubt by it, and goes to the
        group."""
        try:
            topic = await self._api.call(chat, lambda bot: bot.create_forum_topic(int(chat), name[:NAME]))
            self._made[key] = topic.message_thread_id
        except (Hushed, Unreachable, ThreadGone, RetryLater):
            raise
        except Exception as error:
            log.warning("topic not made", platform=PLATFORM, error=type(error).__name__)
            self._made[key] = 0
        return self._made[key]

    def forget(self, key: str) -> None:
        """The letter stands."""
        self._made.pop(key, None)
