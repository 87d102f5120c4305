"""Letters on Telegram through every trouble it can make: none lost, none twice unmarked, nobody else made to wait."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.telegram.parts import Parts
from bot.app.memory import HouseMemory
from bot.chat.messages import Message
from bot.store import outbox
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.adapters.telegram.letters import arrives, put
from tests.held_time import held
from tests.telegram.faults import Fault, bad_gateway, too_many
from tests.telegram.server import open_telegram
from tests.world import HeldClock

SEND = "sendMessage"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
async def town(tmp_path: Path, clock: HeldClock) -> AsyncIterator[TelegramHouse]:
    with held(clock):
        async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
            yield opened


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
    await town.house.settled()
    assert "※再送" not in (await arrives(town, hana.id, "一度だけ")).text


async def test_part_two_failing_never_repeats_part_one(town: TelegramHouse, clock: HeldClock) -> None:
    hana = await town.member("hana")
    long = Message(title="題", body="あ" * 4000, quote="い" * 3000, note="終わり")
    town.telegram.faults.next(SEND, Fault(), chat=hana.id)
    town.telegram.faults.next(SEND, too_many(0), chat=hana.id)
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


async def test_another_process_goes_on_where_this_one_stopped(town: TelegramHouse) -> None:
    memory = HouseMemory(town.house.database, "telegram", town.house.clock)
    ours, theirs = Parts(memory), Parts(memory)
    assert await theirs.of("long") == []
    await ours.add("long", 1)
    await theirs.add("other", 7)
    await ours.add("long", 2)
    assert [await theirs.of("long"), await ours.of("other")] == [[1, 2], [7]]
    await theirs.whole("long")
    assert await ours.of("long") == []


async def test_a_revoked_token_loses_nothing(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    town.telegram.faults.next(SEND, Fault(401, "Unauthorized"), chat=hana.id)
    await put(town, hana.id, "鍵が替わるまで待つ")
    await town.telegram.chats.until(lambda: town.telegram.faults.happened, 8)
    await town.house.settled()
    assert (await town.states()) == {"ready": 1}
