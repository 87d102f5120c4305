"""Updates brought to a webhook: the secret, the order, the tries, and what a server must turn away."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from telegram.error import BadRequest, RetryAfter

from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.stock_bot import client
from tests.telegram.webhook import SECRET_HEADER

SECRET = "fake_secret-1"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with open_telegram("webhook") as opened:
        opened.webhook.second, opened.webhook.set_pause = 0.001, 0
        yield opened


@asynccontextmanager
async def listening(telegram: FakeTelegram, answer: Answer) -> AsyncIterator[str]:
    """A server of the bot's, with its webhook set."""
    app = web.Application()
    app.router.add_post("/hook", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    async with client(telegram) as bot:
        await bot.set_webhook(url, secret_token=SECRET)
    try:
        yield url
    finally:
        telegram.webhook.stop()
        await runner.cleanup()


async def test_updates_come_in_order_until_the_bot_says_yes(telegram: FakeTelegram) -> None:
    refusals = [500, 429, 302, 404]
    heard: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        assert request.headers[SECRET_HEADER] == SECRET
        if refusals:
            return web.Response(status=refusals.pop(), headers={"Retry-After": "1"})
        heard.append((await request.json())["message"]["text"])
        return web.Response()

    hana = telegram.person("hana")
    async with listening(telegram, answer):
        for word in ("one", "two", "three"):
            await hana.says(word)
        await telegram.drained()
    assert heard == ["one", "two", "three"]
    tries = [sent.status for sent in telegram.webhook.sent]
    assert tries == [404, 302, 429, 500, 200, 200, 200]
    assert len({sent.update_id for sent in telegram.webhook.sent[:5]}) == 1


async def test_what_waited_comes_when_the_webhook_is_set_and_one_chat_does_not_hold_another(
    telegram: FakeTelegram,
) -> None:
    hana, ken = telegram.person("hana"), telegram.person("ken")
    await hana.says("stuck")
    await ken.says("through")
    heard: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        if text == "stuck" and "through" not in heard:
            return web.Response(status=503)
        heard.append(text)
        return web.Response()

    async with listening(telegram, answer):
        await telegram.drained()
    assert heard == ["through", "stuck"]


async def test_a_dead_server_gets_it_later(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    telegram.webhook.set("http://127.0.0.1:9/hook", "", 40)
    await hana.says("anybody there")
    await telegram.chats.until(lambda: len(telegram.webhook.sent) >= 3)
    async with client(telegram) as bot:
        info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert info.last_error_message == "Webhook connection closed"

    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    async with listening(telegram, answer):
        await telegram.drained()


async def test_an_update_grows_too_old_for_the_webhook() -> None:
    time = datetime(2026, 4, 1, tzinfo=UTC)
    async with open_telegram("webhook", now=lambda: time) as telegram:
        telegram.webhook.second = 0.001
        telegram.webhook.set("http://127.0.0.1:9/hook", "", 40)
        await telegram.person("hana").says("forgotten")
        await telegram.chats.until(lambda: telegram.webhook.sent)
        time += timedelta(hours=25)
        await telegram.drained()


async def test_an_update_comes_again(telegram: FakeTelegram) -> None:
    heard: list[int] = []

    async def answer(request: web.Request) -> web.Response:
        heard.append((await request.json())["update_id"])
        return web.Response()

    async with listening(telegram, answer):
        await telegram.person("hana").says("twice")
        await telegram.drained()
        telegram.updates.again(heard[0])
        await telegram.drained()
    assert len(heard) == 2
    assert len(set(heard)) == 1


async def test_a_call_in_the_answer(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": hana.id, "text": "At once"})

    async with listening(telegram, answer):
        await hana.says("x")
        await hana.sees_soon("At once")


async def test_forged_requests_go_out_as_given(telegram: FakeTelegram) -> None:
    async def answer(request: web.Request) -> web.Response:
        secret = request.headers.getall(SECRET_HEADER, [])
        return web.Response(status=200 if secret == [SECRET] else 401)

    async with listening(telegram, answer):
        body = json.dumps({"update_id": 1})
        assert (await telegram.webhook.send_raw({SECRET_HEADER: SECRET}, body)).status == 200
        for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "fake"}, {"X-Other": SECRET}):
            assert (await telegram.webhook.send_raw(headers, body)).status == 401


async def test_what_setting_a_webhook_refuses(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with client(telegram) as bot:
        for secret, words in (("x" * 257, "too long"), ("あ", "unallowed characters")):
            with pytest.raises(BadRequest, match=words):
                await bot.set_webhook("http://127.0.0.1:9/", secret_token=secret)
        with pytest.raises(BadRequest, match="Invalid webhook url specified"):
            await bot.set_webhook("not an address")
        telegram.webhook.set_pause = 30
        await bot.set_webhook("http://127.0.0.1:9/", secret_token="x" * 256)
        with pytest.raises(RetryAfter):
            await bot.set_webhook("http://127.0.0.1:9/")
