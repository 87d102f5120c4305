"""One payload's way in: decoded, stored, acknowledged, and only then answered."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from bot.adapters.slack.answering import Answering
from bot.adapters.slack.arrival import Arrival, Elsewhere, Revoked, Undecodable
from bot.adapters.slack.decode import Decoder
from bot.chat.adapter import Dispatch
from bot.chat.errors import NotStored
from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.chat.saying import Saying

log = structlog.get_logger()

STORED_WITHIN = 2.5
"""Slack waits three seconds for the acknowledgement; without one it brings the event again."""

ANSWERED_WITHIN = 1.0
"""How long the acknowledgement of a submitted dialog waits for the answer it can carry."""

ARRIVES_WITHIN = 0.5
"""Seconds for "please wait" to reach Slack by its own connection: what came before it would be hidden by it."""

ASKED_WITHIN = 1.0
ENDED_WITHIN = 2.0

TAKEN = BoltResponse(status=200, body="")
NOT_STORED = BoltResponse(status=503, body="")


class Wire:
    def __init__(self, decoder: Decoder, answering: Answering, dispatch: Dispatch) -> None:
        self._decoder, self._answering, self._dispatch = decoder, answering, dispatch
        self._working: set[asyncio.Task[Any]] = set()
        self._saying = Saying("slack")

    async def receive(self, payload: Mapping[str, Any]) -> BoltResponse:
        """The acknowledgement, once the event is on the disk; 503 where it could not be stored."""
        try:
            arrival = self._decoder.decode(payload)
        except Undecodable as error:  # it would be the same at every try: taken, noted, and let go
            self._saying.warn("payload not understood", str(error))
            return TAKEN
        match arrival:
            case Revoked():
                log.error("the workspace removed the app or its token", platform="slack")
            case Elsewhere():
                self._saying.warn("event of another workspace")
            case Arrival():
                return await self._let_in(arrival)
        return TAKEN

    async def _let_in(self, arrival: Arrival) -> BoltResponse:
        until = asyncio.get_running_loop().time() + STORED_WITHIN
        if why := await self._kept_out(arrival):
            self._later(self._answering.turn_away(arrival, why))
            return TAKEN
        return await self._take(arrival, until)

    async def _kept_out(self, arrival: Arrival) -> str:
        """The words that say why, or nothing. Slack is asked for a second at most, and not to know lets in."""
        channel, person, body = arrival.event.address.channel, arrival.event.sender, arrival.event.body
        if arrival.foreign:
            self._saying.warn("guest of another organisation")
            return "slack.foreign"
        if arrival.event.direct:
            return ""
        with suppress(TimeoutError):
            async with asyncio.timeout(ASKED_WITHIN):
                if isinstance(body, Command) and body.name == "here" and await self._answering.outside(channel):
                    return "slack.invite_first"
                if isinstance(body, Press) and body.action == "join.here":
                    return "" if await self._answering.inside(channel, person) else "slack.enter_first"
        return ""

    async def close(self) -> None:
        """Answers at hand are still shown; what is stored and takes longer is answered after the next start."""
        if self._working:
            await asyncio.wait(self._working, timeout=ENDED_WITHIN)
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    async def settled(self) -> None:
        """Returns when every answer in hand has been shown."""
        while self._working:
            await asyncio.wait(self._working)

    async def _take(self, arrival: Arrival, until: float) -> BoltResponse:
        """until: when the acknowledgement has to leave, in the loop's own time."""
        left = until - asyncio.get_running_loop().time()
        stored = asyncio.Event()
        pending = self._later(self._handle(arrival, stored))
        waiting = asyncio.ensure_future(stored.wait())
        await asyncio.wait({pending, waiting}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not stored.is_set():
            log.error("event not stored", platform="slack", error=_kind(pending))
            if card := _at_least(pending):
                self._later(self._answering.at_least(arrival, card))
            elif not pending.done():  # it may still be; what Slack brings again is then known already
                self._later(self._answering.answer(arrival, pending))
            return NOT_STORED
        if arrival.way == "submission":
            return await self._acknowledged(arrival, pending, until)
        self._later(self._answering.answer(arrival, pending))
        return TAKEN

    async def _handle(self, arrival: Arrival, stored: asyncio.Event) -> Reply | None:
        try:
            return await self._dispatch(arrival.event, stored.set)
        except Exception as error:
            if stored.is_set():  # the house answers for what it has; this one is tried again by its clock
                log.error("turn broken off", platform="slack", error=type(error).__name__)
                return None
            raise

    async def _acknowledged(self, arrival: Arrival, pending: asyncio.Task[Reply | None], until: float) -> BoltResponse:
        left = until - asyncio.get_running_loop().time()
        done, _ = await asyncio.wait({pending}, timeout=max(0.0, min(left, ANSWERED_WITHIN)))
        if not done:
            self._later(self._answered_later(arrival, pending))
            return _json(self._answering.please_wait())
        return _json(self._answering.acknowledgement(pending.result()))

    async def _answered_later(self, arrival: Arrival, pending: asyncio.Task[Reply | None]) -> None:
        await asyncio.sleep(ARRIVES_WITHIN)
        await self._answering.answer(arrival, pending)

    def _later(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work, name="slack")
        self._working.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._working.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("answer broken off", platform="slack", error=type(error).__name__)


def _json(body: dict[str, Any] | None) -> BoltResponse:
    if body is None:
        return TAKEN
    return BoltResponse(
        status=200, body=json.dumps(body, ensure_ascii=False), headers={"content-type": ["application/json"]}
    )


def _at_least(task: asyncio.Task[Any]) -> Reply | None:
    """What cannot wait until it comes again."""
    error = task.exception() if task.done() and not task.cancelled() else None
    return error.reply if isinstance(error, NotStored) else None


def _kind(task: asyncio.Task[Any]) -> str:
    """What kept it from being stored."""
    if not task.done() or task.cancelled():
        return "timeout"
    error = task.exception()
    return type(error).__name__ if error else "unknown"
