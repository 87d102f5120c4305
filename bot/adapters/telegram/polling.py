"""Asks for updates, one long question after the other; the offset moves only past what is on the disk.

https://core.telegram.org/bots/api#getupdates (checked 2026-11-24 against tdlib/telegram-bot-api)
"""

import asyncio
import json
import re
import time
from typing import Any

import structlog

from bot.adapters.telegram.api import POLL_SECONDS, Api
from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.decode import number_of
from bot.adapters.telegram.gap import told
from bot.adapters.telegram.progress import Progress
from bot.adapters.telegram.transport import NotSent, Refusal
from bot.adapters.telegram.wire import Wire
from bot.chat.errors import Misconfigured

log = structlog.get_logger()

TOKEN = "YORISOI_TELEGRAM_TOKEN"
AT_ONCE = 50
"""Updates in one answer, which are stored together; Telegram gives a hundred at most."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
CONFLICTS_AT_START, CONFLICTS_LATER = 3, 12
"""In a row, until we give way: whoever came last gives way first."""

NEWCOMER_SECONDS = 120.0
"""For so long we are the one that came last, though now and then we are given updates that were meant for the other."""

MOST_UNREADABLE = 5
"""Times one update alone cannot be read, until it is passed over; a body that broke on its way is readable later."""

_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')


class Unreadable(ValueError):
    """An answer that is no list of updates."""


class Polling:
    def __init__(self, api: Api, wire: Wire, progress: Progress) -> None:
        self._api, self._wire, self._progress = api, wire, progress
        self._limit = AT_ONCE
        self._unreadable, self._tries = 0, 0
        self._conflicts, self._most_conflicts = 0, CONFLICTS_AT_START
        self._newcomer_until = time.monotonic() + NEWCOMER_SECONDS
        self._wait = FIRST_WAIT

    async def run(self) -> None:
        """Until cancelled. Raises Misconfigured where somebody else fetches with this token."""
        while True:
            await self._wire.room()
            try:
                patience = POLL_SECONDS if self._progress.listening else 0  # an outage's end is learned at once
                body = await self._api.updates(self._progress.offset, self._limit, patience)
            except Refusal as refused:
                self._progress.listening = False
                await self._refused(refused)
                continue
            except Exception as error:  # whatever a broken network makes of an answer
                self._progress.listening = False
                self._api.say(
                    "telegram not reached", str(error) if isinstance(error, NotSent) else type(error).__name__
                )
                await self._pause()
                continue
            if time.monotonic() >= self._newcomer_until:
                self._conflicts, self._most_conflicts = 0, CONFLICTS_LATER
            if await told(self._progress, self._wire) and await self._take(body):
                self._progress.listening, self._wait = True, FIRST_WAIT
            else:
                await self._pause()

    async def _take(self, body: bytes) -> bool:
        """False where nothing came of it, and it is better to wait before asking again."""
        try:
            updates = _updates(body)
        except Unreadable:
            return await self._one_by_one(body)
        self._limit = AT_ONCE
        if not updates:
            await self._progress.heard()
            return True
        numbered = [(number, update) for update in updates if (number := _number(update)) is not None]
        if len(numbered) < len(updates):
            log.error("update not understood", platform=PLATFORM, error="no number")
        if not numbered:
            return await self._step_over()
        return await self._store(numbered)

    async def _store(self, numbered: list[tuple[int, object]]) -> bool:
        """All at once, so that the disk is asked once for many; confirmed up to the first that could not be stored."""
        try:
            epoch = await self._progress.begin([number for number, _ in numbered])
        except Exception as error:
            log.error("event not stored", platform=PLATFORM, error=type(error).__name__)
            return False
        stored = await asyncio.gather(*(self._wire.take(update, epoch) for _, update in numbered))
        safe = [number for number, _ in numbered[: stored.index(False) if False in stored else len(stored)]]
        if safe:
            await self._progress.safe(safe)
        return all(stored)

    async def _one_by_one(self, body: bytes) -> bool:
        """One of them makes the whole answer unreadable: the others are fetched alone until it is found."""
        if self._limit > 1:
            self._limit = 1
            return True
        log.error("update not understood", platform=PLATFORM, error="unreadable")
        found = _NUMBER.search(body)
        number = int(found[1]) if found else 0
        self._tries = self._tries + 1 if number == self._unreadable else 1
        self._unreadable = number
        if not number or self._tries < MOST_UNREADABLE:
            return False
        self._limit = AT_ONCE
        await self._progress.safe([number])
        return True

    async def _step_over(self) -> bool:
        """Only updates without a number: one number further nothing is lost, for the lowest that waits is among them.

        A pause, because the same question asked again at once brings one update only."""
        await self._progress.step_over()
        await asyncio.sleep(1.0)
        return True

    async def _refused(self, refused: Refusal) -> None:
        match refused.code:
            case 409:
                await self._conflict(refused)
            case 429:
                await asyncio.sleep(min(refused.retry_after or self._wait, 3600.0))
            case _:
                self._api.say("telegram does not answer our question for updates", str(refused))
                await self._pause()

    async def _conflict(self, refused: Refusal) -> None:
        """Two who fetch take each other's updates; the one that came later gives way."""
        self._conflicts += 1
        webhook = "webhook" in refused.description
        log.error("somebody else takes our updates", platform=PLATFORM, kind="webhook" if webhook else "poller")
        if self._conflicts >= self._most_conflicts:
            raise somebody_else(webhook=webhook)
        await self._pause()

    async def _pause(self) -> None:
        await asyncio.sleep(self._wait)
        self._wait = min(self._wait * 2, LONGEST_WAIT)


def somebody_else(*, webhook: bool) -> Misconfigured:
    if webhook:
        return Misconfigured(
            TOKEN,
            "a webhook is set for this bot again and again, so its updates go there.",
            "end the other program that uses this token, or give this one a bot of its own.",
        )
    return Misconfigured(
        TOKEN,
        "another program fetches this bot's updates.",
        "end it, or give this one a bot of its own; one token is for one program.",
    )


def _updates(body: bytes) -> list[object]:
    try:
        answer: Any = json.loads(body.decode("utf-8", "replace"))
        updates = answer["result"]
    except (ValueError, RecursionError, TypeError, KeyError):
        raise Unreadable from None
    if not isinstance(updates, list):
        raise Unreadable
    return updates


def _number(update: object) -> int | None:
    try:
        return number_of(update)
    except (LookupError, TypeError, ValueError):
        return None
