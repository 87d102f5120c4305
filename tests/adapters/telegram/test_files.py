"""A picture and a table reach the one who asked for them, over the wire."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.routing import conference_letters
from bot.store import month_counts, polls
from bot.store.members import Role
from bot.store.polls import Candidate, Plan
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


async def test_a_picture_asked_for_in_a_group_comes_to_the_chat_of_the_two(town: TelegramHouse) -> None:
    group, hana = await town.place(), await town.member("hana")
    now, text = town.house.clock(), town.house.text

    def ask(session: Session) -> None:
        slots = [Candidate(now + timedelta(days=number)) for number in range(1, 9)]
        conference_letters.post(session, polls.propose(session, Plan("居場所"), slots, ""), now, text)

    await town.house.database.write(ask)
    await town.settled()
    hana.look(group)
    await hana.presses("表を絵で見る")
    await hana.sees_soon("日程の表")
    await town.telegram.chats.until(lambda: given(town))
    (picture,) = (message for message in town.telegram.chats.messages if "photo" in message.content)
    assert picture.chat.id == hana.id, "where nobody else looks"


def given(town: TelegramHouse) -> list[dict[str, object]]:
    return [message.content for message in town.telegram.chats.messages if {"photo", "document"} & set(message.content)]
