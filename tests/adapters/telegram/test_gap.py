"""A day nobody heard is told once; a day on which nobody wrote is none."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.telegram.house import open_telegram_house
from tests.telegram.faults import bad_gateway
from tests.telegram.people import TelegramPerson
from tests.telegram.server import open_telegram
from tests.world import HeldClock

GAP = "受け取れていませんでした"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between two questions, in less time."""
    monkeypatch.setattr("bot.adapters.telegram.polling.FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.adapters.telegram.polling.LONGEST_WAIT", 0.05)
    monkeypatch.setattr("bot.adapters.telegram.watching.WATCH_SECONDS", 0.05)


def told(person: TelegramPerson) -> int:
    return len([message for message in person.letters if GAP in message.text])


async def test_a_quiet_weekend_of_a_webhook_alarms_nobody(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram("webhook", clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            sato = await town.member("sato", Role.COORDINATOR)
            for _ in range(3):
                clock.advance(timedelta(hours=20))
                asked = len(telegram.chats.called("getWebhookInfo"))
                await telegram.chats.until(lambda: len(telegram.chats.called("getWebhookInfo")) > asked + 1, 8)  # noqa: B023
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await sato.commands("help")
            await town.settled()
        assert told(sato) == 0


async def test_a_webhook_that_reaches_nobody_for_a_day_is_told(tmp_path: Path) -> None:
    """Telegram answers us, but does not reach us; we were up all the time."""
    clock = HeldClock()
    async with open_telegram("webhook", clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        sato = await town.member("sato", Role.COORDINATOR)
        telegram.faults.next("getWebhookInfo", bad_gateway(), times=-1)
        clock.advance(timedelta(hours=30))
        await sato.commands("help")
        await sato.sees_soon(GAP)
        telegram.faults.clear()
        await town.settled()
        assert told(sato) == 1


async def test_a_day_without_telegram_while_we_are_up_is_told_once(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
        await hana.commands("help")
        await town.settled()
        telegram.faults.next("getUpdates", bad_gateway(), times=-1)
        await hana.commands("menu")  # ends the long question
        await telegram.chats.until(lambda: telegram.faults.happened, 8)
        await hana.says("失われることば")
        clock.advance(timedelta(hours=30))
        telegram.faults.clear()
        await hana.commands("help")
        await sato.sees_soon(GAP, 10)
        for _ in range(2):
            await hana.commands("help")
            await town.settled()
        assert told(sato) == 1
