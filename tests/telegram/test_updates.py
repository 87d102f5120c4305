"""How updates wait, go out, are deleted, repeated and lost when the bot polls."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Update
from telegram.error import Conflict

from tests.telegram.calling import call
from tests.telegram.malformed import broken_ids, malformed
from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.shapes import Json
from tests.telegram.stock_bot import client
from tests.telegram.uncommon import uncommon


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 4, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with open_telegram(now=clock) as opened:
        opened.polling.patience = opened.polling.at_once = 0
        yield opened


async def texts(telegram: FakeTelegram, **args: Any) -> list[str]:
    return [update["message"]["text"] for update in await call(telegram, "getUpdates", **args)]


async def test_an_offset_deletes_what_lies_below(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    for word in ("one", "two", "three", "four"):
        await hana.says(word)
    first = telegram.queue.next_id - 4
    assert await texts(telegram) == ["one", "two", "three", "four"]
    assert await texts(telegram, offset=first + 1, limit=2) == ["two", "three"]
    assert await texts(telegram, offset=first) == ["two", "three", "four"], "the first is gone for good"
    assert await texts(telegram, offset=-1) == ["four"]
    assert await texts(telegram) == ["four"], "a negative offset deletes from the head"
    assert await texts(telegram, offset=first + 4) == []
    assert telegram.queue.waiting == {}


async def test_limits_of_one_fetch(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    for number in range(105):
        await hana.says(str(number))
    assert len(await texts(telegram, limit=1_000)) == 100
    assert len(await texts(telegram, limit=0)) == 1
    assert len(await texts(telegram, limit="many")) == 1


async def test_the_same_offset_at_once_again_gets_one(telegram: FakeTelegram) -> None:
    telegram.polling.at_once = 30
    hana = telegram.person("hana")
    await hana.says("one")
    await hana.says("two")
    assert await texts(telegram) == ["one", "two"]
    assert await texts(telegram) == ["one"]


async def test_a_long_poll_ends_when_something_comes(telegram: FakeTelegram) -> None:
    fetch = telegram.start(texts(telegram, timeout=5))
    await telegram.chats.until(lambda: telegram.polling.is_waiting)
    await telegram.person("hana").says("here I am")
    assert await fetch == ["here I am"]


async def test_two_pollers_are_one_too_many(telegram: FakeTelegram) -> None:
    async with client(telegram) as bot, client(telegram) as other:
        first = telegram.start(bot.get_updates(timeout=5))
        await telegram.chats.until(lambda: telegram.polling.is_waiting)
        second = telegram.start(other.get_updates(timeout=5))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await first
        await telegram.person("hana").says("for the second")
        assert len(await second) == 1


async def test_a_webhook_excludes_polling(telegram: FakeTelegram) -> None:
    async with client(telegram) as bot:
        poll = telegram.start(bot.get_updates(timeout=5))
        await telegram.chats.until(lambda: telegram.polling.is_waiting)
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(Conflict, match="terminated by setWebhook"):
            await poll
        telegram.polling.conflict_pause = 0
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == ()


async def test_a_day_old_is_too_old(telegram: FakeTelegram, clock: Clock) -> None:
    hana = telegram.person("hana")
    await hana.says("old")
    clock.time += timedelta(hours=23)
    later = await hana.says("newer")
    clock.time += timedelta(hours=2)
    assert await texts(telegram) == ["newer"]
    clock.time += timedelta(days=1)
    telegram.updates.message(later)
    assert await texts(telegram) == []


async def test_a_press_waits_no_longer_than_its_mark(telegram: FakeTelegram, clock: Clock) -> None:
    hana = telegram.person("hana")
    hana.sends_press(await hana.says("x"), "data")
    clock.time += timedelta(minutes=3)
    assert await texts(telegram) == ["x"]


async def test_numbers_that_start_lower(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    await hana.says("before")
    offset = telegram.queue.next_id
    assert await texts(telegram, offset=offset) == []
    telegram.updates.renumber()
    await hana.says("after")
    found = await call(telegram, "getUpdates", offset=offset)
    assert [update["update_id"] < offset for update in found] == [True]
    assert await texts(telegram, offset=offset) == ["after"], "an offset far beyond confirms nothing"


async def test_a_confirmed_update_comes_again(telegram: FakeTelegram) -> None:
    await telegram.person("hana").says("twice")
    offset = telegram.queue.next_id
    assert await texts(telegram, offset=offset) == []
    telegram.updates.again(offset - 1)
    assert await texts(telegram, offset=offset) == ["twice"]
    assert await texts(telegram, offset=offset) == []


async def test_kinds_not_asked_for_leave_gaps(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    message = await hana.says("x")
    telegram.updates.reaction(hana.user, message)
    await call(telegram, "getUpdates", allowed_updates=["message_reaction"])
    telegram.updates.reaction(hana.user, message)
    await hana.says("unheard")
    found = await call(telegram, "getUpdates")
    assert [set(update) - {"update_id"} for update in found] == [{"message"}, {"message_reaction"}]
    assert found[1]["update_id"] - found[0]["update_id"] == 2


async def test_malformed_updates_among_good_ones(telegram: FakeTelegram) -> None:
    """Each goes out as it is, and each other one leaves the stock library without a single update."""
    hana = telegram.person("hana")
    whole = {"message": telegram.updates.shown(await hana.says("good"))}
    odd = malformed(whole, "CANARY")
    assert len(odd) >= 90
    telegram.updates.odd(odd)
    await hana.says("good, too")
    received = await call(telegram, "getUpdates")
    bodies = [{name: body for name, body in update.items() if name != "update_id"} for update in received]
    assert json.dumps(bodies[1:-1]) == json.dumps(list(odd.values()))
    unreadable = [update for update in received if _breaks(update)]
    assert len(unreadable) >= 45
    async with client(telegram) as bot:
        with pytest.raises((AttributeError, KeyError, TypeError, ValueError, OverflowError)):
            await bot.get_updates()


async def test_uncommon_updates_are_in_order(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    whole = {"message": telegram.updates.shown(await telegram.person("hana").says("good"))}
    odd = uncommon(whole, "CANARY")
    assert len(odd) >= 50
    telegram.updates.odd(odd)
    async with client(telegram) as bot:
        assert len(await bot.get_updates()) == len(odd) + 1


def _breaks(update: Json) -> bool:
    try:
        Update.de_json(update, None)
    except Exception:
        return True
    return False


async def test_updates_without_a_number(telegram: FakeTelegram) -> None:
    whole = {"message": telegram.updates.shown(await telegram.person("hana").says("good"))}
    odd = broken_ids(whole)
    telegram.updates.odd(odd)
    received = await call(telegram, "getUpdates", offset=telegram.queue.next_id - len(odd))
    assert [type(update["update_id"]) for update in received] == [type(None), str, list, float, bool, int]
