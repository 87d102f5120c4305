"""Every way into the house from Telegram: what people type, press, change and send to the bot alone."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.faults import Fault, bad_gateway, too_many
from tests.telegram.server import open_telegram
from tests.telegram.updates import file_content
from tests.world import HeldClock

WORRY = "訪問しても会えません。"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def test_the_commands_are_offered_by_place_and_language(town: TelegramHouse) -> None:
    commands = town.telegram.chats.commands
    await town.telegram.chats.until(lambda: len(commands) == 9, hope="the menus of commands")
    offered = {scope: {each["command"] for each in names} for (scope, language), names in commands.items()}
    everywhere = set().union(*offered.values())
    assert everywhere == {
        "menu",
        "worry",
        "ask",
        "conference",
        "here",
        "join",
        "mydata",
        "promises",
        "language",
        "help",
    }
    told = {language: names[0]["description"] for (_, language), names in commands.items()}
    assert told == {"": "メニューを出す", "ja": "メニューを出す", "en": "Show the menu"}


async def test_a_stranger_is_told_how_to_join(town: TelegramHouse) -> None:
    guest = town.telegram.person("guest")
    await guest.starts()
    await guest.sees_soon("招待コードが要ります")
    await guest.starts("0000-0000-0000")
    await guest.sees_soon("このコードでは参加できませんでした")


async def test_the_menu_stands_under_the_chat_in_the_persons_language(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    await hana.commands("menu")
    await hana.sees_soon("何をしましょうか")
    await hana.presses("事例検討会")
    await hana.sees_soon("予定")
    await hana.commands("language", "en")
    await town.settled()
    await hana.commands("menu")
    await hana.sees_soon("What would you like to do?")
    await hana.presses("My data")
    await hana.sees_soon("Language")
    assert all(
        message.markup is None or "inline" in str(message.markup) or "Share a worry" in str(message.markup)
        for message in hana.letters[-2:]
    )


async def test_a_press_is_answered_before_it_is_understood(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    await hana.commands("mydata")
    await hana.sees_soon("開いている悩みを見る")
    await hana.presses("開いている悩みを見る")
    await hana.sees_soon("あなたの悩みはありません")
    assert hana.unanswered == 0


async def test_unknown_commands_lead_to_help_and_nobody_types_what_only_platforms_say(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    for name in ("moved", "file", "home", "back", "nothing"):
        await hana.commands(name, "-100123")
        await town.settled()
    assert all("使い方" in message.text for message in hana.letters)
    assert len(hana.letters) == 5


@pytest.mark.parametrize("kind", ["document", "photo", "voice", "sticker", "video"])
async def test_a_file_is_refused_kindly(town: TelegramHouse, kind: str) -> None:
    hana = await town.member("hana")
    await hana.sends_file(kind, "家族の写真です")  # type: ignore[arg-type]
    await hana.sees_soon("ファイルはお預かりできません")
    assert not town.telegram.chats.called("getFile"), "nobody opened it"


async def test_pictures_sent_together_are_refused_once(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    for album in ("13000", "13000", "13000", "13001"):
        content = file_content("photo", "FAKE") | {"media_group_id": album}
        town.telegram.updates.message(town.telegram.chats.post(hana.chat, hana.user, content=content))
    await town.settled()
    assert len(hana.letters) == 2


async def test_the_commands_are_offered_again_where_telegram_asks_to_wait(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram:
        telegram.faults.next("setMyCommands", too_many(0))
        telegram.faults.next("setMyCommands", bad_gateway())
        async with open_telegram_house(tmp_path, telegram, clock):
            await telegram.chats.until(lambda: len(telegram.chats.commands) == 9, hope="the menus of commands")


async def test_forms_go_back_rest_and_are_cancelled(town: TelegramHouse) -> None:
    await town.place()
    await town.place("詰所")
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/2）")
    await hana.says(WORRY)
    await hana.sees_soon("（2/2）")
    await hana.presses("戻る")
    await town.settled()
    assert "（1/2）" in hana.letters[-1].text
    await hana.presses("あとで")
    await hana.sees_soon("書きかけのまま")
    await hana.commands("menu")
    await town.settled()
    await hana.presses("書きかけの続き")
    await town.settled()
    await hana.presses("やめる")
    await hana.sees_soon("やめました")
    await town.settled()
    assert not hana.sees(WORRY)


async def test_a_changed_answer_takes_the_place_of_the_first_while_the_form_is_open(town: TelegramHouse) -> None:
    square = await town.place()
    await town.place("詰所")
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/2）")
    said = await hana.says("A市の山田さんに会えません。")
    await hana.sees_soon("（2/2）")
    await hana.edits(said, "担当の方に会えません。")
    await hana.sees_soon("書き直してくださった内容で続けます")
    await hana.presses("つながっているすべての場")
    await hana.sees_soon("この内容で届ける")
    assert "担当の方に会えません。" in hana.letters[-1].text
    assert "山田" not in hana.letters[-1].text
    await hana.edits(said, "担当の方に、まだ会えません。")  # again, before it is confirmed
    await town.settled()
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await town.settled()
    hana.look(square)
    posts = town.telegram.chats.by_bot(square.id)
    assert len(posts) == 1 and "担当の方に、まだ会えません。" in posts[0].text


async def test_a_change_that_no_longer_fits_asks_the_question_again(town: TelegramHouse) -> None:
    await town.place()
    await town.place("詰所")
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/2）")
    said = await hana.says(WORRY)
    await hana.sees_soon("（2/2）")
    await hana.edits(said, "長" * 1001)
    await hana.sees_soon("1,000文字まで")
    assert "（1/2）" in hana.letters[-1].text


async def test_a_change_after_it_was_used_leads_to_a_new_dialogue(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    said = await hana.says("親が話を聞いてくれない")
    await hana.sees_soon("悩みとして相談する", 20)
    await hana.edits(said, "親が、やっと話を聞いてくれた")
    await hana.sees_soon("お預かりしたものには入りません")
    assert "悩みを打ち明ける" in hana.buttons


async def test_what_was_written_is_taken_away_and_what_cannot_be_is_said(town: TelegramHouse) -> None:
    await town.place()
    hana = await town.member("hana")
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    said = await hana.says(WORRY)
    await hana.sees_soon("この内容で届ける")
    town.telegram.faults.next("deleteMessage", Fault(400, "Bad Request: message can't be deleted for everyone"))
    await hana.presses("この内容で届ける")
    await hana.sees_soon("残っているかもしれません")
    await town.settled()
    deleted = [args["message_id"] for args in town.telegram.chats.called("deleteMessage")]
    assert said.id in [int(each) for each in deleted]
    assert said.deleted  # only the first could not be taken away


async def test_what_was_written_while_we_were_away_is_taken_away_too(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await town.place()
            hana = await town.member("hana")
        await hana.commands("worry")
        said = await hana.says(WORRY)  # the question has not been asked yet
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await hana.sees_soon("この内容で届ける")
            await hana.presses("この内容で届ける")
            await hana.sees_soon("お届けしています")
            await town.settled()
    assert said.deleted
    assert not hana.sees("残っているかもしれません")


async def test_after_a_restart_the_person_is_told_that_something_may_be_left(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram:
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await town.place()
            hana = await town.member("hana")
            await hana.commands("worry")
            await hana.sees_soon("（1/1）")
            await hana.says(WORRY)
            await hana.sees_soon("この内容で届ける")
        async with open_telegram_house(tmp_path, telegram, clock) as town:
            await hana.presses("この内容で届ける")
            await hana.sees_soon("お届けしています")
            await hana.sees_soon("残っているかもしれません")


async def test_forged_stale_and_foreign_buttons_change_nothing(town: TelegramHouse) -> None:
    await town.place()
    hana, ken = await town.member("hana"), await town.member("ken")
    await hana.commands("worry")
    await hana.sees_soon("（1/1）")
    await hana.says(WORRY)
    await hana.sees_soon("この内容で届ける")
    preview = hana.letters[-1]
    post = next(each.button["callback_data"] for each in hana.pressables if each.label == "この内容で届ける")
    await ken.commands("menu")
    await town.settled()
    forged = [
        post,
        post[:-1],
        post + "x",
        "worry.post:",
        ":",
        "",
        "worry.closed:0",
        "x" * 64,
        "form.back:1.2.3",
        "form.choose:٣.٣.٣",
        "place.open:1",
        "conference.fix:1.9",
        "gap:",
        "moved:1",
        "worry.post:\u202e",
    ]
    for data in forged:
        ken.sends_press(ken.letters[-1], data)
        await town.settled()
    assert ken.unanswered == 0
    assert (await town.states()) == {}
    hana.sends_press(preview, post)
    hana.sends_press(preview, post)  # twice at once
    await town.settled()
    assert (await town.states()) == {"delivered": 1}


async def test_two_people_are_not_kept_waiting_by_a_third(town: TelegramHouse) -> None:
    """One person's answer hangs in the network; everybody else goes on."""
    slow, quick = await town.member("slow"), await town.member("quick")
    release = asyncio.Event()
    town.telegram.faults.next("sendMessage", Fault(hold=release), chat=slow.id)
    await slow.commands("help")
    for _ in range(3):
        await quick.commands("help")
    await town.telegram.chats.until(lambda: len(quick.letters) == 3, hope="three answers for the quick one")
    release.set()
    await town.settled()


async def test_answers_come_in_the_order_of_the_questions(town: TelegramHouse) -> None:
    hana = await town.member("hana")
    for name in ("help", "mydata", "conference", "menu", "language"):
        await hana.commands(name)
    await town.settled()
    words = ["使い方", "預かっているもの", "事例検討会", "何をしましょうか", "どのことば"]
    assert all(word in message.text for word, message in zip(words, hana.letters, strict=True))
