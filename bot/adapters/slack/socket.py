"""Socket Mode: the connection Slack brings events through, opened from inside and kept open."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.adapters.slack.api import QUIET, Api
from bot.adapters.slack.doorway import STUMBLED
from bot.adapters.slack.wire import TAKEN

log = structlog.get_logger()

PING_SECONDS = 5.0
"""A connection that answers no ping for four of these is taken for dead and opened anew by the SDK."""

LOST_SECONDS = 40.0
"""Longer without a connection means that the SDK is knocking at an address that is used up; it gets a new one."""


Notice = Callable[[], object]


class Socket:
    """connected: called with every new connection, for whatever may have been missed in between. lost: called while
    there is none."""

    def __init__(self, app: AsyncApp, app_token: str, api: Api, connected: Notice, lost: Notice) -> None:
        self._app, self._app_token, self._api = app, app_token, api
        self._connected, self._lost = connected, lost

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            async with self._listening() as handler:
                await self._watch(handler)
            log.warning("connection lost", platform="slack")

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Returns when there has been no connection for too long."""
        session, heard = None, time.monotonic()
        while time.monotonic() - heard < LOST_SECONDS:
            if await handler.client.is_connected():
                heard = time.monotonic()
                if handler.client.current_session is not session:
                    session = handler.client.current_session
                    self._connected()
            else:
                session = None
                self._lost()
            await asyncio.sleep(min(PING_SECONDS, 1.0))

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[AsyncSocketModeHandler]:
        handler = _Handler(
            self._app, self._app_token, logger=QUIET, web_client=self._api.client, ping_interval=PING_SECONDS
        )
        connecting = asyncio.create_task(handler.connect_async(), name="slack connecting")  # type: ignore[no-untyped-call]  # for ever
        try:
            yield handler
        finally:
            connecting.cancel()
            await handler.close_async()  # type: ignore[no-untyped-call]
            await asyncio.gather(connecting, return_exceptions=True)


class _Handler(AsyncSocketModeHandler):
    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """What Bolt stumbles over would be the same at every try: taken, noted, and let go."""
        started = time.time()
        try:
            response = await run_async_bolt_app(self.app, req)
        except Exception as error:
            log.warning("request not understood", platform="slack", error=type(error).__name__)
            response = TAKEN
        if response.status == STUMBLED:
            log.warning("request not understood", platform="slack")
            response = TAKEN
        await send_async_response(client, req, response, started)
