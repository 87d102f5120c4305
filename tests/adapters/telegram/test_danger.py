"""The card of danger through Telegram's wire, also where nothing can be stored: it is shown once, and comes again."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.store import inbox
from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.scenarios.danger import SELF, signs
from tests.telegram.server import open_telegram
from tests.world import HeldClock

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramHouse]:
    monkeypatch.setattr("bot.adapters.telegram.polling.FIRST_WAIT", 0.05)
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


def full(*_: object) -> bool:
    raise OSError("disk full")


async def test_a_worry_is_held_and_who_is_on_duty_is_told(town: TelegramHouse) -> None:
    await town.place()
    hana, sato = await town.member("hana"), await town.member("sato", Role.COORDINATOR)
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    await hana.says(SELF)
    await hana.sees_soon("0120-279-338")
    await hana.presses("自分のこと")
    await hana.sees_soon("当番に知らせる")
    await hana.presses("当番に知らせる")
    await hana.sees_soon("名前を出さずに、当番に知らせました")
    await town.settled()
    await sato.sees_soon("当番のあなたを待っている")
    assert not sato.sees(SELF)
    await sato.presses("ひらく")
    await sato.sees_soon(SELF)
    await sato.presses("返事を書く")
    await sato.sees_soon("（1/1）")
    await sato.says("読みました。")
    await town.settled()
    await hana.presses("ひらく")
    await hana.sees_soon("読みました。")


async def test_the_card_is_shown_once_though_the_disk_is_full(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hana = await town.member("hana")
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "receive", full)
        await hana.says(SELF)
        await hana.sees_soon("0120-279-338")
        await hana.sees_soon("取っておけません")
        await town.adapter.settled()
        assert cards(hana.letters) == 1, "Telegram brings it again and again meanwhile"
    await town.settled()
    assert cards(hana.letters) == 2, "and now it is kept"


def cards(letters: Sequence[object]) -> int:
    return sum("0120-279-338" in str(letter) for letter in letters)
