"""Whether Telegram reaches us is known: by its answers where we ask, by its own word where it calls."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adapters.telegram.house import open_telegram_house
from tests.telegram.faults import bad_gateway
from tests.telegram.server import open_telegram


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.telegram.polling.FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.adapters.telegram.watching.WATCH_SECONDS", 0.05)


async def soon(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not so():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_who_asks_and_gets_no_answer_does_not_hear_and_learns_at_once_when_it_is_over(tmp_path: Path) -> None:
    async with open_telegram() as telegram, open_telegram_house(tmp_path, telegram) as town:
        assert town.adapter.hearing
        telegram.faults.next("getUpdates", bad_gateway(), times=-1)
        hana = await town.member("hana")
        await hana.commands("help")  # ends the long question
        await soon(lambda: not town.adapter.hearing)
        telegram.faults.clear()
        await soon(lambda: town.adapter.hearing)
    assert not town.adapter.hearing


async def test_who_is_called_hears_only_where_telegram_says_that_it_calls(tmp_path: Path) -> None:
    async with open_telegram("webhook") as telegram, open_telegram_house(tmp_path, telegram) as town:
        await soon(lambda: town.adapter.hearing)
        telegram.faults.next("getWebhookInfo", bad_gateway(), times=-1)
        await soon(lambda: not town.adapter.hearing)
        telegram.faults.clear()
        await soon(lambda: town.adapter.hearing)
