"""Socket Mode as Slack's side of it: envelopes to one socket each, acks, redelivery, and sockets that go wrong."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.platforms.wires import reset
from tests.slack.blocks import Json
from tests.slack.workspace import APP

Kind = Literal["events_api", "slash_commands", "interactive"]
MOST_SOCKETS = 10


@dataclass
class Delivery:
    """One envelope to one socket. ack: its payload ({} when empty), None as long as nobody answers. at: loop time."""

    id: str
    kind: Kind
    payload: Json
    attempt: int
    echo: bool
    sent_at: float
    acked_at: float = 0.0
    ack: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False)
class Link:
    """One connected socket. silent: half-open, it neither reads nor answers."""

    number: int
    request: web.Request
    socket: web.WebSocketResponse
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    cut: asyncio.Event = field(default_factory=asyncio.Event)


class SocketMode:
    """delivered: every envelope that was sent, oldest first."""

    ack_seconds = 3.0
    retry_delays: tuple[float, ...] = (0, 60, 300)

    def __init__(self, tell: Callable[[], None]) -> None:
        self.links: list[Link] = []
        self.delivered: list[Delivery] = []
        self._by_id: dict[str, Delivery] = {}
        self.tickets: set[str] = set()
        self.url = ""
        self._tell = tell
        self._deaf = 0
        self._refusals = 0
        self._numbers = count(1)
        self._turn = 0
        self._connected = asyncio.Event()

    def new_url(self) -> str:
        """A place to connect to; it takes one socket."""
        ticket = f"fake-ticket-{next(self._numbers)}"
        self.tickets.add(ticket)
        return f"{self.url}/link/?ticket={ticket}&app_id={APP}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self.tickets:
            return web.Response(status=401)
        self.tickets.discard(request.query["ticket"])
        if self._refusals:
            self._refusals -= 1
            return web.Response(status=503)
        link = Link(next(self._numbers), request, web.WebSocketResponse())
        try:
            await link.socket.prepare(request)
        except ConnectionError:  # whoever asked has gone
            return link.socket
        if len(self.links) >= MOST_SOCKETS:
            await link.socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": _HOST})
            await link.socket.close()
            return link.socket
        self._join(link)
        try:
            await link.socket.send_json(self._hello())
            await self._listen(link)
        finally:
            self._leave(link)
        return link.socket

    def _hello(self) -> Json:
        debug = _HOST | {"build_number": 1, "approximate_connection_time": 18_060}
        counted = {"num_connections": len(self.links), "connection_info": {"app_id": APP}}
        return {"type": "hello", "debug_info": debug} | counted

    async def _listen(self, link: Link) -> None:
        silence = asyncio.ensure_future(link.silent.wait())
        heard: asyncio.Future[Any] = silence
        try:
            while True:
                heard = asyncio.ensure_future(link.socket.receive())
                await asyncio.wait({heard, silence}, return_when=asyncio.FIRST_COMPLETED)
                if link.silent.is_set():
                    break
                message = heard.result()
                if message.type is not WSMsgType.TEXT:
                    return
                self._hear(json.loads(message.data))
        finally:
            heard.cancel()
            silence.cancel()
        await link.cut.wait()

    def _hear(self, answer: Json) -> None:
        delivery = self._by_id.get(answer.get("envelope_id", ""))
        if delivery is None:
            return
        if self._deaf and not delivery.echo:
            self._deaf -= 1
            return
        delivery.ack, delivery.acked_at = answer.get("payload") or {}, asyncio.get_running_loop().time()
        delivery.answered.set()
        self._tell()

    @property
    def connected(self) -> list[Link]:
        """The sockets Slack believes in; a half-open one is among them until its connection is gone."""
        for link in list(self.links):
            if link.request.transport is None or link.request.transport.is_closing():
                link.cut.set()
                self._leave(link)
        return self.links

    def _join(self, link: Link) -> None:
        self.links.append(link)
        self._connected.set()
        self._tell()

    def _leave(self, link: Link) -> None:
        if link in self.links:
            self.links.remove(link)
        if not self.links:
            self._connected.clear()
        self._tell()

    async def deliver(self, kind: Kind, payload: Json, *, echo: bool = False) -> Json | None:
        """Brings it to one socket; returns the payload of the ack, or None when nobody acknowledged it.

        Events wait for a socket and are brought again; an interaction is lost when no ack comes in time.
        echo: it tells the bot of its own doing.
        """
        if kind != "events_api":
            return await self._try_once(kind, payload)
        reason = ""
        for attempt, delay in enumerate((0.0, *self.retry_delays)):
            await asyncio.sleep(delay)
            await self._a_socket()
            ack = await self._try(kind, payload, attempt, reason, echo)
            if ack is not None:
                return ack
            reason = "timeout"
        return None

    async def _a_socket(self) -> None:
        while not self.connected:
            await self._connected.wait()

    async def _try_once(self, kind: Kind, payload: Json) -> Json | None:
        try:
            async with asyncio.timeout(self.ack_seconds):
                await self._a_socket()
        except TimeoutError:
            return None
        return await self._try(kind, payload, 0, "", False)

    async def _try(self, kind: Kind, payload: Json, attempt: int, reason: str, echo: bool) -> Json | None:
        now = asyncio.get_running_loop().time()
        delivery = Delivery(str(uuid4()), kind, payload, attempt, echo, now)
        self.delivered.append(delivery)
        self._by_id[delivery.id] = delivery
        await self._send(delivery, reason)
        with suppress(TimeoutError):
            async with asyncio.timeout(self.ack_seconds):
                await delivery.answered.wait()
        del self._by_id[delivery.id]
        return delivery.ack

    async def _send(self, delivery: Delivery, reason: str) -> None:
        self._turn += 1
        link = self.links[self._turn % len(self.links)]
        envelope: Json = {"envelope_id": delivery.id, "payload": delivery.payload, "type": delivery.kind}
        envelope["accepts_response_payload"] = delivery.kind != "events_api"
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": delivery.attempt, "retry_reason": reason}
        if not link.silent.is_set():
            with suppress(ConnectionError):
                await link.socket.send_json(envelope)
        self._tell()

    async def recycle(self, reason: Literal["refresh_requested", "warning"] = "refresh_requested") -> None:
        """Slack asks every socket to come again, then closes it. A warning leaves it to the client to close first."""
        for link in [each for each in self.links if not each.silent.is_set()]:
            with suppress(ConnectionError):  # it may be going by itself
                await link.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": _HOST})
                if reason == "refresh_requested":
                    await link.socket.close()

    def give_up(self) -> None:
        """Whoever waits for an acknowledgement is told now that none came."""
        for delivery in self._by_id.values():
            delivery.answered.set()

    def drop(self) -> None:
        """Cuts every connection without a word."""
        for link in list(self.links):
            link.cut.set()
            reset(link.request)

    def go_silent(self) -> None:
        """Every socket that is connected now becomes half-open: it reads nothing and answers nothing."""
        for link in self.links:
            link.silent.set()

    def refuse_links(self, times: int) -> None:
        """The next connections are refused, and their addresses are used up."""
        self._refusals = times

    def deaf_to_acks(self, times: int) -> None:
        """The next acks get lost on their way; those for echoes of the bot's own doing do not count."""
        self._deaf = times


_HOST = {"host": "applink-fake"}
