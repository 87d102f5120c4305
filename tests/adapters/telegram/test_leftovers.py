"""What was written for a worry does not stay in the chat unsaid, also where an answer was lost."""

from pathlib import Path

from bot.chat.events import Address, Event, Press
from bot.store import inbox
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.people import TelegramPerson
from tests.telegram.server import open_telegram
from tests.telegram.shapes import Message
from tests.world import HeldClock

WORRY = "訪問しても会えません。"
LEFT = "残っているかもしれません"


async def previewed(town: TelegramHouse) -> tuple[TelegramPerson, Message, Event]:
    """Somebody before their preview, what they wrote, and their press on the button as the house hears it."""
    await town.place()
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    said = await hana.says(WORRY)
    await hana.sees_soon("この内容で届ける")
    await town.settled()
    button = next(each for each in hana.pressables if each.label == "この内容で届ける")
    action, _, argument = str(button.button["callback_data"]).partition(":")
    address = Address("telegram", "", str(hana.id))
    return hana, said, Event("1:99", str(hana.id), address, True, False, town.house.clock(), Press(action, argument))


async def test_a_worry_that_is_shared_after_a_kill_says_that_something_may_be_left(tmp_path: Path) -> None:
    """The press was stored and not handled; the house goes on with it, and only a letter can tell."""
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        hana, said, press = await previewed(town)
        await town.house.database.write(lambda session: inbox.receive(session, press, clock()))
        await town.house.pipeline.resume(clock())
        await town.settled()
        assert not said.deleted
        assert hana.sees("お届けしています") and hana.sees(LEFT)


async def test_pressing_again_after_a_lost_answer_takes_away_what_was_written(tmp_path: Path) -> None:
    """The worry was shared, and we were killed before anybody could say so."""
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        hana, said, press = await previewed(town)
        await town.house.pipeline.dispatch(press)  # committed; nobody shows the answer
        await hana.presses("この内容で届ける")
        await hana.sees_soon("もうありません")
        await town.settled()
        assert said.deleted and not hana.sees(LEFT)


async def test_pressing_again_after_a_restart_says_that_something_may_be_left(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            hana, said, press = await previewed(town)
            await town.house.pipeline.dispatch(press)
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await hana.presses("この内容で届ける")
            await hana.sees_soon(LEFT)
            assert not said.deleted


async def test_a_button_pressed_twice_alarms_nobody(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
        hana, said, press = await previewed(town)
        preview = hana.letters[-1]
        assert isinstance(press.body, Press)
        for _ in range(2):
            hana.sends_press(preview, f"{press.body.action}:{press.body.argument}")
        await town.settled()
        assert said.deleted and hana.sees("もうありません") and not hana.sees(LEFT)
