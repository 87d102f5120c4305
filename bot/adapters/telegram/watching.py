"""Where Telegram calls us: asks it now and then whether it still does, for a quiet weekend looks like an outage."""

import asyncio

from telegram import WebhookInfo

from bot.adapters.telegram.api import Api
from bot.adapters.telegram.gap import told
from bot.adapters.telegram.progress import Progress
from bot.adapters.telegram.wire import Wire

WATCH_SECONDS = 60.0


class Watching:
    def __init__(self, api: Api, wire: Wire, progress: Progress) -> None:
        self._api, self._wire, self._progress = api, wire, progress

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                info = await self._api.call("", lambda bot: bot.get_webhook_info())
            except Exception as error:  # whatever a broken network makes of an answer
                self._api.say("telegram not reached", type(error).__name__)
            else:
                await self._look(info)
            await asyncio.sleep(WATCH_SECONDS)

    async def _look(self, info: WebhookInfo) -> None:
        if not is_stuck(info) and await told(self._progress, self._wire):
            await self._progress.heard()


def is_stuck(info: WebhookInfo) -> bool:
    """Something waits there, and does not reach us."""
    return bool(info.pending_update_count and info.last_error_message)
