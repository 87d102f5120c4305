"""Each platform as a process of its own, before the stock clients that any bot is written with."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from telegram import Bot, Update
from telegram.error import RetryAfter

from tests.platforms import ledger
from tests.platforms.troubles import KINDS, Troubles, share
from tests.source import ROOT

Json = dict[str, Any]


@asynccontextmanager
async def running(name: str, *words: str) -> AsyncIterator[Json]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"tests.{name}", *words, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        yield json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0


async def act(http: ClientSession, here: Json, path: str, given: object = ()) -> Json:
    answer = await http.post(f"{here['url']}/{path}", json=given)
    found: Json = await answer.json()
    assert answer.status == 200, found
    return found


async def look(http: ClientSession, here: Json, name: str, words: str) -> Json:
    answer = await http.get(f"{here['url']}/people/{name}", params={"sees": words})
    assert answer.status == 200, await answer.text()
    found: Json = await answer.json()
    return found


async def test_a_slack_for_anybody(tmp_path: Path) -> None:
    kept = tmp_path / "slack.jsonl"
    async with running("slack", "--ledger", str(kept)) as here, ClientSession() as http:
        web = AsyncWebClient(here["bot_token"], base_url=here["api_url"])
        client = SocketModeClient(here["app_token"], web_client=AsyncWebClient(base_url=here["api_url"]))

        async def answer(socket: Any, request: SocketModeRequest) -> None:
            await socket.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            event = request.payload["event"]
            if not event.get("bot_id"):
                await web.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")

        client.socket_mode_request_listeners.append(answer)
        await client.connect()  # type: ignore[no-untyped-call]
        try:
            await act(http, here, "people/hana/says", {"text": "hello"})
            assert "You said: hello" in (await look(http, here, "hana", "You said: hello"))["shown"]
            room = await act(http, here, "rooms/square")
            await act(http, here, "people/hana/look", [room["id"]])
            await act(http, here, "people/hana/mentions", {"room": "square", "text": "all"})
            await look(http, here, "hana", "You said: <@U0BOT> all")
            await act(http, here, "faults", {"method": "auth.test", "status": 429, "retry_after": 7})
            with pytest.raises(SlackApiError) as told:
                await web.auth_test()
            assert told.value.response.headers["Retry-After"] == "7"
            refused = await http.post(f"{here['url']}/people/hana/flies")
            assert refused.status == 404 and "presses" in await refused.text()
            refused = await http.post(f"{here['url']}/people/hana/presses", json=["nowhere"])
            assert refused.status == 400 and "nowhere" in await refused.text()
        finally:
            await client.close()  # type: ignore[no-untyped-call]
    said = [line["args"]["text"] for line in ledger.read(kept, "call") if line["method"] == "chat.postMessage"]
    assert said == ["You said: hello", "You said: <@U0BOT> all"]
    assert [line["ack"] for line in ledger.read(kept, "event")] == [{}, {}]


async def test_a_telegram_for_anybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    kept = tmp_path / "telegram.jsonl"
    async with running("telegram", "--ledger", str(kept)) as here, ClientSession() as http:
        await act(http, here, "people/hana/starts", {"code": "INVITED"})
        async with Bot(here["token"], base_url=f"{here['api_url']}/bot") as bot:
            [update] = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
            assert update.message and update.message.text == "/start INVITED"
            await bot.send_message(update.message.chat_id, "Welcome")
            await bot.get_updates(offset=update.update_id + 1)
            await act(http, here, "faults", {"method": "getMe", "code": 429, "description": "", "retry_after": 7})
            with pytest.raises(RetryAfter):
                await bot.get_me()
        assert "Welcome" in (await look(http, here, "hana", "Welcome"))["shown"]
    facts = list(ledger.read(kept))
    assert [(fact["what"], fact.get("method")) for fact in facts] == [
        ("update", None), ("call", "getMe"), ("call", "sendMessage"), ("taken", None),
    ]  # fmt: skip


async def test_a_bad_day_is_the_same_day_again() -> None:
    """One call in three is told to wait; the seed says which."""

    async def day() -> list[bool]:
        async with running("telegram", "--seed", "7", "--trouble", "429=0.33") as here, ClientSession() as http:
            address = f"{here['api_url']}/bot{here['token']}/getMe"
            return [(await http.post(address)).status == 429 for _ in range(30)]

    first = await day()
    assert 5 < sum(first) < 16
    assert await day() == first


def test_troubles_are_shares_of_all_calls() -> None:
    makers = {kind: (lambda _, kind=kind: kind) for kind in KINDS}
    drawn = Troubles(dict.fromkeys(KINDS, 0.1), makers, seed=1)
    found = [drawn.drawn() for _ in range(2000)]
    assert all(150 < found.count(kind) < 250 for kind in KINDS)
    assert share("slow=0.5") == ("slow", 0.5)
    for written in ("rain=0.1", "429", "429=2", "429=x"):
        with pytest.raises(ValueError):
            share(written)
