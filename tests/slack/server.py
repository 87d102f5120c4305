"""A whole Slack on the loopback: Web API, Socket Mode, HTTP events and people, as one thing a test opens."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal

from aiohttp import web

from tests.platforms.ledger import Ledger
from tests.slack.api import Api, Tokens
from tests.slack.blocks import Json
from tests.slack.doors import Doors
from tests.slack.faults import Faults
from tests.slack.http_events import HttpEvents
from tests.slack.interactions import Interactions
from tests.slack.methods import ALL_SCOPES, Desk
from tests.slack.payloads import Payloads
from tests.slack.people import SlackPerson
from tests.slack.socket_mode import Kind, SocketMode
from tests.slack.workspace import BOT, TEAM, User, Workspace, real_time

Mode = Literal["socket", "http"]


class FakeSlack:
    """echoes: the bot is told of its own direct messages, as Slack does. ledger: where every fact is written."""

    signing_secret = "fake-signing-secret"

    def __init__(self, mode: Mode, now: Callable[[], datetime], ledger: Ledger | None = None) -> None:
        self.mode, self.ledger = mode, ledger or Ledger()
        self.echoes = True
        self.tokens = Tokens()
        self.workspace = Workspace(now)
        self.faults = Faults(self.workspace.tell)
        self.socket = SocketMode(self.workspace.tell)
        self.http = HttpEvents(self.signing_secret, self.workspace.tell)
        self.payloads = Payloads(self.workspace)
        self.doors = Doors(self.workspace)
        self.interactions = Interactions(self.workspace, self.doors)
        self.url = ""
        self.desk = Desk(self.workspace, self.doors, set(ALL_SCOPES), self.socket.new_url, self.tell_of_own)
        self._underway: set[asyncio.Task[Any]] = set()

    @property
    def scopes(self) -> set[str]:
        """What the bot's token may do; take some away to see missing_scope."""
        return self.desk.scopes

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.tokens.bot

    @property
    def app_token(self) -> str:
        return self.tokens.app

    def person(self, name: str, member_of: Iterable[str] = (), *, real_name: str = "", team: str = TEAM) -> SlackPerson:
        """name: plain letters, because the id is made of it. team: another one for a guest from outside.

        The same name again is the same person at another screen.
        """
        user_id = f"U0{name.upper()}"
        if user_id not in self.workspace.users:
            self.workspace.add_user(User(user_id, name, real_name or f"{name.title()} Fake", name, team))
        for channel in member_of:
            self.workspace.channels[channel].members.add(user_id)
        return SlackPerson(self, user_id)

    def channel(self, name: str, private: bool = False, *, bot: bool = True) -> str:
        """The id of a new channel. bot: it is a member."""
        return self.workspace.add_channel(name, "private" if private else "public", {BOT} if bot else set()).id

    async def deliver(self, kind: Kind, payload: Json, *, echo: bool = False) -> Json | None:
        """The payload of the ack ({} when empty), or None when nobody acknowledged it."""
        wire = self.socket if self.mode == "socket" else self.http
        ack = await wire.deliver(kind, payload, echo=echo)
        if not echo:
            self.ledger.add("event", kind=kind, payload=payload, ack=ack)
        return ack

    def start(self, act: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Lets something happen meanwhile: a person's act, a delivery. It ends with this Slack at the latest."""
        task = asyncio.ensure_future(act)
        self._underway.add(task)
        task.add_done_callback(self._underway.discard)
        return task

    def tell_of_own(self, channel: str, event: Json) -> None:
        """Events that the bot's own doing causes: apps hear of them in direct messages."""
        if self.echoes and self.workspace.channels[channel].kind == "im":
            told = event | {"channel": channel, "event_ts": event["ts"], "channel_type": "im"}
            self.start(self.deliver("events_api", self.payloads.callback(told), echo=True))

    async def close(self) -> None:
        for task in list(self._underway):
            task.cancel()
        await asyncio.gather(*self._underway, return_exceptions=True)
        await self.http.close()


@asynccontextmanager
async def open_slack(
    mode: Mode = "socket",
    now: Callable[[], datetime] = real_time,
    *,
    ledger: Ledger | None = None,
    port: int = 0,
    also: Callable[[FakeSlack, web.Application], None] | None = None,
) -> AsyncIterator[FakeSlack]:
    """also: what else is to be found at this address."""
    slack = FakeSlack(mode, now, ledger)
    app = web.Application()
    Api(slack.desk, slack.faults, slack.tokens, slack.ledger).add_routes(app)
    if also:
        also(slack, app)
    app.router.add_get("/link/", slack.socket.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        slack.doors.base_url = slack.url
        slack.socket.url = slack.url.replace("http", "ws", 1)
        yield slack
    finally:
        await slack.close()
        slack.socket.drop()
        await runner.cleanup()
