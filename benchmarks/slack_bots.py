"""The bots under Slack's load, each in a process of its own: our house, a stock Bolt app, and a bare wire."""

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

import aiohttp
import aiosqlite
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import Tokens, open_slack
from bot.app.house import House
from bot.app.logs import configure
from bot.app.memory import HouseMemory
from bot.app.platforms import commands
from bot.app.web import open_doors
from bot.chat.events import Address
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.knowledge.index import Hit
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from bot.store.session import Session

TEAM = "T0TEAM"
PEOPLE = 600
"""At 200 events a second each of them says something every three seconds."""

PATH = "/slack/events"
READY = "ready"
SLOW_WORD, SLOW_SECONDS = "ゆっくり", 3.0
KEYS = Keys(b"b" * 32)
ANSWER = "はい、聞いています。"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot lives and whom it talks to. port: where Slack calls it; 0 for Socket Mode."""

    folder: str
    api_url: str
    bot_token: str
    app_token: str
    signing_secret: str
    port: int

    def written(self) -> str:
        return json.dumps(asdict(self))


def person(number: int) -> str:
    return f"U0P{number}"


def ready() -> None:
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()


class PatientHandbook(Handbook):
    """Takes its time for one word, as a model that has to be loaded first would."""

    async def nearest(self, question: str, limit: int = 3, before: str = "") -> tuple[Hit, ...]:
        if SLOW_WORD in question:
            await asyncio.sleep(SLOW_SECONDS)
        return await super().nearest(question, limit, before)


async def ours(place: Place) -> None:
    """As `yorisoi serve` builds it, with everybody joined and the small encoder of the tests."""
    settings = Settings(data_dir=Path(place.folder), http_port=place.port or 8080)
    configure(settings.log_level)
    database = Database(settings.database, KEYS)
    await database.write(_everybody_joins)
    house = House(settings, database, PatientHandbook(embedder=HashEmbedder), Clock())
    await house.handbook.warm()
    secret, app_token = (place.signing_secret, "") if place.port else ("", place.app_token)
    tokens = Tokens(place.bot_token, app_token, secret, place.api_url)
    memory = HouseMemory(database, "slack", house.clock)
    async with (
        open_slack(tokens, memory, house.text.speaking, commands()) as adapter,
        open_doors(adapter.doors, settings.http_host, settings.http_port),
        asyncio.TaskGroup() as group,
    ):
        group.create_task(house.run([adapter]))
        await adapter.ready.wait()
        ready()


def _everybody_joins(session: Session) -> None:
    now = datetime.now(UTC)
    code = members.invite(session, Role.SUPPORTER, PEOPLE, now + timedelta(days=1))
    for number in range(PEOPLE):
        members.join(session, Address("slack", TEAM, person(number)), code, "ja", now)


async def stock(place: Place, *, stored_first: bool = False) -> None:
    """One durable row per event, then a line back. stored_first: Bolt acknowledges after the row and not at once."""
    notes = await aiosqlite.connect(Path(place.folder) / _NOTES)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE note (event TEXT, text TEXT)",
    ):
        await notes.execute(statement)
    moments = os.open(Path(place.folder) / _MOMENTS, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    client = AsyncWebClient(token=place.bot_token, base_url=place.api_url)
    app = AsyncApp(client=client, signing_secret=place.signing_secret, process_before_response=stored_first)

    async def keep(event: dict[str, Any]) -> None:
        name = f"{event['channel']}:{event['ts']}"
        await notes.execute("INSERT INTO note VALUES (?, ?)", (name, event["text"]))
        await notes.commit()
        os.write(moments, f"{name} {time.time()}\n".encode())

    async def answer(event: dict[str, Any], say: Any) -> None:
        if SLOW_WORD in event["text"]:
            await asyncio.sleep(SLOW_SECONDS)
        await say(ANSWER)

    async def note(event: dict[str, Any], say: Any) -> None:
        await keep(event)
        await answer(event, say)

    if stored_first:
        app.event("message")(ack=keep, lazy=[answer])
    else:
        app.event("message")(note)
    if place.port:
        runner = web.AppRunner(app.web_app(PATH), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", place.port).start()
    else:
        await AsyncSocketModeHandler(app, place.app_token).connect_async()  # type: ignore[no-untyped-call]
    ready()
    await asyncio.Event().wait()


async def bare(place: Place) -> None:
    """No library of Slack's, no disk: what is left is the wire and the fake itself."""
    async with aiohttp.ClientSession(base_url=place.api_url) as session:
        headers = {"Authorization": f"Bearer {place.bot_token}"}

        async def answer(channel: str) -> None:
            async with session.post("chat.postMessage", json={"channel": channel, "text": ANSWER}, headers=headers):
                pass

        answers: set[asyncio.Task[None]] = set()
        async with session.post(
            "apps.connections.open", headers={"Authorization": f"Bearer {place.app_token}"}
        ) as opened:
            url = (await opened.json())["url"]
        async with session.ws_connect(url) as socket:
            ready()
            async for message in socket:
                envelope = json.loads(message.data)
                if "envelope_id" not in envelope:
                    continue
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
                event = envelope["payload"]["event"]
                if not event.get("bot_id"):
                    answers.add(task := asyncio.create_task(answer(event["channel"])))
                    task.add_done_callback(answers.discard)


BOTS: dict[str, Callable[[Place], Awaitable[None]]] = {
    "ours": ours,
    "stock": stock,
    "stock, stored first": partial(stock, stored_first=True),
    "bare": bare,
}


_HOUSE, _NOTES, _MOMENTS = "yorisoi.db", "notes.db", "moments"
_ROWS = {
    "ours": (_HOUSE, {"kept": "SELECT token FROM inbox", "handled": "SELECT token FROM inbox WHERE state = 'done'"}),
    "stock": (_NOTES, {"kept": "SELECT event FROM note", "handled": "SELECT event FROM note"}),
}


def missing(bot: str, folder: Path, names: set[str], state: Literal["kept", "handled"]) -> set[str]:
    """Which of these events are not in the bot's rows; the bare one has none and misses none."""
    if bot == "bare":
        return set()
    file, queries = _ROWS["ours" if bot == "ours" else "stock"]
    with closing(sqlite3.connect(folder / file)) as connection:
        return names - {str(row[0]) for row in connection.execute(queries[state])}


def row_name(bot: str, channel: str, ts: str) -> str:
    return KEYS.token("event", "slack", TEAM, f"message:{channel}:{ts}") if bot == "ours" else f"{channel}:{ts}"


def stored_at(folder: Path) -> dict[str, float]:
    """When the stock app had each event on the disk; nothing of the others."""
    file = folder / _MOMENTS
    lines = file.read_text().splitlines() if file.exists() else []
    return {name: float(moment) for name, _, moment in (line.partition(" ") for line in lines)}


async def _live(bot: str, place: Place) -> None:
    await BOTS[bot](place)


if __name__ == "__main__":
    asyncio.run(_live(sys.argv[1], Place(**json.loads(sys.argv[2]))))
