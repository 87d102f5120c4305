"""One payload's way in: decoded, stored, acknowledged, and only then answered."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from bot.adapters.slack.answering import Answering
from bot.adapters.slack.arrival import Arrival, Elsewhere, Revoked, Undecodable
from bot.adapters.slack.decode import Decoder
from bot.chat.adapter import Dispatch
from bot.chat.events import Command
from bot.chat.messages import Reply

log = structlog.get_logger()

STORED_WITHIN = 2.5
"""Slack waits three seconds for the acknowledgement; without one it brings the event again."""

ANSWERED_WITHIN = 1.0
"""How long the acknowledgement of a submitted dialog waits for the answer it can carry."""

ENDED_WITHIN = 2.0

TAKEN = BoltResponse(status=200, body="")
NOT_STORED = BoltResponse(status=503, body="")


class Wire:
    def __init__(self, decoder: Decoder, answering: Answering, dispatch: Dispatch) -> None:
        self._decoder, self._answering, self._dispatch = decoder, answering, dispatch
        self._working: set[asyncio.Task[Any]] = set()

    async def receive(self, payload: Mapping[str, Any]) -> BoltResponse:
        """The acknowledgement, once the event is on the disk; 503 where it could not be stored."""
        try:
            arrival = self._decoder.decode(payload)
        except Undecodable as error:  # it would be the same at every try: taken, noted, and let go
            log.error("payload not understood", platform="slack", error=str(error))
            return TAKEN
        match arrival:
            case Revoked():
                log.error("the workspace removed the app or its token", platform="slack")
            case Elsewhere():
                log.warning("event of another workspace", platform="slack")
            case Arrival():
                return await self._let_in(arrival)
        return TAKEN

    async def _let_in(self, arrival: Arrival) -> BoltResponse:
        if arrival.foreign:
            self._later(self._answering.turn_away(arrival, "slack.foreign"))
            return TAKEN
        if _links_channel(arrival) and await self._outside(arrival):
            self._later(self._answering.turn_away(arrival, "slack.invite_first"))
            return TAKEN
        return await self._take(arrival)

    async def _outside(self, arrival: Arrival) -> bool:
        """Asked before anything is linked, but never longer than an acknowledgement may take."""
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                return await self._answering.outside(arrival.event.address.channel)
        except TimeoutError:
            return False

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

    async def _take(self, arrival: Arrival) -> BoltResponse:
        stored = asyncio.Event()
        pending = self._later(self._handle(arrival, stored))
        waiting = asyncio.ensure_future(stored.wait())
        await asyncio.wait({pending, waiting}, timeout=STORED_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not stored.is_set():
            log.error("event not stored", platform="slack", error=_kind(pending))
            if not pending.done():  # it may still be; what Slack brings again is then known already
                self._later(self._answering.answer(arrival, pending))
            return NOT_STORED
        if arrival.way == "submission":
            return await self._acknowledged(arrival, pending)
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

    async def _acknowledged(self, arrival: Arrival, pending: asyncio.Task[Reply | None]) -> BoltResponse:
        done, _ = await asyncio.wait({pending}, timeout=ANSWERED_WITHIN)
        if not done:
            self._later(self._answering.answer(arrival, pending))
            return _json(self._answering.please_wait())
        return _json(self._answering.acknowledgement(pending.result()))

    def _later(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work, name="slack")
        self._working.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._working.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("answer broken off", platform="slack", error=type(error).__name__)


def _links_channel(arrival: Arrival) -> bool:
    return isinstance(arrival.event.body, Command) and arrival.event.body.name == "here" and not arrival.event.direct


def _json(body: dict[str, Any] | None) -> BoltResponse:
    if body is None:
        return TAKEN
    return BoltResponse(
        status=200, body=json.dumps(body, ensure_ascii=False), headers={"content-type": ["application/json"]}
    )


def _kind(task: asyncio.Task[Any]) -> str:
    """What kept it from being stored."""
    if not task.done() or task.cancelled():
        return "timeout"
    error = task.exception()
    return type(error).__name__ if error else "unknown"
