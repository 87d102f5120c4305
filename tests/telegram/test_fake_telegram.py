"""The fake held against the stock library: a bot written for Telegram cannot tell the difference."""

from collections.abc import AsyncIterator

import pytest
from telegram import Update
from telegram.error import RetryAfter, TimedOut

from tests.telegram.chats import BOT_NAME
from tests.telegram.faults import Fault, bad_gateway, server_error, too_many
from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.stock_bot import client, echoing


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with open_telegram() as opened:
        opened.polling.patience = 0
        yield opened


async def test_a_person_talks_to_a_stock_bot(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    async with echoing(telegram):
        await hana.starts("CODE")
        await hana.sees_soon("You said: /start CODE")
        await hana.presses("Again")
        await hana.sees_soon("Once more")
        assert hana.alerts == ["Pressed"]
        assert hana.buttons == []
        await hana.commands("menu")
        await hana.sees_soon("Choose")
        assert hana.buttons == ["Tea", "Water"]
        await hana.presses("Tea")
        await hana.sees_soon("You said: Tea")
        await telegram.drained()
    assert [message.text for message in hana.letters] == ["Once more", "Choose", "You said: Tea"]


async def test_a_stock_bot_in_a_group(telegram: FakeTelegram) -> None:
    """With privacy on it hears commands, mentions and answers to its own messages."""
    square = telegram.group("Square", forum=True)
    tea = square.topic("Tea")
    hana = telegram.person("hana")
    hana.look(square)
    async with echoing(telegram):
        await hana.says_in(square, "not for the bot")
        await hana.mentions(square, "one", tea)
        await hana.sees_soon(f"You said: @{BOT_NAME} one")
        answer = telegram.chats.by_bot(square.id)[0]
        assert answer.thread == tea.id
        await hana.says_in(square, "two", tea, reply_to=answer)
        await hana.sees_soon("You said: two")
        await hana.commands_in(square, "three")
        await hana.sees_soon(f"You said: /three@{BOT_NAME}")
    assert not hana.sees("You said: not for the bot")


async def test_a_lost_answer_doubles_what_a_naive_bot_sends_again(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    await hana.starts()
    telegram.faults.next("sendMessage", Fault(reset_after=True), chat=hana.id)
    async with client(telegram) as bot:
        with pytest.raises(Exception, match=r"disconnect|httpx|Read"):
            await bot.send_message(hana.id, "once")
        await bot.send_message(hana.id, "once")
    assert [message.text for message in hana.letters] == ["once", "once"]


async def test_a_reset_before_sends_nothing(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    await hana.starts()
    telegram.faults.next("sendMessage", Fault(reset_before=True))
    async with client(telegram) as bot:
        with pytest.raises(Exception, match=r"disconnect|httpx|Read"):
            await bot.send_message(hana.id, "never")
    assert hana.letters == []


async def test_too_many_requests_for_one_chat(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    hana, ken = telegram.person("hana"), telegram.person("ken")
    await hana.starts()
    await ken.starts()
    telegram.faults.next("sendMessage", too_many(7), chat=hana.id)
    async with client(telegram) as bot:
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(hana.id, "x")
        assert str(refused.value) == "Flood control exceeded. Retry in 0:00:07"
        await bot.send_message(ken.id, "x")
        await bot.send_message(hana.id, "x")
    assert len(hana.letters) == len(ken.letters) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (bad_gateway(), "Bad Gateway"),
        (server_error(), "Internal Server Error"),
        (too_many(None), "Too Many Requests"),
        (Fault(400, "Bad Request: something new"), "Something new"),
    ],
)
async def test_other_faults(telegram: FakeTelegram, fault: Fault, words: str) -> None:
    hana = telegram.person("hana")
    await hana.starts()
    telegram.faults.next("sendMessage", fault, times=-1)
    async with client(telegram) as bot:
        with pytest.raises(Exception, match=words):
            await bot.send_message(hana.id, "x")
        telegram.faults.clear()
        await bot.send_message(hana.id, "x")
    assert telegram.faults.happened == [("sendMessage", fault)]


async def test_a_late_answer(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    await hana.starts()
    telegram.faults.next("sendMessage", Fault(delay=0.5))
    async with client(telegram) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(hana.id, "late", read_timeout=0.05)
    assert hana.sees("late")


async def test_every_kind_of_content_reaches_the_stock_bot(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    for kind in ("document", "photo", "voice", "sticker", "video"):
        await hana.sends_file(kind)
    await hana.sends_file("photo", "A caption with @hana")
    await hana.forwards("Said elsewhere")
    first = await hana.says("First")
    await hana.says("Second", reply_to=first)
    await hana.edits(first, "First, edited")
    channel = telegram.channel("News")
    post = telegram.chats.post(channel, hana.user, "News")
    telegram.updates.message(post)
    telegram.updates.edited(post)
    telegram.updates.business_message(hana.user, "To a business")
    telegram.updates.business_connection(hana.user)
    telegram.updates.inline_query(hana.user, "?")
    telegram.updates.poll()
    square = telegram.group("Square", bot=False)
    square.add_bot()
    square.admits(hana.user)
    square.promote_bot()
    square.upgrade(forum=True)
    square.close_topic(square.topic("Tea"))
    square.remove_bot()
    await hana.blocks()
    await hana.returns()
    async with client(telegram) as bot:
        updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert len(updates) == len(telegram.queue.sent) == 27
    assert updates[8].message is not None
    assert updates[8].message.reply_to_message is not None
    assert updates[8].message.reply_to_message.text == "First"
    bare = [update for update in updates if len(update.to_dict()) < 2]
    assert bare == [], "the library found nothing it knows in these"
