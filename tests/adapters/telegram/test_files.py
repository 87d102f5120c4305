"""A picture and a table reach the one who asked for them, over the wire."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import month_counts
from bot.store.members import Role
from bot.store.session import Session
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.server import open_telegram
from tests.world import HeldClock


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram("polling", clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def test_the_months_come_as_a_photo_and_a_document(town: TelegramHouse) -> None:
    house = town.world.house

    def forty(session: Session) -> None:
        for _ in range(40):
            month_counts.add(session, "shared", house.clock(), house.rules.zone)

    await house.database.write(forty)
    await town.world.later(days=10)
    sato = town.telegram.person("sato")
    await sato.starts(await town.invited(Role.COORDINATOR))
    await sato.sees_soon("ようこそ")
    await sato.says("/community")
    await sato.sees_soon("みんなのようす")
    await sato.presses("月ごとの数")
    await sato.sees_soon("悩み 40")
    await town.settled()
    await town.telegram.chats.until(lambda: len(given(town)) == 2)
    kinds = [next(kind for kind in ("photo", "document") if kind in content) for content in given(town)]
    assert kinds == ["photo", "document"]


def given(town: TelegramHouse) -> list[dict[str, object]]:
    return [message.content for message in town.telegram.chats.messages if {"photo", "document"} & set(message.content)]
