"""A group that moved while nobody heard it: the first send shows it, and it stays one place."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import places
from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.adapters.telegram.letters import SEND, arrives, put
from tests.telegram.groups import TelegramGroup
from tests.telegram.server import open_telegram
from tests.world import HeldClock

WORRY = "訪問しても会えません。"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


def moves_unheard(town: TelegramHouse, group: TelegramGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both notes were more than a day old when we came back."""
    with monkeypatch.context() as lost:
        lost.setattr(town.telegram.queue, "push", lambda *_, **__: 0)
        group.upgrade()


async def linked(town: TelegramHouse) -> list[str]:
    return [place.address.channel for place in await town.house.database.read(places.every)]


async def test_a_send_that_meets_the_new_address_tells_the_house(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    square = await town.place()
    old = square.id
    moves_unheard(town, square, monkeypatch)
    await put(town, old, "届くもの")
    await arrives(town, square.id, "届くもの")
    await town.settled()
    assert await linked(town) == [str(square.id)]


async def test_a_group_linked_anew_before_it_was_known_gets_each_worry_once(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    square = await town.place()
    old = square.id
    await put(town, old, "もとの悩み")
    await arrives(town, old, "もとの悩み")
    moves_unheard(town, square, monkeypatch)
    sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
    await sato.commands_in(square, "here", "新しい広場")
    await sato.sees_soon("新しい広場")
    await put(town, old, "古い番号に宛てたもの")
    await arrives(town, square.id, "古い番号に宛てたもの")
    await town.settled()
    assert await linked(town) == [str(square.id)]
    assert [place.name for place in await town.house.database.read(places.every)] == ["新しい広場"]
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    await hana.says(WORRY)
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await arrives(town, square.id, WORRY)


async def test_what_was_set_aside_for_the_old_address_follows(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot was out when the group moved, and is let in again at the new address."""
    square = await town.place()
    old = square.id
    square.remove_bot()
    await put(town, old, "待つもの", lasting=True)
    await town.telegram.chats.until(lambda: town.telegram.chats.called(SEND), 8)
    await town.house.settled()
    assert (await town.states())["away"] == 1
    moves_unheard(town, square, monkeypatch)
    square.add_bot()
    await arrives(town, square.id, "待つもの")
    await town.settled()
    assert "away" not in await town.states()
    assert await linked(town) == [str(square.id)]


async def test_a_note_of_the_move_releases_what_waited(town: TelegramHouse) -> None:
    square = await town.place()
    old = square.id
    square.remove_bot()
    await put(town, old, "待つもの", lasting=True)
    await town.telegram.chats.until(lambda: town.telegram.chats.called(SEND), 8)
    await town.house.settled()
    square.chat.status = "member"  # let in again, and Telegram's note of it was lost
    square.upgrade()
    await arrives(town, square.id, "待つもの")
