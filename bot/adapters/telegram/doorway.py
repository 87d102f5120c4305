"""The entrance for Telegram's own calls: known by the secret we gave it; everything else meets the same closed door.

https://core.telegram.org/bots/api#setwebhook (checked 2026-11-24)
"""

import asyncio
import hashlib
import hmac
import json

import structlog

from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.decode import number_of
from bot.adapters.telegram.gap import told
from bot.adapters.telegram.progress import Progress
from bot.adapters.telegram.wire import Wire
from bot.chat.web import Request, Response

log = structlog.get_logger()

PATH = "/telegram/events"
SECRET_HEADER = "x-telegram-bot-api-secret-token"
STORED_WITHIN = 10.0
CLOSED, TAKEN, NOT_STORED = Response(401), Response(200), Response(503)


def secret_of(token: str) -> str:
    """Made from the token and kept nowhere: who knows the token needs no secret."""
    return hmac.new(token.encode(), b"yorisoi webhook", hashlib.sha256).hexdigest()


class Doorway:
    def __init__(self, token: str, progress: Progress) -> None:
        self._secret, self._progress = secret_of(token).encode(), progress
        self.wire: Wire | None = None
        """Set once we know who we are; before that nothing is taken, and it comes again."""

    async def enter(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return CLOSED
        if self.wire is None:
            return NOT_STORED
        try:
            update = json.loads(request.body.decode("utf-8", "replace"))
            number = number_of(update)
        except (ValueError, RecursionError, LookupError, TypeError):  # it would be the same at every try
            log.error("update not understood", platform=PLATFORM, error="unreadable")
            return TAKEN
        try:
            async with asyncio.timeout(STORED_WITHIN):
                await self.wire.room()
        except TimeoutError:
            return NOT_STORED
        if not await told(self._progress, self.wire):
            return NOT_STORED
        epoch = await self._progress.begin([number])
        if not await self.wire.take(update, epoch, STORED_WITHIN):
            return NOT_STORED
        await self._progress.safe([number])
        return TAKEN
