"""What counts as new to whom: unseen messages, numbers, hints, and when something came."""

from datetime import timedelta

from bot.chat.events import Address, Command, Event, Press
from bot.chat.messages import Button, Message, Reply
from tests.adapters.console.bot import SQUARE, Bot, passes

KEN = Address("console", "demo", "ken")
NOTICE = Message("お知らせです", buttons=(Button("ひらく", "open"),))
POSTED = "/worry\nつらい\n1\n:skip\n"


def after(mark: str, transcript: str) -> str:
    return transcript.rpartition(mark)[2]


async def test_a_new_notice_is_number_one_and_older_messages_are_not_repeated() -> None:
    bot = Bot()
    await passes(":as ken\n/worry\nやあ\n:as hana", bot)
    bot.post(KEN, NOTICE)
    transcript = await passes("/worry\n:cancel\n:as ken\n:dm\n1", bot)
    shown = after(":as ken\n", transcript)
    assert "［ふたりだけ］\nお知らせです\n[1] ひらく\n" in shown
    assert "悩みを書いてください" not in shown
    assert bot.events[-1].body == Press("open")


async def test_where_nothing_is_new_the_latest_message_with_buttons_stands_again() -> None:
    bot = Bot()
    transcript = await passes(f"{POSTED}こんにちは\n:dm\n1\nexpect 取り消しました", bot)
    assert after(":dm\n", transcript).startswith("［ふたりだけ］\n届けました\n[1] 取り消す\n\nhana@ふたりだけ > 1\n")
    assert bot.events[-1].body == Press("undo")


async def test_where_nothing_has_buttons_just_the_latest_stands_again() -> None:
    transcript = await passes(":in 広場\nひとつめ\nふたつめ\n:in 広場")
    assert after(":in 広場\n", transcript) == ("［広場・あなただけに見えます］\n受けとりました: ふたつめ\n\n")


async def test_a_dialog_that_waits_is_asked_again_and_nothing_stands_between() -> None:
    transcript = await passes("/worry\nつらい\n:as ken\n:as hana")
    assert after(":as hana\n", transcript) == (
        "hana さんに新しいお知らせはありません。\n打ち明ける\n（2/3）とどける先\nいまの内容: みんな\n[1] みんな\n"
        "[2] 広場だけ\n番号か、書いてある文字で選んでください\nこのままで進む :skip　あとで :later　やめる :cancel\n"
    )


async def test_ones_own_doing_is_no_news_to_oneself_but_to_others() -> None:
    transcript = await passes(f"{POSTED}:as ken\n:as hana")
    hana, ken, again = transcript.split(":as ")
    assert "新しい投稿" not in hana
    assert "「広場」に新しい投稿があります（:in 広場）" in ken
    assert "hana さんに新しいお知らせはありません。" in again


async def test_news_of_a_group_and_nothing_new_are_never_said_together() -> None:
    transcript = await passes(f":as ken\n:as hana\n{POSTED}:as ken\n:as hana\n:as ken")
    ken, hana, later = transcript.split(":as ")[3:]
    assert "「広場」に新しい投稿" in ken
    assert "新しいお知らせはありません" not in ken
    assert "hana さんに新しいお知らせはありません" in hana
    assert "ken さんに新しいお知らせはありません" in later


async def test_what_changed_by_ones_own_press_is_not_told_as_a_change() -> None:
    transcript = await passes(f"{POSTED}取り消す\n:as ken\n:as hana\n:dm")
    assert "（内容が変わりました）" not in transcript
    assert transcript.endswith("［ふたりだけ］\nようこそ S\n約束です\n正直に言うと\n[1] メニュー\n\n")


async def test_what_came_while_the_clock_moved_shows_when_it_came() -> None:
    bot = Bot()
    bot.post(SQUARE, Message("広場へ"), timedelta(days=1))
    bot.post(KEN, Message("はじめの"), timedelta(days=2, hours=1))
    bot.post(KEN, Message("おなじころの"), timedelta(days=2, hours=1, seconds=20))
    bot.post(KEN, Message("ちょうどいまの"), timedelta(days=3))
    transcript = await passes(":as ken\n:clock +3d\nどうも\n:in 広場", bot)
    came, thanked, square = after(":clock +3d\n", transcript).split("ken@")
    assert came == (
        "いまは 2026-04-04（土）09:00 です。\n4月3日(金) 10:00\nはじめの\n\nおなじころの\n\n"
        "4月4日(土) 09:00\nちょうどいまの\n\n「広場」に新しい投稿があります（:in 広場）\n"
    )
    assert thanked == "ふたりだけ > どうも\n受けとりました: どうも\n\n"
    assert square == "ふたりだけ > :in 広場\n［広場］\n4月2日(木) 09:00\n広場へ\n\n"


async def test_a_letter_from_before_the_move_shows_its_time_to_whoever_reads_it_after() -> None:
    bot = Bot()
    bot.post(KEN, NOTICE)
    transcript = await passes(":as ken --stranger\n:as hana\nどうも\n:clock +1d\n:as ken", bot)
    assert transcript.endswith("［ふたりだけ］\n4月1日(水) 09:00\nお知らせです\n[1] ひらく\n\n")


async def test_the_answer_to_a_button_of_another_place_gives_no_hint_of_itself() -> None:
    bot = Bot()

    async def open_square(event: Event) -> Reply | None:
        if event.body == Command("post"):
            bot.post(SQUARE, Message("みんなへ", buttons=(Button("答える", "answer"),)))
            return None
        return Reply(Message("預かりました"))

    bot.console.bind(open_square)
    desk, shown = bot.console.desk, list[str]()
    bot.console.screen.show = lambda lines: shown.extend("".join(text for _, text in line) for line in lines)
    for line in (":as hana", "/post", ":in 広場", ":dm", "答える"):
        await desk.enter(line)
    assert shown[-3:] == ["［広場・あなただけに見えます］", "預かりました", ""]
