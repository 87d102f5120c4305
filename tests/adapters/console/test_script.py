"""Scenes played in the console against a tiny bot: people, places, forms both ways, expectations, the clock."""

import pytest

from bot.adapters.console.dialog import Dialog, question
from bot.chat.events import Command, Press, Submit, Text
from bot.chat.messages import Field, Form
from tests.adapters.console.bot import SQUARE, Bot, passes


async def test_a_dialog_takes_a_line_for_each_field_and_submits_once() -> None:
    bot = Bot()
    scene = r"""
# hana が打ち明けます
/worry
expect （1/3）悩み
つらい\nです
expect [2] 広場だけ
expect いまの内容: みんな
2
:skip
expect 届けました
expect 取り消す
"""
    transcript = await passes(scene, bot)
    assert bot.events[-1].body == Submit("share", {"text": "つらい\nです", "to": "one", "extra": ""})
    assert [event.modal for event in bot.events] == [True, True, True]
    assert [event.id for event in bot.events] == ["t:1", "t:2", "t:3"]
    assert "# hana が打ち明けます\nhana@ふたりだけ > /worry\n" in transcript


async def test_a_line_that_does_not_fit_a_field_is_asked_again() -> None:
    scene = f"""
/worry
{"あ" * 21}
expect 20文字まで
つらい
どこか
expect 1から2の番号
広場だけ
ひとこと
expect 届けました
"""
    await passes(scene)


async def test_a_required_field_cannot_be_skipped_and_cancel_sends_nothing() -> None:
    bot = Bot()
    await passes("/worry\n:skip\nexpect まだ何も書かれていません\nつらい\n:cancel\nexpect とりやめました\nhello\n", bot)
    assert [type(event.body) for event in bot.events] == [Command, Command, Text]
    await passes(":skip\nexpect いま開いているフォームはありません", bot)


async def test_an_empty_line_keeps_what_stands_in_a_field() -> None:
    bot = Bot()
    await passes("/worry\nつらい", bot)
    await bot.console.desk.enter("\n")
    await bot.console.desk.enter("　")
    assert bot.events[-1].body == Submit("share", {"text": "つらい", "to": "all", "extra": ""})


async def test_a_dialog_waits_while_someone_else_sits_here() -> None:
    bot = Bot()
    scene = """
/worry
:as ken
やあ
:as hana
つらい
:skip
:skip
expect 届けました
:cancel
expect いま開いているフォームはありません
:dm
:help
expect :people
"""
    transcript = await passes(scene, bot)
    assert transcript.count("（1/3）悩み") == 2
    assert [event.sender for event in bot.events] == ["hana", "hana", "ken", "ken", "hana"]


async def test_a_refused_dialog_opens_again_with_what_was_written() -> None:
    bot = Bot()
    scene = """
/worry
禁句です
:skip
ひとこと
expect その言葉は使えません
expect いまの内容: 禁句です
だいじょうぶ
:skip
:skip
expect 届けました
"""
    await passes(scene, bot)
    assert bot.events[-1].body == Submit("share", {"text": "だいじょうぶ", "to": "all", "extra": "ひとこと"})


async def test_a_person_without_dialogs_is_asked_in_words() -> None:
    bot = Bot()
    scene = """
:as ken
/worry
expect 悩みを書いてください
やめる
:as ken --dialogs
/worry
expect （1/3）悩み
:cancel
:as ken --questions
/form
expect ここではフォームを開けません
"""
    await passes(scene, bot)
    assert bot.events[2].body == Press("stop")


async def test_buttons_go_by_number_by_label_and_in_full_width() -> None:
    bot = Bot()
    scene = """
/worry
いちばん
1
:skip
取り消す
expect 取り消しました
expect-not 届けました
１
:in 広場
1
expect ありがとう
"""
    await passes(scene, bot)
    assert [event.body for event in bot.events[3:]] == [Press("undo"), Text("１"), Press("reply")]
    assert bot.events[-1].address == SQUARE
    assert not bot.events[-1].direct


async def test_letters_wait_for_their_reader_with_a_hint_for_whoever_sits_here() -> None:
    scene = """
/worry
つらい
1
:skip
:as ken
:in 広場
expect つらい
返信する
:as hana
expect お知らせです
ひらく
"""
    bot = Bot()
    transcript = await passes(scene, bot)
    assert transcript.count("hana さんにお知らせが届いています（:as hana）") == 1
    assert "「広場」に新しい投稿があります（:in 広場）" in transcript
    assert "［広場］\n| つらい\n[1] 返信する" in transcript
    assert bot.events[-1].body == Press("open")
    assert bot.events[-1].direct


async def test_private_replies_are_seen_by_their_asker_only_and_chat_by_everyone() -> None:
    scene = """
:in 広場
こんにちは
expect 受けとりました: こんにちは
expect-not ken
:as ken
:in 広場
expect こんにちは
expect-not 受けとりました
"""
    assert "hana: こんにちは" in await passes(scene)


async def test_only_my_own_line_closes_my_window() -> None:
    scene = """
ひとつめ
expect 受けとりました: ひとつめ
expect ひとつめ
:as ken
ふたつめ
expect-not ひとつめ
:as hana
expect ひとつめ
:clock +1h
expect ひとつめ
みっつめ
expect-not ひとつめ
"""
    await passes(scene)


async def test_the_clock_brings_what_falls_due() -> None:
    scene = """
/later
:clock
expect 2026-04-01（水）09:00
:clock +2d23h
expect-not 三日たちました
:clock +1h
expect 2026-04-04（土）09:00
expect 三日たちました
"""
    await passes(scene)


async def test_a_dialog_put_aside_keeps_what_was_typed_and_goes_on_there() -> None:
    bot = Bot()
    scene = """
/worry
つらい
:later
expect 「打ち明ける」を閉じました。まだ何も送っていません
やあ
expect 受けとりました: やあ
:as ken
:later
expect いま開いているフォームも、書きかけもありません
:as hana
:later
expect （2/3）とどける先
expect-not （1/3）
広場だけ
:skip
expect 届けました
:later
expect いま開いているフォームも、書きかけもありません
"""
    transcript = await passes(scene, bot)
    assert bot.events[-1].body == Submit("share", {"text": "つらい", "to": "one", "extra": ""})
    assert "> :later\n打ち明ける\n（2/3）とどける先\n" in transcript


async def test_of_two_dialogs_put_aside_the_later_one_opens_first_and_none_is_lost() -> None:
    bot = Bot()
    await passes("/worry\nひとつめ\n:later\n/worry\nふたつめ\n:later\n:later\n:skip\n:skip\n:later\n:skip\n:skip", bot)
    answers = [event.body.answers["text"] for event in bot.events if isinstance(event.body, Submit)]
    assert answers == ["ふたつめ", "ひとつめ"]


async def test_a_field_is_shown_with_its_value_its_choices_its_limit_once_and_every_way_out() -> None:
    bot = Bot()
    first, second, third = (await passes("/worry\nつらい\n2", bot)).split("（1/3）")[1].split("hana@")[:3]
    assert first == "悩み\n改行は \\n と書きます  20文字まで\nあとで :later　やめる :cancel\n"
    assert second.split("\n", 1)[1] == (
        "（2/3）とどける先\nいまの内容: みんな\n[1] みんな\n[2] 広場だけ\n番号か、書いてある文字で選んでください\n"
        "このままで進む :skip　あとで :later　やめる :cancel\n"
    )
    assert third.endswith("  200文字まで\n書かずに進む :skip　あとで :later　やめる :cancel\n")


@pytest.mark.parametrize("label", ["返信", "返信（1,000文字まで）", "返信（1000文字まで）"])
async def test_a_limit_is_said_once_also_where_the_label_tells_it(label: str) -> None:
    dialog = Dialog(Form("answer", "返信する", (Field("text", label, "paragraph", limit=1000),)), "hana")
    asked = dialog.form.fields[0]
    told = "".join(text for _, text in question(dialog, asked, Bot().console.screen.words)).replace(",", "")
    assert told.count("1000文字") == 1
