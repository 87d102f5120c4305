"""Letters on Telegram through every trouble it can make: none lost, none twice unmarked, nobody else made to wait."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox
from bot.store.members import Role
from bot.store.outbox import Letter
from tests.adapters.telegram_house import TelegramHouse, open_telegram_house
from tests.telegram.faults import Fault, bad_gateway, too_many
from tests.telegram.server import open_telegram
from tests.telegram.shapes import Message as Post
from tests.world import HeldClock

SEND = "sendMessage"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
async def town(tmp_path: Path, clock: HeldClock) -> AsyncIterator[TelegramHouse]:
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def put(town: TelegramHouse, chat: int, words: str, **options: Any) -> None:
    """A letter for a group or a person, put as every handler puts one."""
    address = Address("telegram", "", str(chat), options.pop("thread", ""))
    message = options.pop("message", Message(body=words))
    letter = replace(Letter(f"key:{chat}:{words}", address, message, town.house.clock()), **options)
    await town.house.database.write(lambda session: outbox.put(session, letter))


async def arrives(town: TelegramHouse, chat: int, words: str, times: int = 1) -> Post:
    def found() -> list[Post]:
        return [post for post in town.telegram.chats.by_bot(chat) if words in post.text]

    await town.telegram.chats.until(lambda: len(found()) >= times, 8, f"{words!r} in {chat}")
    assert len(found()) == times
    return found()[-1]


async def test_a_letter_shows_no_preview_and_makes_no_noise_at_night(town: TelegramHouse, clock: HeldClock) -> None:
    hana = await town.member("hana")
    await put(town, hana.id, "昼のお知らせ")
    by_day = await arrives(town, hana.id, "昼のお知らせ")
    assert by_day.asked["link_preview_options"] == {"is_disabled": True}
    assert not by_day.silent
    clock.advance(timedelta(hours=12))
    await put(town, hana.id, "夜のお知らせ", message=Message(body="夜のお知らせ", quote="人のことば"))
    by_night = await arrives(town, hana.id, "夜のお知らせ")
    assert by_night.silent
    assert by_night.protected and not by_day.protected


async def test_429_is_honoured_in_its_chat_and_others_go_on(town: TelegramHouse, clock: HeldClock) -> None:
    slow, quick = await town.member("slow"), await town.member("quick")
    town.telegram.faults.next(SEND, too_many(7), chat=slow.id)
    for number in range(3):
        await put(town, slow.id, f"遅い{number}")
        await put(town, quick.id, f"速い{number}")
    await arrives(town, quick.id, "速い2")
    await town.house.settled()
    assert slow.letters == []
    assert (await town.states())["ready"] == 3
    due = await town.house.database.read(lambda session: outbox.next_due(session, town.house.clock()))
    assert due == clock() + timedelta(seconds=7)


@pytest.mark.parametrize("said", [None, "soon", 10**12, -1, 0])
async def test_a_429_that_says_nothing_useful_is_waited_out_by_our_own_patience(
    town: TelegramHouse, said: int | str | None
) -> None:
    hana = await town.member("hana")
    town.telegram.faults.next(SEND, too_many(said), chat=hana.id)
    await put(town, hana.id, "あとで届く")
    await town.telegram.chats.until(lambda: town.telegram.faults.happened, 8)
    await town.house.settled()
    assert sum((await town.states()).values()) == 1
    assert not (await town.states()).get("dead")


@pytest.mark.parametrize("fault", [Fault(reset_after=True), bad_gateway(), Fault(500, "Internal Server Error")])
async def test_a_doubtful_send_is_sent_again_and_marked(town: TelegramHouse, clock: HeldClock, fault: Fault) -> None:
    hana = await town.member("hana")
    town.telegram.faults.next(SEND, fault, chat=hana.id)
    await put(town, hana.id, "返信です")
    await put(town, hana.id, "思い出しです", again=False)
    await town.telegram.chats.until(lambda: town.telegram.faults.happened, 8)
    await town.house.settled()
    clock.advance(timedelta(minutes=1))
    await town.house.settled()
    assert "※再送" in hana.letters[-2].text
    assert "思い出しです" in hana.letters[-1].text
    assert (await town.states()) == {"delivered": 2}


async def test_a_send_that_never_began_is_not_marked(town: TelegramHouse, clock: HeldClock) -> None:
    hana = await town.member("hana")
    town.telegram.faults.next(SEND, too_many(1), chat=hana.id)
    await put(town, hana.id, "一度だけ")
    await town.telegram.chats.until(lambda: town.telegram.faults.happened, 8)
    await town.house.settled()
    clock.advance(timedelta(minutes=1))
    await arrives_after_pause(town, hana.id, "一度だけ")
    assert "※再送" not in hana.letters[0].text


async def arrives_after_pause(town: TelegramHouse, chat: int, words: str) -> None:
    """The adapter keeps real time for its pauses; the clock we hold runs ahead of it."""
    for _ in range(40):
        await town.house.settled()
        if any(words in post.text for post in town.telegram.chats.by_bot(chat)):
            return
        town.house.clock.advance(timedelta(minutes=1))
        await town.telegram.chats.until(lambda: True)
    await arrives(town, chat, words)


async def test_part_two_failing_never_repeats_part_one(town: TelegramHouse, clock: HeldClock) -> None:
    hana = await town.member("hana")
    long = Message(title="題", body="あ" * 4000, quote="い" * 3000, note="終わり")
    release = too_many(0)
    town.telegram.faults.next(SEND, Fault(), chat=hana.id)
    town.telegram.faults.next(SEND, release, chat=hana.id)
    town.telegram.faults.next(SEND, Fault(reset_before=True), chat=hana.id)
    await put(town, hana.id, "長い", message=long)
    for _ in range(4):
        await town.telegram.chats.until(lambda: hana.letters, 8)
        await town.house.settled()
        clock.advance(timedelta(minutes=5))
    await town.house.settled()
    texts = [message.text for message in hana.letters]
    assert [text[0] for text in texts] == ["題", "い"]
    assert all(len(text) <= 4096 for text in texts)


async def test_parts_that_stand_are_known_after_a_restart(tmp_path: Path, clock: HeldClock) -> None:
    long = Message(body="あ" * 4000, quote="い" * 3000)
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            hana = await town.member("hana")
            telegram.faults.next(SEND, Fault(), chat=hana.id)
            telegram.faults.next(SEND, Fault(reset_before=True), times=1, chat=hana.id)
            await put(town, hana.id, "長い", message=long)
            await telegram.chats.until(lambda: len(telegram.faults.happened) == 2, 8)
            await town.house.settled()
        clock.advance(timedelta(minutes=5))
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await town.house.settled()
            await telegram.chats.until(lambda: len(hana.letters) == 2, 8)
        assert [message.text[0] for message in hana.letters] == ["あ", "い"]
        assert "※再送" in hana.letters[1].text


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
    await sato.sees_soon("管理者権限がなくなりました")
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


async def test_a_revoked_token_loses_nothing(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    town.telegram.faults.next(SEND, Fault(401, "Unauthorized"), chat=hana.id)
    await put(town, hana.id, "鍵が替わるまで待つ")
    await town.telegram.chats.until(lambda: town.telegram.faults.happened, 8)
    await town.house.settled()
    assert (await town.states()) == {"ready": 1}
