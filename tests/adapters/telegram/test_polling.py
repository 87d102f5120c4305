"""Our own loop over updates: nothing is confirmed before it is safe, and nothing odd stands in anybody's way."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.adapters.telegram.polling import AT_ONCE
from bot.chat.errors import Misconfigured
from bot.chat.events import Event
from bot.store import cursors, inbox
from bot.store.members import Role
from bot.store.session import Session
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.faults import Fault, bad_gateway, too_many
from tests.telegram.malformed import broken_ids, malformed
from tests.telegram.messages import as_message
from tests.telegram.people import TelegramPerson
from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.shapes import Json
from tests.world import HeldClock

CANARY = "カナリアのことば"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between two questions, in less time."""
    monkeypatch.setattr("bot.adapters.telegram.polling.FIRST_WAIT", 0.05)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with open_telegram(now=HeldClock()) as opened:
        yield opened


@pytest.fixture
async def town(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with open_telegram_house(tmp_path, telegram, HeldClock()) as opened:
        yield opened


def healthy(telegram: FakeTelegram, name: str = "odd") -> Json:
    """An update as Telegram sends it."""
    person = telegram.person(name)
    message = telegram.chats.post(telegram.chats.private(person.user), person.user, "ことば")
    return {"message": as_message(message, telegram.chats.users)}


async def answered(telegram: FakeTelegram, person: TelegramPerson, times: int) -> None:
    await telegram.chats.until(lambda: len(person.letters) == times, 10, f"{times} answers")


async def test_every_malformed_kind_lets_its_neighbours_pass(
    town: TelegramHouse, caplog: pytest.LogCaptureFixture
) -> None:
    """Each stands between two good ones; the good ones are answered, and no word of the odd ones is in any log."""
    caplog.set_level(0)
    kinds = malformed(healthy(town.telegram), CANARY) | broken_ids(healthy(town.telegram))
    assert len(kinds) >= 50
    hana = await town.member("hana")
    with capture_logs() as lines:
        for body in kinds.values():
            await hana.commands("help")
            town.telegram.updates.raw(body)
        await hana.commands("help")
        await town.telegram.chats.until(lambda: len(hana.letters) == len(kinds) + 1, 20, "every good one answered")
        await town.settled()
    assert CANARY not in caplog.text + json.dumps(lines, ensure_ascii=False)
    assert {line["event"] for line in lines} >= {"update not understood"}


async def test_an_answer_that_is_no_json_at_all_is_taken_apart(town: TelegramHouse) -> None:
    """Nested so deeply that no reader gets through the whole answer."""
    hana = await town.member("hana")
    await hana.commands("help")
    await town.settled()
    deep = '{"message":' * 100_000
    page = f'{{"ok":true,"result":[{{"update_id":{town.telegram.queue.next_id},"text":"{CANARY}",{deep[1:]}'
    town.telegram.faults.next("getUpdates", Fault(200, html=page), times=6)  # with the others, and alone
    town.telegram.updates.raw({"message": {"text": CANARY}})
    await hana.commands("help")
    await town.telegram.chats.until(lambda: len(hana.letters) == 2, 10, "the neighbour being answered")


async def test_a_body_that_broke_on_its_way_loses_nothing(town: TelegramHouse) -> None:
    """Cut off in the middle, with the others and alone: the next answer is whole."""
    hana = await town.member("hana")
    page = f'{{"ok":true,"result":[{{"update_id":{town.telegram.queue.next_id + 1},"message":{{"mess'
    town.telegram.faults.next("getUpdates", Fault(200, html=page), times=3)
    await hana.commands("help")  # ends the question that stands open
    await town.telegram.chats.until(lambda: len(town.telegram.faults.happened) == 3, 8)
    await hana.commands("help")
    await answered(town.telegram, hana, 2)


async def test_after_a_broken_body_many_are_asked_for_again(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    town.telegram.faults.next("getUpdates", Fault(200, html="<html>busy</html>"))
    for number in range(3):
        await hana.commands("help")
        await answered(town.telegram, hana, number + 1)
    await town.telegram.drained()
    assert int(town.telegram.chats.called("getUpdates")[-1]["limit"]) == AT_ONCE


async def test_what_cannot_be_stored_is_asked_for_again(town: TelegramHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk in the middle of a batch: those behind it come again with it, and nothing happens twice."""
    hana, ken = await town.member("hana"), await town.member("ken")
    real, full = inbox.receive, 2

    def receive(session: Session, event: Event, now: object) -> bool:
        nonlocal full
        if event.sender == str(hana.id) and full:
            full -= 1
            raise OSError("disk full")
        return real(session, event, now)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "receive", receive)
    for person in (ken, hana, ken):
        await person.commands("help")
    await town.telegram.chats.until(lambda: hana.letters and len(ken.letters) == 2, 10, "all three answered")
    await town.settled()
    assert [len(hana.letters), len(ken.letters)] == [1, 2]


async def test_a_disk_too_full_to_note_how_far_we_are_ends_nothing(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(cursors, "keep", keep)
    monkeypatch.setattr("bot.adapters.telegram.progress.BEAT", timedelta())
    hana = await town.member("hana")
    with capture_logs() as lines:
        for number in range(3):
            await hana.commands("help")
            await answered(town.telegram, hana, number + 1)
    assert "not noted how far we heard" in {line["event"] for line in lines}
    assert not town.running.done()


async def test_a_batch_that_telegram_brings_again_does_nothing_twice(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    for _ in range(3):
        await hana.commands("help")
    await town.settled()
    ids = [each.id for each in town.telegram.queue.sent]
    town.telegram.queue.again(*ids)
    await hana.commands("menu")
    await town.settled()
    assert len(hana.letters) == 4


async def test_numbers_that_start_lower_are_new_ones(tmp_path: Path) -> None:
    """After a week of silence Telegram draws a new first number: it meets no mark of the old ones."""
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        hana = await town.member("hana")
        await hana.commands("help")
        await town.settled()
        first = telegram.queue.sent[0].id
        clock.advance(timedelta(days=6, hours=12))
        telegram.queue.renumber(first - 20)
        for number in range(25):  # up to and beyond the very number that was used before
            await hana.commands("help")
            await answered(telegram, hana, number + 2)
            await telegram.drained()
        assert first in [each.id for each in telegram.queue.sent[1:]]


async def test_the_offset_is_never_negative_and_nothing_is_dropped_at_a_start(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    hana = telegram.person("hana")
    await hana.starts()  # while nobody listens
    async with open_telegram_house(tmp_path, telegram, HeldClock()) as town:
        await hana.sees_soon("招待コードが要ります")
        await town.settled()
    offsets = [int(args.get("offset", 0)) for args in telegram.chats.called("getUpdates")]
    assert min(offsets) >= 0
    assert telegram.chats.called("deleteWebhook")[0].get("drop_pending_updates") in (None, "false", False)


async def test_a_forgotten_webhook_is_taken_away(telegram: FakeTelegram, tmp_path: Path) -> None:
    telegram.webhook.set("http://127.0.0.1:9/elsewhere", "", 1)
    hana = telegram.person("hana")
    async with open_telegram_house(tmp_path, telegram, HeldClock()):
        await hana.starts()
        await hana.sees_soon("招待コードが要ります")
    assert telegram.webhook.url == ""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("terminated by other getUpdates request; make sure that only one bot instance is running", "another program"),
        (
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            "webhook",
        ),
    ],
)
async def test_a_second_listener_gives_way_and_says_which(
    telegram: FakeTelegram, tmp_path: Path, words: str, named: str
) -> None:
    telegram.faults.next("getUpdates", Fault(409, f"Conflict: {words}"), times=-1)
    with capture_logs() as lines, pytest.raises(Misconfigured) as refused:
        async with open_telegram_house(tmp_path, telegram, HeldClock()) as town:
            await asyncio.wait_for(town.running, 10)
    assert named in refused.value.problem
    assert refused.value.setting == "YORISOI_TELEGRAM_TOKEN"
    assert [line for line in lines if line["event"] == "somebody else takes our updates"]


async def test_one_conflict_ends_nothing(town: TelegramHouse) -> None:
    """As at a restart, when the last long question still stands open."""
    town.telegram.faults.next("getUpdates", Fault(409, "Conflict: terminated by other getUpdates request"))
    hana = await town.member("hana")
    for _ in range(2):
        await hana.commands("help")
        await town.telegram.chats.until(lambda: hana.letters, 10)
    await town.telegram.drained(10)


@pytest.mark.parametrize(
    "fault",
    [
        too_many(1),
        bad_gateway(),
        Fault(reset_before=True),
        Fault(reset_after=True),
        Fault(500, "Internal Server Error"),
        Fault(200, html="<html>busy</html>"),
    ],
    ids=["429", "502", "reset", "reset after", "500", "a page"],
)
async def test_trouble_while_asking_loses_nothing(town: TelegramHouse, fault: Fault) -> None:
    town.telegram.faults.next("getUpdates", fault)
    hana = await town.member("hana")
    for _ in range(3):
        await hana.commands("help")
    await town.telegram.chats.until(lambda: len(hana.letters) == 3, 15, "three answers")
    await town.settled()
    assert len(hana.letters) == 3


async def test_a_day_without_us_is_told_to_the_coordinators_once(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
        await hana.commands("help")
        clock.advance(timedelta(hours=25))
        telegram.queue.drop_old()
        for _ in range(2):
            async with open_telegram_house(tmp_path, telegram, clock) as town:
                await town.settled()
        assert [message.text for message in sato.letters if "受け取れていませんでした" in message.text] == [
            sato.letters[0].text
        ]
        assert hana.letters == []


async def test_an_hour_without_us_loses_nothing_and_alarms_nobody(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
        for _ in range(150):  # more than one answer holds
            await hana.commands("help")
        clock.advance(timedelta(hours=1))
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await telegram.chats.until(lambda: len(hana.letters) == 150, 20, "150 answers")
            await town.settled()
        assert len(hana.letters) == 150
        assert sato.letters == []
