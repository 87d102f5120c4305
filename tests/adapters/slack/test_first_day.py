"""The first day, played through the whole wire: two people in Slack, one on a platform without dialogs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.slack.server import Mode, open_slack
from tests.world import HeldClock

WORRY = "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。"
ANSWER = "返信は急がなくて大丈夫ですよ。まず手紙を一通、置いてみませんか。"
THANKS = "ありがとうございます。手紙、書いてみます。"
THEME = "長く会えていない方との関わり"


@pytest.fixture(params=["socket", "http"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackHouse]:
    mode: Mode = request.param
    async with open_slack(mode) as slack, open_slack_house(tmp_path, slack, HeldClock()) as opened:
        yield opened


async def test_the_first_day(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    sato = await town.member("sato", Role.COORDINATOR, square)
    ken = await town.beside("ken")
    here = await town.world.group(town.world.telegram, "広場")

    # 1. hana shares a worry: a dialog, a preview in the dialog, and nothing of it in any chat before she says so.
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.fills(WORRY, None)
    await hana.sees_soon("この内容で届ける")
    assert hana.sees(WORRY)
    assert not any(WORRY in str(post.blocks) + post.text for post in town.slack.workspace.posts)
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await town.settled()

    # 2. ken reads it where he is, and answers question by question.
    ken.place = here
    assert ken.sees(WORRY)
    await ken.presses("返信する")
    ken.place = ""
    await ken.presses("はじめる")
    await ken.says(ANSWER)
    await town.settled()

    # 3. hana is told without content, opens it in a dialog, and writes back.
    await hana.closes(everything=True)
    hana.look()
    assert hana.sees("お知らせがひとつ")
    assert not hana.sees(ANSWER)
    await hana.presses("ひらく")
    await hana.sees_soon(ANSWER)
    assert not hana.sees("ken")
    await hana.presses("返事を書く")
    await hana.sees_soon("1,000文字まで")
    await hana.fills(THANKS)
    await hana.sees_soon("お届けしています")
    await town.settled()
    await hana.closes(everything=True)
    assert not any(ANSWER in post.text or THANKS in post.text for post in hana.letters)

    # 4. ken gets the author's answer.
    await ken.presses("ひらく")
    assert ken.sees("投稿者")
    assert ken.sees(THANKS)

    # 5. the handbook, by words in the direct chat, and an honest nothing.
    await hana.says("親ばっかり喋って本人一言も")
    await hana.sees_soon("近いところ")
    await hana.says("パソコンの画面が固まったときの再起動のしかた")
    await town.settled()

    # 6. sato proposes dates.
    await sato.slash("conference")
    await sato.sees_soon("日程を相談する")
    await sato.presses("日程を相談する")
    await sato.sees_soon("支援会議")
    await sato.presses("事例検討会")
    await sato.sees_soon("テーマ")
    await sato.fills(THEME, "12/14 14:00\n12/15 10:00")
    await sato.sees_soon("日程を決める")
    await town.settled()

    # 7. both vote; the counts change in the posted card.
    hana.look(square)
    assert hana.sees(THEME)
    await hana.presses("① ◯")
    await hana.sees_soon("お答えを預かりました")
    await hana.presses("つづける")
    await hana.sees_soon("あなたの答え")
    await hana.presses("② ◯")
    await hana.sees_soon("すべての日に答えました")
    ken.place = here
    await ken.presses("① ◯")
    ken.place = ""
    await town.world.later(seconds=3)
    await town.settled()
    await hana.closes(everything=True)
    assert hana.sees("◯2")

    # 8. sato decides; everyone who answered is told.
    await sato.presses("日程を決める")
    await sato.sees_soon("◯がいちばん多い日です")
    await sato.presses("この日に決める")
    await sato.sees_soon("決まりました")
    await town.settled()
    hana.look()
    assert hana.sees("事例検討会の日が決まりました")
    assert ken.sees("事例検討会の日が決まりました")

    # 9. time passes.
    await town.world.later(days=25)
    await town.settled()
    assert hana.sees("事例検討会が近づきました")

    # 10. hana closes her worry.
    await hana.slash("mydata")
    await hana.sees_soon("開いている悩みを見る")
    await hana.presses("開いている悩みを見る")
    await hana.sees_soon("」をひらく")
    await hana.presses(next(label for label in hana.buttons if label.endswith("をひらく") and label.startswith("「")))
    await hana.sees_soon("解決しました")
    await hana.presses("解決しました")
    await hana.sees_soon("はい、閉じます")
    await hana.presses("はい、閉じます")
    await hana.sees_soon("閉じました")
    await town.settled()
    ken.place = here
    assert ken.sees("この悩みは閉じられました")
    assert hana.errors == sato.errors == []
