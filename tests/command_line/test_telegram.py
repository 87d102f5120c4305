"""Telegram from the command line: serve, doctor and invite as real processes before a Telegram of our own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator

import pytest

from bot.routing.limits import EVENTS_A_MINUTE
from tests.command_line.machine import ILL, REFUSED, WELL, Done, Machine
from tests.telegram.chats import BOT_NAME
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
