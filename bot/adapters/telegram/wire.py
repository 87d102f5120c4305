"""One update's way in: decoded, stored, and only then confirmed and answered."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.adapters.telegram.albums import Albums
from bot.adapters.telegram.answering import Answering
from bot.adapters.telegram.arrival import PLATFORM, Arrival, Undecodable
from bot.adapters.telegram.decode import Decoder
from bot.adapters.telegram.in_hand import InHand
from bot.adapters.telegram.trail import Trail
from bot.chat.adapter import Dispatch
from bot.chat.errors import NotStored
from bot.chat.events import Command, Edit, Event, News, Text
from bot.chat.messages import Reply

log = structlog.get_logger()

AT_ONCE = 20
"""Turns and answers that may be under way before we ask for more: what is in hand is lost at a kill."""

LOOK_SECONDS = 1.0
MOST_PRESSES = 200
"""Presses whose little clock is being ended; it ends by itself where there are more."""


class Wire:
    """away: chats that took nothing lately; any word from one of them says that it does again."""

    def __init__(
        self, decoder: Decoder, answering: Answering, trail: Trail, dispatch: Dispatch, away: set[str]
    ) -> None:
        self._decoder, self._answering, self._trail = decoder, answering, trail
        self._dispatch, self._away = dispatch, away
        self._working: set[asyncio.Task[Any]] = set()
        self._pressed: set[asyncio.Task[Any]] = set()
        self._in_hand = InHand(answering.answer)
        self._albums = Albums()

    async def take(self, update: object, epoch: int, within: float | None = None) -> bool:
        """True once it may be confirmed: it is on the disk, or none of our business. within: seconds to wait."""
        try:
            arrival = self._decoder.decode(update, epoch)
        except Undecodable as error:  # it would be the same at every try: noted, and passed over
            log.error("update not understood", platform=PLATFORM, error=str(error))
            return True
        if arrival is None or not self._albums.is_first(arrival):
            return True
        if arrival.callback and len(self._pressed) < MOST_PRESSES:
            self._later(self._answering.acknowledge(arrival), self._pressed)
        arrival = self._remembering(arrival)
        if not await self._stored(arrival, within):
            self._forget_change(arrival)
            return False
        if returned := self._returned(arrival.event):
            if not await self._stored(Arrival(returned), within):
                return False
            self._away.discard(arrival.event.sender)
        return True

    async def tell(self, event: Event) -> bool:
        """What nobody did, but everybody should know."""
        return await self._stored(Arrival(event), None)

    async def room(self) -> None:
        """Waits until more may come in; for a chat that Telegram holds up it does not."""
        while len(self._working) + self._in_hand.pressing() >= AT_ONCE:
            under_way = self._working | self._in_hand.tasks
            await asyncio.wait(under_way, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)

    async def settled(self) -> None:
        """Returns when every answer in hand has been shown."""
        while under_way := self._under_way():
            await asyncio.wait(under_way)

    async def close(self) -> None:
        """What is stored and not answered is answered after the next start."""
        under_way = self._under_way()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _under_way(self) -> set[asyncio.Task[Any]]:
        return self._working | self._pressed | self._in_hand.tasks

    def _remembering(self, arrival: Arrival) -> Arrival:
        """Keeps for a while what stood in which message: only so can a change be understood."""
        event, body = arrival.event, arrival.event.body
        if isinstance(body, Text) and event.direct:
            self._trail.heard(event.sender, arrival.message, body.text)
        if isinstance(body, Edit):
            before = self._trail.rewritten(event.sender, arrival.message, body.text)
            return replace(arrival, event=replace(event, body=Edit(before, body.text)))
        return arrival

    def _forget_change(self, arrival: Arrival) -> None:
        """It comes again, and is a change of the same words then."""
        if isinstance(body := arrival.event.body, Edit):
            self._trail.restored(arrival.event.sender, arrival.message, body.text, body.before)

    def _returned(self, event: Event) -> Event | None:
        """Whoever writes to us, or starts us, can be written to."""
        started = isinstance(event.body, Command) and event.body.name == "start"
        if not event.direct or isinstance(event.body, News) or not (started or event.sender in self._away):
            return None
        return replace(event, id=f"{event.id}:back", body=News("back"))

    async def _stored(self, arrival: Arrival, within: float | None) -> bool:
        stored = asyncio.Event()
        pending = self._later(self._handle(arrival, stored), self._working)
        waiting = asyncio.ensure_future(stored.wait())
        await asyncio.wait({pending, waiting}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not stored.is_set():
            log.error("event not stored", platform=PLATFORM, error=_kind(pending))
        return stored.is_set()

    async def _handle(self, arrival: Arrival, stored: asyncio.Event) -> None:
        reply: Reply | None = None
        try:
            reply = await self._dispatch(arrival.event, stored.set)
        except NotStored as missed:  # it comes again; what its author reads now cannot wait for that
            self._in_hand.put(arrival, missed.reply)
            raise
        except Exception as error:
            if not stored.is_set():
                raise
            log.error("turn broken off", platform=PLATFORM, error=type(error).__name__)  # the clock tries it again
        if reply is not None:
            self._in_hand.put(arrival, reply)

    def _later(self, work: Coroutine[Any, Any, Any], among: set[asyncio.Task[Any]]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work, name=PLATFORM)
        among.add(task)
        task.add_done_callback(partial(_finished, among))
        return task


def _finished(among: set[asyncio.Task[Any]], task: asyncio.Task[Any]) -> None:
    among.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.error("answer broken off", platform=PLATFORM, error=type(error).__name__)


def _kind(task: asyncio.Task[Any]) -> str:
    """What kept it from being stored."""
    if not task.done() or task.cancelled():
        return "timeout"
    error = task.exception()
    return type(error).__name__ if error else "unknown"
