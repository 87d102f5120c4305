"""Whoever takes our updates elsewhere is noticed: they are led back, and at last we give way and say why."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.chat.errors import Misconfigured
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.server import open_telegram
from tests.world import HeldClock


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramHouse]:
    monkeypatch.setattr("bot.adapters.telegram.watching.WATCH_SECONDS", 0.05)
    clock = HeldClock()
    async with open_telegram("webhook", clock) as telegram:
        telegram.webhook.second, telegram.webhook.set_pause = 0.01, 0.0
        async with open_telegram_house(tmp_path, telegram, clock) as opened:
            yield opened


async def test_a_webhook_that_somebody_took_away_is_set_again(town: TelegramHouse) -> None:
    hana, ours = await town.member("hana"), town.telegram.webhook.url
    with capture_logs() as lines:
        town.telegram.webhook.stop()  # as another program that begins to fetch
        await hana.commands("help")
        await hana.sees_soon("使い方")
    assert town.telegram.webhook.url == ours
    assert [line["kind"] for line in lines if line["event"] == "somebody else takes our updates"] == ["poller"]
    assert not town.running.done()


async def test_whoever_takes_it_again_and_again_gets_it_and_it_is_said(town: TelegramHouse) -> None:
    async def thief() -> None:
        while not town.running.done():
            town.telegram.webhook.set("http://127.0.0.1:9/elsewhere", "", 1)
            asked = len(town.telegram.chats.called("getWebhookInfo"))
            await town.telegram.chats.until(
                lambda: town.running.done() or len(town.telegram.chats.called("getWebhookInfo")) > asked,  # noqa: B023
                8,
            )

    stealing = asyncio.create_task(thief())
    with pytest.raises(Misconfigured, match="webhook is set for this bot again and again"):
        await asyncio.wait_for(asyncio.shield(town.running), 10)
    stealing.cancel()
