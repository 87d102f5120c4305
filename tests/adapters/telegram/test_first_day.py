"""The first day, played through the whole wire: two people on Telegram, one on a platform with dialogs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.server import Mode, open_telegram
from tests.world import HeldClock

WORRY = "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。"
ANSWER = "返信は急がなくて大丈夫ですよ。まず手紙を一通、置いてみませんか。"
THANKS = "ありがとうございます。手紙、書いてみます。"
THEME = "長く会えていない方との関わり"


@pytest.fixture(params=["polling", "webhook"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    mode: Mode = request.param
    clock = HeldClock()
    async with open_telegram(mode, clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def test_the_first_day(town: TelegramHouse) -> None:
    square = await town.place()
    hana = town.telegram.person("hana")
    sato = town.telegram.person("sato")
    ken = await town.beside("ken")
    here = await town.world.group(town.world.slack, "詰所")

    # 0. both join by a link, and see what is promised.
    for person, role in ((hana, Role.SUPPORTER), (sato, Role.COORDINATOR)):
        await person.starts(await town.invited(role))
        await person.sees_soon("悩みを書いた人が誰かは、仲間にも調整役にも見えません")
        assert person.buttons == [
            "悩みを打ち明ける",
            "ハンドブックに聞く",
            "事例検討会",
            "当番",
            "自分のデータ",
            "約束と、できないこと",
        ]

    # 1. hana shares a worry, question by question, from the keyboard under the chat.
    await hana.presses("悩みを打ち明ける")
    await hana.sees_soon("どんなことで困っていますか")
    assert hana.sees("（1/2）")
    await hana.says(WORRY)
    await hana.sees_soon("（2/2）")
    await hana.presses("つながっているすべての場")
    await hana.sees_soon("この内容で届ける")
    assert hana.sees(WORRY)
    assert town.telegram.chats.by_bot(square.id) == []
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await town.settled()
    assert hana.unanswered == 0

    # 2. what she wrote is no longer in the chat, and she is told nothing stands against it.
    assert not hana.sees(WORRY)
    assert not hana.sees("残っているかもしれません")

    # 3. ken reads it where he is, and answers in a dialog.
    ken.place = here
    assert ken.sees(WORRY)
    await ken.presses("返信する")
    await ken.fills(ANSWER)
    await town.settled()

    # 4. the answer stands under the post; hana is told without content, opens it, and writes back.
    hana.look(square)
    post, answer = town.telegram.chats.by_bot(square.id)
    assert ANSWER in answer.text
    assert answer.reply_to == post.id
    hana.look()
    assert hana.sees("お知らせがひとつ")
    assert not hana.sees(ANSWER)
    await hana.presses("ひらく")
    await hana.sees_soon(ANSWER)
    assert not hana.sees("ken")
    await hana.presses("返事を書く")
    await hana.sees_soon("（1/1）")
    await hana.says(THANKS)
    await hana.sees_soon("お届けしています")
    await town.settled()

    # 5. ken gets the author's answer.
    ken.place = ""
    await ken.presses("ひらく")
    assert ken.sees("投稿者")
    assert ken.sees(THANKS)

    # 6. the handbook, by words in the chat, and an honest nothing.
    await hana.says("親ばっかり喋って本人一言も")
    await hana.sees_soon("近いところ", 20)
    await hana.says("パソコンの画面が固まったときの再起動のしかた")
    await town.settled()

    # 7. sato proposes dates.
    await sato.commands("conference")
    await sato.sees_soon("日程を相談する")
    await sato.presses("日程を相談する")
    await sato.sees_soon("支援会議")
    await sato.presses("事例検討会")
    await sato.sees_soon("テーマ")
    await sato.says(THEME)
    await sato.sees_soon("（2/2）")
    await sato.says("12/14 14:00\n12/15 10:00")
    await sato.sees_soon("日程を決める")
    await town.settled()

    # 8. hana votes from the group with one press; the other dates wait where only she is.
    hana.look(square)
    assert hana.sees(THEME)
    await hana.presses("① ◯")
    await hana.sees_soon("お答えを預かりました")
    await hana.presses("つづける")
    await hana.sees_soon("あなたの答え")
    await hana.presses("② ◯")
    await hana.sees_soon("すべての日に答えました")
    await town.settled()
    hana.look(square)
    assert hana.sees("◯1")

    # 9. sato decides; everyone who answered is told, and reminded.
    await sato.presses("日程を決める")
    await sato.sees_soon("同じくらい集まれる日が2つあります")
    await sato.presses("12月14日(月) 14:00 に決める")
    await sato.sees_soon("決まりました")
    await town.settled()
    hana.look()
    assert hana.sees("事例検討会の日が決まりました")
    await town.world.later(days=25)
    await town.settled()
    assert hana.sees("事例検討会が近づきました")

    # 10. hana closes her worry.
    await hana.presses("自分のデータ")
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
    hana.look(square)
    assert hana.sees("この悩みは閉じられました")
    town.nobody_is_named()
