"""Every way into the bot in Slack: what people type, press, open and reach for, and who sees the answer."""

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse
from tests.slack.blocks import words

QUESTION = "親ばっかり喋って本人一言も"
WORRY = "訪問を断られつづけて、次に何をすればいいのかわからなくなりました。"


async def test_the_slash_command_alone_opens_a_private_menu(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    ken = await town.member("ken", Role.SUPPORTER, square)
    await hana.slash(channel=square)
    await hana.sees_soon("何をしましょうか")
    ken.look(square)
    assert not ken.sees("何をしましょうか")
    assert town.slack.workspace.by_bot(square) == []


async def test_help_shows_commands_as_they_are_typed_here(town: SlackHouse) -> None:
    hana = await town.member("hana")
    await hana.slash("help")
    await hana.sees_soon("/yorisoi worry 悩みを打ち明ける")
    assert hana.sees("/yorisoi join コード")


async def test_a_question_behind_the_command_and_without_the_word_ask(town: SlackHouse) -> None:
    hana = await town.member("hana")
    for typed in (f"ask {QUESTION}", QUESTION):
        await hana.slash(typed)
        await hana.sees_soon("近いところ")
        await hana.closes(everything=True)


async def test_words_in_the_direct_chat_are_a_question_and_a_worry_is_led_to_its_dialog(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana = await town.member("hana")
    await hana.says(WORRY)
    await hana.sees_soon("質問のことばは、このチャットに残ります")
    await hana.presses("悩みとして相談する")
    await hana.sees_soon("どんなことで困っていますか")
    assert hana.view and hana.view["callback_id"] == "worry.share"
    await town.settled()
    assert WORRY not in str(await town.rows_of("draft", "inbox", "worry"))


async def test_a_mention_is_answered_to_one_person_who_may_show_it_to_all(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    ken = await town.member("ken", Role.SUPPORTER, square)
    hana.look(square)
    ken.look(square)
    await hana.mentions(square, QUESTION)
    await hana.sees_soon("皆にも見せる")
    assert "近いところ" not in str(town.slack.workspace.by_bot(square))
    await hana.presses("皆にも見せる")
    await ken.sees_soon("近いところ")
    await hana.sees_soon("皆に見えるように出しました")
    [post] = town.slack.workspace.by_bot(square)
    assert QUESTION not in str(words(post.blocks))
    assert "皆にも見せる" not in hana.buttons


async def test_a_mention_in_a_thread_is_shown_in_that_thread(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    first = await hana.says_in(square, "おはようございます")
    hana.look(square)
    await hana.mentions(square, QUESTION, thread_ts=first.ts)
    await hana.sees_soon("皆にも見せる")
    await hana.presses("皆にも見せる")
    await town.slack.workspace.until(lambda: town.slack.workspace.by_bot(square), hope="the post in the thread")
    assert town.slack.workspace.by_bot(square)[0].thread_ts == first.ts


async def test_the_home_page_shows_conferences_and_never_a_worry(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana, sato = await town.member("hana"), await town.member("sato", Role.COORDINATOR)
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.fills(WORRY)
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await hana.closes(everything=True)
    await sato.slash("conference")
    await sato.sees_soon("日程を相談する")
    await sato.presses("日程を相談する")
    await sato.sees_soon("支援会議")
    await sato.presses("事例検討会")
    await sato.sees_soon("テーマ")
    await sato.fills("会えない方への手紙", "5日後 14:00\n6日後 10:00")
    await sato.sees_soon("日程を決める")
    await hana.opens_home()
    await hana.sees_soon("これからの事例検討会")
    assert hana.home
    page = str(hana.home.view)
    assert "会えない方への手紙" in page
    assert WORRY not in page and "解決しました" not in page
    await hana.presses("1番の日程に答える")
    await hana.sees_soon("あなたの答え")


async def test_shortcuts(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    post = await hana.says_in(square, QUESTION)
    await hana.message_shortcut("ask", post)
    await hana.sees_soon("近いところ")
    await hana.closes(everything=True)
    await hana.shortcut("worry")
    await hana.sees_soon("どんなことで困っていますか")


async def test_the_menu_asks_for_a_question_in_a_dialog(town: SlackHouse) -> None:
    hana = await town.member("hana")
    await hana.slash()
    await hana.sees_soon("ハンドブックに聞く")
    await hana.presses("ハンドブックに聞く")
    await hana.sees_soon("ふだんのことばでそのまま書いてください")
    await hana.fills(QUESTION)
    await hana.sees_soon("近いところ")


async def test_a_dialog_can_be_put_aside_and_comes_back_with_everything_in_it(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana = await town.member("hana")
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.types(WORRY)
    await hana.presses("あとで")
    await hana.sees_soon("7日間取っておきます")
    await hana.closes(everything=True)
    await hana.slash()
    await hana.sees_soon("書きかけの続き")
    await hana.presses("書きかけの続き")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.fills(None)
    await hana.sees_soon("この内容で届ける")
    assert hana.sees(WORRY)


async def test_a_refused_answer_stands_in_red_under_its_question(town: SlackHouse) -> None:
    await town.place("hiroba")
    sato = await town.member("sato", Role.COORDINATOR)
    await sato.slash("conference")
    await sato.sees_soon("日程を相談する")
    await sato.presses("日程を相談する")
    await sato.sees_soon("支援会議")
    await sato.presses("事例検討会")
    await sato.sees_soon("テーマ")
    await sato.fills("会えない方への手紙", "そのうち")
    assert "日にちか時刻が読みとれませんでした" in sato.view_errors["times"]
    await sato.fills(None, "5日後 14:00\n6日後 10:00")
    await sato.sees_soon("日程を決める")


async def test_files_are_kindly_refused(town: SlackHouse) -> None:
    hana = await town.member("hana")
    await town.slack.deliver("events_api", town.slack.payloads.file_share(hana.im, hana.id))
    await hana.sees_soon("ファイルはお預かりできません")


async def test_bots_edits_and_our_own_words_are_not_ours_to_answer(town: SlackHouse) -> None:
    hana = await town.member("hana")
    post = await hana.says(QUESTION)
    await hana.sees_soon("近いところ")
    await town.settled()
    before = len(hana.letters)
    await hana.edits(post, "ちがう質問です")
    await hana.takes_back(post)
    await town.slack.deliver("events_api", town.slack.payloads.bot_message(hana.im, "ほかのボットです"))
    await town.settled()
    assert len(hana.letters) == before


async def test_a_guest_of_another_organisation_is_turned_away_kindly(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.fills(WORRY)
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await town.settled()
    guest = town.slack.person("guest", [square], team="T9OTHER")
    guest.look(square)
    await guest.presses("返信する")
    await guest.sees_soon("ほかの組織の方")
    await guest.mentions(square, QUESTION)
    await guest.sees_soon("ほかの組織の方")
    assert guest.id not in str(town.slack.workspace.called("chat.postMessage"))


async def test_english_is_spoken_to_who_wants_it(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana = await town.member("hana")
    await hana.slash("language en")
    await hana.sees_soon("English")
    await hana.closes(everything=True)
    await hana.slash("worry")
    await hana.sees_soon("Go on")
    assert hana.sees("Later")
