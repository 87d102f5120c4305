"""Where Telegram calls us: asks it now and then whether it still does.

A quiet weekend looks like an outage, and another program with our token takes our updates without a word to us.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import WebhookInfo

from bot.adapters.telegram.api import Api
from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.gap import told
from bot.adapters.telegram.polling import somebody_else
from bot.adapters.telegram.progress import Progress
from bot.adapters.telegram.wire import Wire

log = structlog.get_logger()

WATCH_SECONDS = 60.0
MOST_TAKEN = 5
"""Times our updates are led back to us, until we give way; an hour of peace makes it good."""

PEACE = 60
"""Looks at which all was well."""


class Watching:
    """url: where we are to be called. lead_back: sees to that."""

    def __init__(
        self, api: Api, wire: Wire, progress: Progress, url: str, lead_back: Callable[[], Awaitable[None]]
    ) -> None:
        self._api, self._wire, self._progress = api, wire, progress
        self._url, self._lead_back = url, lead_back
        self._taken, self._peace = 0, 0

    async def run(self) -> None:
        """Until cancelled. Raises Misconfigured where somebody else takes our updates again and again."""
        while True:
            try:
                info = await self._api.call("", lambda bot: bot.get_webhook_info())
            except Exception as error:  # whatever a broken network makes of an answer
                self._progress.listening = False
                self._api.say("telegram not reached", type(error).__name__)
            else:
                await self._look(info)
            await asyncio.sleep(WATCH_SECONDS)

    async def _look(self, info: WebhookInfo) -> None:
        self._progress.listening = info.url == self._url and not is_stuck(info)
        if info.url != self._url:
            await self._taken_away(webhook=bool(info.url))
            return
        self._peace += 1
        if self._peace >= PEACE:
            self._taken = 0
        if not is_stuck(info) and await told(self._progress, self._wire):
            await self._progress.heard()

    async def _taken_away(self, *, webhook: bool) -> None:
        self._taken, self._peace = self._taken + 1, 0
        log.error("somebody else takes our updates", platform=PLATFORM, kind="webhook" if webhook else "poller")
        if self._taken >= MOST_TAKEN:
            raise somebody_else(webhook=webhook)
        await self._lead_back()


def is_stuck(info: WebhookInfo) -> bool:
    """Something waits there, and does not reach us."""
    return bool(info.pending_update_count and info.last_error_message)
