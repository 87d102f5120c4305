"""What could not be stored comes again, and finds the adapter knowing no more than before."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.events import Body, Edit, Event, News
from bot.store import inbox
from bot.store.session import Session
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.adapters.telegram.letters import SEND, arrives, put
from tests.telegram.server import open_telegram
from tests.world import HeldClock


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramHouse]:
    monkeypatch.setattr("bot.adapters.telegram.polling.FIRST_WAIT", 0.05)
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


def full_for(kind: type[Body], monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full just once, when something of this kind is to be stored."""
    real, full = inbox.receive, 1

    def receive(session: Session, event: Event, now: object) -> bool:
        nonlocal full
        if isinstance(event.body, kind) and full:
            full -= 1
            raise OSError("disk full")
        return real(session, event, now)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "receive", receive)


async def test_a_change_that_was_not_stored_is_a_change_of_the_same_words(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.place()
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    said = await hana.says("A市の山田さんに会えません。")
    await hana.sees_soon("この内容で届ける")
    full_for(Edit, monkeypatch)
    await hana.edits(said, "担当の方に会えません。")
    await town.settled()
    assert "担当の方に会えません。" in hana.letters[-1].text


async def test_whoever_is_back_gets_what_waited_though_it_was_not_stored_at_once(
    town: TelegramHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hana = await town.member("hana")
    hana.chat.blocked = True
    await put(town, hana.id, "待っていた返信")
    await town.telegram.chats.until(lambda: town.telegram.chats.called(SEND), 8)
    await town.house.settled()
    full_for(News, monkeypatch)
    hana.chat.blocked = False
    await hana.commands("help")
    await arrives(town, hana.id, "待っていた返信")
    await town.settled()
