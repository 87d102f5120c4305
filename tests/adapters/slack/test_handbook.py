"""Story 7 on Slack's wire: half a sentence, reading on in a dialog, the channel, a worry without typing twice, duty."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.slack.server import open_slack
from tests.world import HeldClock

QUESTION = "親ばっかり喋って本人一言も"
UNANSWERED = "パソコンの画面が固まったときの再起動のしかた"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack("socket") as slack, open_slack_house(tmp_path, slack, HeldClock()) as opened:
        yield opened


async def test_asking_the_handbook(town: SlackHouse) -> None:
    await town.house.handbook.warm()
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    sato = await town.member("sato", Role.COORDINATOR, square)
    posts = town.slack.workspace.posts

    # 1. half a sentence in the direct chat; what it leads to stands in a dialog.
    await hana.says("ドア越しに話すとき")
    await hana.sees_soon("1. ドア越しに話すとき")
    assert hana.sees("公式本文ではありません") and hana.sees("このチャットに残ります")
    await hana.presses("くわしく：ドア越しに話すとき")
    await hana.sees_soon("ノブに手をかける")
    await hana.presses("この項目のもとへ")
    await hana.sees_soon("【項目】 対象者とのコミュニケーション")
    await hana.presses("戻る")
    await hana.sees_soon("ノブに手をかける")
    await hana.presses("似た場面")
    await hana.sees_soon("架空の場面")
    await hana.closes(everything=True)
    await hana.says("もう少し具体的に")
    await town.settled()
    await hana.presses("役に立った")
    await hana.sees_soon("うかがいました")
    await hana.closes(everything=True)

    # 2. in a channel the answer is hers alone, until she shows it: without the question, and without her name.
    hana.look(square)
    await hana.mentions(square, QUESTION)
    await hana.sees_soon("ここの皆さんに見えています")
    assert town.slack.workspace.by_bot(square) == []
    await hana.presses("皆にも見せる")
    await hana.sees_soon("皆に見えるように出しました")
    await town.settled()
    [post] = town.slack.workspace.by_bot(square)
    assert "近いところ" in str(post.blocks) and QUESTION not in str(post.blocks)

    # 3. an honest nothing behind the command: who is on duty, the gap, and the worry with the question in it.
    hana.look()
    await hana.slash(f"ask {UNANSWERED}")
    await hana.sees_soon("見つかりませんでした")
    await hana.presses("「まだ答えのないこと」に残す")
    await hana.sees_soon("残しました")
    await hana.presses("当番に聞く（名前は出ません）")
    await hana.sees_soon("当番に届けました")
    await hana.closes(everything=True)
    await town.settled()
    sato.look()
    await sato.sees_soon("あずかりもの")
    assert not sato.sees(UNANSWERED)
    await sato.presses("ひらく")
    await sato.sees_soon(UNANSWERED)
    await hana.slash(f"ask {UNANSWERED}")
    await hana.sees_soon("見つかりませんでした")
    await hana.presses("悩みとして相談する")
    await hana.sees_soon("どんなことで困っていますか")
    assert hana.view and UNANSWERED in str(hana.view["blocks"])
    assert not any(UNANSWERED in f"{post.text} {post.blocks}" for post in posts), (
        "no message holds it before it is shared"
    )
    await hana.fills(UNANSWERED)
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await town.settled()
    assert any(UNANSWERED in f"{post.blocks}" for post in town.slack.workspace.by_bot(square))
    assert hana.errors == sato.errors == []
