"""A tiny stock Bolt app that echoes, opens a form and answers it, to hold the fake against the real libraries."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.blocks import Json
from tests.slack.server import FakeSlack

QUIET = logging.getLogger("tests.slack.bolt_bot")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": plain(text)}


def button(label: str, action: str, value: str = "1") -> Json:
    return {"type": "button", "text": plain(label), "action_id": action, "value": value}


def line(name: str, label: str, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "answer", **more}
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


def form(*blocks: Json, title: str = "A form", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
    } | more


ANSWERED: dict[str, Json] = {
    "no": {"response_action": "errors", "errors": {"q": "Not so short"}},
    "wrong field": {"response_action": "errors", "errors": {"other": "Not so short"}},
    "more": {"response_action": "push", "view": form(line("q", "And then?"))},
    "other": {"response_action": "update", "view": form(line("q", "Why again?"))},
    "too long": {"response_action": "update", "view": form(section("x"), title="x" * 25)},
    "enough": {"response_action": "clear"},
}
"""Answers to the form that the bot acknowledges with something."""


def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, logger=QUIET)


def bolt_app(slack: FakeSlack) -> AsyncApp:
    app = AsyncApp(client=client(slack), signing_secret=slack.signing_secret, logger=QUIET)

    @app.event("message")
    async def echo(event: Json, say: Any) -> None:
        if "subtype" not in event:
            await say(text=f"You said: {event['text']}")

    @app.event("app_mention")
    async def mention(say: Any) -> None:
        await say(text="Here I am", blocks=[{"type": "actions", "elements": [button("Open", "open")]}])

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        view = {"type": "home", "blocks": [section("At home"), {"type": "actions", "elements": [button("In", "open")]}]}
        await client.views_publish(user_id=event["user"], view=view)

    @app.command("/yorisoi")
    async def command(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(
            trigger_id=body["trigger_id"], view=form(line("q", "Why?"), section(body["text"] or "-"))
        )

    @app.action("open")
    async def opened(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(line("q", "Why?", max_length=20)))

    @app.view("form")
    async def submitted(ack: Any, body: Json, client: AsyncWebClient) -> None:
        answer = body["view"]["state"]["values"]["q"]["answer"]["value"]
        if answer in ANSWERED:
            await ack(**ANSWERED[answer])
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Because: {answer}")

    return app


@asynccontextmanager
async def connected(slack: FakeSlack, ping_interval: float = 5) -> AsyncIterator[AsyncSocketModeHandler]:
    """The bot, listening on a socket."""
    handler = AsyncSocketModeHandler(bolt_app(slack), slack.app_token, logger=QUIET, ping_interval=ping_interval)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def listening(slack: FakeSlack) -> AsyncIterator[None]:
    """The bot, behind a Request URL."""
    app = bolt_app(slack)

    async def serve(request: web.Request) -> web.Response:
        asked = AsyncBoltRequest(body=await request.text(), headers=dict(request.headers))
        answer = await app.async_dispatch(asked)
        headers = {name: values[0] for name, values in answer.headers.items()}
        return web.Response(status=answer.status, text=answer.body, headers=headers)

    server = web.Application()
    server.router.add_post("/slack", serve)
    runner = web.AppRunner(server, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.http.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
    try:
        yield
    finally:
        await runner.cleanup()
