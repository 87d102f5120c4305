"""Telegram from the command line: serve, doctor, invite and outbox as real processes before a Telegram of our own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.routing.limits import EVENTS_A_MINUTE
from tests.adapters.slack.house import free_port
from tests.command_line.machine import ILL, REFUSED, WELL, Done, Machine
from tests.command_line.mail import WORDS, lines, post
from tests.command_line.mail import typed as outbox_typed
from tests.command_line.running import serving
from tests.operators.watch import Watch, looking_at
from tests.telegram.chats import BOT_NAME
from tests.telegram.faults import bad_gateway
from tests.telegram.server import FakeTelegram, open_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with open_telegram() as opened:
        yield opened


async def typed(machine: Machine, telegram: FakeTelegram, *words: str, **settings: str) -> Done:
    given = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root, **settings}
    return await asyncio.to_thread(machine.yorisoi, *words, settings=given)


async def test_serve_answers_within_limits_and_invite_knows_the_link(machine: Machine, telegram: FakeTelegram) -> None:
    before = await typed(machine, telegram, "invite", "--role", "supporter")
    assert "t.me" not in before.out
    environment = {**os.environ, "YORISOI_DATA_DIR": str(machine.data), "YORISOI_TELEGRAM_TOKEN": telegram.token}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", cwd=machine.data.parent, stderr=asyncio.subprocess.PIPE,
        env={**environment, "YORISOI_TELEGRAM_API_URL": telegram.root},
    )  # fmt: skip
    try:
        hana = telegram.person("hana")
        await hana.starts()
        await hana.sees_soon("招待コードが要ります", 30)
        for _ in range(EVENTS_A_MINUTE):
            await hana.says("どなたかいますか")
        await hana.sees_soon("短いあいだにたくさん届いたため", 30)
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == WELL
    assert "telegram につなぎました" in said.decode()
    after = await typed(machine, telegram, "invite", "--role", "supporter")
    assert f"https://t.me/{BOT_NAME}?start=" in after.out
    assert telegram.token not in said.decode() + before.said + after.said


async def test_doctor_says_who_we_are_there(machine: Machine, telegram: FakeTelegram) -> None:
    done = await typed(machine, telegram, "doctor")
    assert done.code == WELL
    assert f"✓ Telegram: @{BOT_NAME} (polling, 0)" in done.out


async def test_doctor_names_what_is_wrong(machine: Machine, telegram: FakeTelegram) -> None:
    refused = await typed(machine, telegram, "doctor", TELEGRAM_TOKEN="1:AAsecret")
    unreached = await typed(machine, telegram, "doctor", TELEGRAM_API_URL="http://127.0.0.1:9")
    telegram.webhook.set("https://elsewhere.example/telegram/events", "", 1)
    elsewhere = await typed(machine, telegram, "doctor")
    for done, setting in ((refused, "TOKEN"), (unreached, "API_URL"), (elsewhere, "WEBHOOK_URL")):
        assert done.code == ILL
        assert f"YORISOI_TELEGRAM_{setting}" in done.said
        assert "AAsecret" not in done.said and telegram.token not in done.said


async def test_serve_refuses_a_token_that_telegram_refuses(machine: Machine, telegram: FakeTelegram) -> None:
    done = await typed(machine, telegram, "serve", TELEGRAM_TOKEN="1:AAsecret")
    assert done.code == REFUSED
    assert "YORISOI_TELEGRAM_TOKEN" in done.err and "AAsecret" not in done.said


async def until(watch: Watch, *, well: bool) -> None:
    """As a monitor does it: asks again and again. Before the pages are open, nobody answers, which is red."""
    async with asyncio.timeout(30):
        while await _green(watch) != well:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def _green(watch: Watch) -> bool:
    try:
        return (await watch.ready())[0]
    except aiohttp.ClientConnectorError:
        return False


async def test_it_is_green_while_it_serves_and_red_while_its_platform_is_gone(
    machine: Machine, telegram: FakeTelegram
) -> None:
    """Run as the service runs it, without the points at which tests end it."""
    port = free_port()
    settings = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root, "OPS_PORT": str(port)}
    async with serving(machine, settings, "-O"), looking_at(f"http://127.0.0.1:{port}") as watch:
        await until(watch, well=True)
        hana = telegram.person("hana")
        await hana.starts()
        await hana.sees_soon("招待コードが要ります", 30)
        figures = await watch.figures()
        assert figures["yorisoi_events_handled_total"].value(platform="telegram", kind="command") == 1
        assert figures["yorisoi_database_write_seconds"].value() > 0
        telegram.faults.next("getUpdates", bad_gateway(), times=-1)
        await hana.says("ことば")  # ends the long question
        await until(watch, well=False)
        assert (await watch.ready())[1]["platforms"] == {"telegram": "silent"}
        assert await watch.healthy()
        telegram.faults.clear()
        await until(watch, well=True)


async def test_while_it_serves_a_letter_is_tried_again_within_seconds(
    lived_in: Machine, telegram: FakeTelegram
) -> None:
    settings = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.root, "OPS_PORT": "0"}
    hana = telegram.person("hana")
    hana.chat.started = True
    await post(lived_in, "notice:answer-id", person=str(hana.id), state="dead")
    async with serving(lived_in, settings):
        await telegram.chats.until(lambda: telegram.chats.called("getMe"), 30, "the bot")
        ((name, *_),) = lines(await outbox_typed(lived_in, "list"))
        assert (await outbox_typed(lived_in, "retry", name)).code == WELL
        await hana.sees_soon(WORDS, 20)
        assert lines(await outbox_typed(lived_in, "list", "--state", "dead")) == []
