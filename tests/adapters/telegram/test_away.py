"""Whoever blocked us, left or never began, and groups that move, mute or remove us: nothing is lost, and it is said."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.adapters.telegram.letters import arrives, put
from tests.telegram.server import open_telegram
from tests.world import HeldClock

SEND = "sendMessage"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
async def town(tmp_path: Path, clock: HeldClock) -> AsyncIterator[TelegramHouse]:
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def test_who_blocks_us_is_not_tried_again_and_gets_everything_when_they_return(
    town: TelegramHouse, clock: HeldClock
) -> None:
    hana = await town.member("hana")
    await hana.blocks()
    for number in range(3):
        await put(town, hana.id, f"返信{number}", alone=number == 1)
    await town.telegram.chats.until(lambda: len(town.telegram.chats.called(SEND)) == 3, 8)
    await town.house.settled()
    assert (await town.states()) == {"away": 3}
    clock.advance(timedelta(days=2))
    await town.house.settled()
    assert len(town.telegram.chats.called(SEND)) == 3
    await hana.returns()
    for number in range(3):
        await arrives(town, hana.id, f"返信{number}")
    await town.settled()
    assert (await town.states()) == {"delivered": 3}


async def test_who_never_began_gets_what_waited_with_the_first_start(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    hana.chat.started = False
    await put(town, hana.id, "先に届いたもの")
    await town.telegram.chats.until(lambda: town.telegram.chats.called(SEND), 8)
    await town.house.settled()
    assert (await town.states()) == {"away": 1}
    await hana.starts("menu")
    await arrives(town, hana.id, "先に届いたもの")


async def test_returning_is_known_even_when_telegram_does_not_say_it(tmp_path: Path, clock: HeldClock) -> None:
    """Any word of a person who took nothing lately says that they are back; another person's does not."""
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        hana, ken = await town.member("hana"), await town.member("ken")
        hana.chat.blocked = True
        await put(town, hana.id, "待っていた返信")
        await telegram.chats.until(lambda: telegram.chats.called(SEND), 8)
        await town.house.settled()
        await ken.commands("help")
        await town.settled()
        assert (await town.states()) == {"away": 1}
        hana.chat.blocked = False
        await hana.commands("help")
        await arrives(town, hana.id, "待っていた返信")


async def test_a_deleted_account_is_given_up(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    await hana.leaves_telegram()
    await put(town, hana.id, "もう届かない")
    await town.telegram.chats.until(lambda: town.telegram.chats.called(SEND), 8)
    await town.house.settled()
    assert (await town.states()) == {"dead": 1}


async def test_a_group_that_grows_stays_the_place_it_was(town: TelegramHouse) -> None:
    """Letters for the old id follow it, also those put before we knew; what stood there is written anew."""
    square = await town.place()
    old = square.id
    await put(town, old, "もとの悩み", lasting=True)
    await arrives(town, old, "もとの悩み")
    square.upgrade()
    await put(town, old, "前の番号に宛てたもの")
    await arrives(town, square.id, "前の番号に宛てたもの")
    await town.settled()
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    await hana.says("新しい番号にも届きますか。")
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await arrives(town, square.id, "新しい番号にも届きますか。")
    for number in range(2):
        await put(town, old, f"閉じた悩み{number}", replacing=f"key:{old}:もとの悩み", again=False)
        await arrives(town, square.id, f"閉じた悩み{number}")
    assert len([post for post in town.telegram.chats.by_bot(square.id) if "閉じた悩み" in post.text]) == 1


async def test_a_closed_topic_does_not_keep_anything(town: TelegramHouse) -> None:
    square = await town.place(forum=True)
    topic = square.topic("相談")
    await put(town, square.id, "話題の中に", thread=str(topic.id))
    assert (await arrives(town, square.id, "話題の中に")).thread == topic.id
    square.close_topic(topic)
    await put(town, square.id, "閉じたあとに", thread=str(topic.id))
    assert (await arrives(town, square.id, "閉じたあとに")).thread != topic.id
    square.delete_topic(topic)
    await put(town, square.id, "消したあとに", thread=str(topic.id))
    await arrives(town, square.id, "消したあとに")


async def test_a_bot_that_is_thrown_out_tells_the_coordinators_and_keeps_the_letters(town: TelegramHouse) -> None:
    square = await town.place()
    sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
    square.remove_bot()
    await sato.sees_soon("「広場」からボットが外されました")
    await put(town, square.id, "待つもの", lasting=True)
    await put(town, square.id, "その下に", under=f"key:{square.id}:待つもの")
    await town.telegram.chats.until(lambda: len(town.telegram.chats.called(SEND)) == 2, 8)
    await town.house.settled()
    assert (await town.states())["away"] == 2
    square.add_bot()
    post = await arrives(town, square.id, "待つもの")
    assert (await arrives(town, square.id, "その下に")).reply_to == post.id
    await town.settled()
    assert hana.letters == [] and len(sato.letters) == 1


async def test_a_bot_that_is_demoted_or_muted_loses_nothing(town: TelegramHouse, clock: HeldClock) -> None:
    square = await town.place(bot_admin=True)
    sato = await town.member("sato", Role.COORDINATOR)
    square.demote_bot()
    await sato.sees_soon("管理者ではなくなりました")
    square.mute_bot()
    for number in range(2):
        await put(town, square.id, f"待つもの{number}")
    await sato.sees_soon("書きこめなくなりました")
    await town.house.settled()
    assert (await town.states())["ready"] == 2
    square.mute_bot(False)  # Telegram tells us nothing of it
    clock.advance(timedelta(minutes=16))
    await town.house.settled()
    for number in range(2):
        await arrives(town, square.id, f"待つもの{number}")
    await town.settled()
    assert len(sato.letters) == 2
