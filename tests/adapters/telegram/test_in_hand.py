"""Answers in hand: in order within a chat, and nobody waits for somebody whose chat Telegram holds up."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.telegram.arrival import Arrival
from bot.adapters.telegram.in_hand import HELD_SECONDS, MOST_WAITING, InHand
from bot.chat.events import Address, Event, Text
from bot.chat.messages import Message, Reply
from tests.adapters.telegram.house import open_telegram_house
from tests.telegram.faults import Fault, too_many
from tests.telegram.server import Mode, open_telegram
from tests.world import HeldClock

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class Telegram:
    """Shows nothing before it is let."""

    now: float = 0.0
    shown: list[str] = field(default_factory=list)
    let: asyncio.Event = field(default_factory=asyncio.Event)

    async def show(self, arrival: Arrival, reply: Reply) -> None:
        await self.let.wait()
        assert reply.message
        self.shown.append(f"{arrival.event.sender} {reply.message.body}")


def an_answer(to: str, words: str, *, clear: bool = False) -> tuple[Arrival, Reply]:
    event = Event("1", to, Address("telegram", "", to), True, False, NOW, Text("?"))
    return Arrival(event), Reply(Message(words), clear=clear)


async def all_shown(in_hand: InHand) -> None:
    while in_hand.tasks:
        await asyncio.wait(in_hand.tasks)


async def test_a_chat_that_is_not_held_up_gets_every_answer_in_order() -> None:
    telegram = Telegram()
    in_hand = InHand(telegram.show, lambda: telegram.now)
    for number in range(30):
        in_hand.put(*an_answer("1", str(number)))
    assert in_hand.pressing() >= 30
    telegram.let.set()
    await all_shown(in_hand)
    assert telegram.shown == [f"1 {number}" for number in range(30)]
    assert in_hand.pressing() == 0


async def test_a_chat_that_is_held_up_presses_nobody_and_keeps_the_newest() -> None:
    telegram = Telegram()
    in_hand = InHand(telegram.show, lambda: telegram.now)
    in_hand.put(*an_answer("1", "first"))
    in_hand.put(*an_answer("1", "clears", clear=True))
    await asyncio.sleep(0)  # the first is being shown
    telegram.now = HELD_SECONDS + 0.1
    for number in range(30):
        in_hand.put(*an_answer("1", str(number)))
    assert in_hand.pressing() == 0
    telegram.let.set()
    await all_shown(in_hand)
    assert telegram.shown == ["1 first", "1 clears", *(f"1 {number}" for number in range(31 - MOST_WAITING, 30))]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_whoever_is_asked_to_wait_stops_nobody_else(
    tmp_path: Path, mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One person sends sixty commands, and Telegram takes no answer for them for a while."""
    monkeypatch.setattr("bot.adapters.telegram.in_hand.HELD_SECONDS", 0.1)
    clock = HeldClock()
    async with open_telegram(mode, clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        flood, hana = await town.member("flood"), await town.member("hana")
        telegram.faults.next("sendMessage", too_many(9), times=-1, chat=flood.id)
        for _ in range(60):
            await flood.commands("help")
        await telegram.chats.until(lambda: telegram.faults.happened, 8)
        await hana.commands("help")
        await telegram.chats.until(lambda: hana.letters, 20, "an answer for somebody else")
        assert flood.letters == []


# what the fault holds is cut off when the house closes, and whoever collects it later warns of that
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_presses_nobody_can_answer_do_not_fill_the_house(tmp_path: Path) -> None:
    clock, never = HeldClock(), asyncio.Event()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        flood, hana = await town.member("flood"), await town.member("hana")
        await flood.commands("mydata")
        await flood.sees_soon("開いている悩みを見る")
        telegram.faults.next("answerCallbackQuery", Fault(hold=never), times=-1)
        for _ in range(60):
            flood.sends_press(flood.letters[0], "mydata.show:")
        await hana.commands("help")
        await telegram.chats.until(lambda: hana.letters, 20, "an answer for somebody else")
        never.set()
        await town.settled()
