"""Story 7 on Telegram's wire: half a sentence, reading on, the group, a worry without typing twice, who is on duty."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.server import open_telegram
from tests.world import HeldClock

QUESTION = "親ばっかり喋って本人一言も"
UNANSWERED = "パソコンの画面が固まったときの再起動のしかた"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def test_asking_the_handbook(town: TelegramHouse) -> None:
    await town.house.handbook.warm()
    square = await town.place()
    hana, sato = await town.member("hana"), await town.member("sato", Role.COORDINATOR)

    # 1. half a sentence, and on from there.
    await hana.says("ドア越しに話すとき")
    await hana.sees_soon("1. ドア越しに話すとき", 20)
    assert hana.sees("公式本文ではありません") and hana.unanswered == 0
    await hana.presses("くわしく：ドア越しに話すとき")
    await hana.sees_soon("ノブに手をかける")
    await hana.presses("この項目のもとへ")
    await hana.sees_soon("【項目】 対象者とのコミュニケーション")
    await hana.presses("戻る")
    await hana.presses("似た場面")
    await hana.sees_soon("架空の場面")
    await hana.says("もう少し具体的に")
    await town.settled()
    await hana.presses("役に立った")
    await hana.sees_soon("うかがいました")

    # 2. in a group the answer is hers alone, until she shows it: without the question, and without her name.
    await hana.mentions(square, QUESTION)
    await hana.sees_soon("ここの皆さんに見えています")
    assert town.telegram.chats.by_bot(square.id) == []
    await hana.presses("皆にも見せる")
    await town.settled()
    [post] = town.telegram.chats.by_bot(square.id)
    assert "近いところ" in post.text and QUESTION not in post.text

    # 3. an honest nothing: who is on duty, the gap, and the worry with the question in it.
    hana.look()
    await hana.says(UNANSWERED)
    await hana.sees_soon("見つかりませんでした")
    await hana.presses("当番に聞く（名前は出ません）")
    await hana.sees_soon("当番に届けました")
    await sato.sees_soon("あずかりもの")
    assert not sato.sees(UNANSWERED)
    await sato.presses("ひらく")
    await sato.sees_soon(UNANSWERED)
    await hana.presses("「まだ答えのないこと」に残す")
    await hana.sees_soon("残しました")
    await hana.presses("悩みとして相談する")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.presses("このまま")
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await town.settled()
    hana.look(square)
    assert hana.sees(UNANSWERED)
    town.nobody_is_named()
