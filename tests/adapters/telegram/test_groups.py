"""In groups: the bot hears what is said to it alone, and answers where nobody else reads it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.chats import BOT_NAME
from tests.telegram.faults import Fault
from tests.telegram.server import open_telegram
from tests.world import HeldClock

WORRY = "訪問しても会えません。"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram(now=clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


async def test_in_a_group_only_what_is_said_to_the_bot_is_heard(town: TelegramHouse) -> None:
    town.telegram.chats.privacy = False
    square = await town.place()
    hana = await town.member("hana")
    await hana.says_in(square, "今日は寒いですね")
    await hana.says_in(square, "/menu@another_bot")
    await hana.says_in(square, "/unknown")
    await town.settled()
    assert hana.letters == [] and town.telegram.chats.by_bot(square.id) == []
    assert (await town.states()) == {}
    await hana.mentions(square, "親ばっかり喋って本人一言も")
    await hana.sees_soon("近いところ", 20)
    assert town.telegram.chats.by_bot(square.id) == []  # nobody else sees what was found
    share = next(label for label in hana.buttons if "見せる" in label)
    await hana.presses(share)
    await town.settled()
    assert "近いところ" in town.telegram.chats.by_bot(square.id)[0].text


async def test_an_answer_to_the_bot_in_a_group_is_a_question_and_a_topic_is_none(town: TelegramHouse) -> None:
    square = await town.place(forum=True)
    topic = town.telegram.chats.add_topic(square.chat, "相談", town.telegram.chats.bot)
    hana = await town.member("hana")
    opened = square.chat.messages[topic.id]
    town.telegram.chats.privacy = False
    await hana.says_in(square, "この場では独り言です", topic, reply_to=opened)
    await town.settled()
    assert hana.letters == []
    await hana.commands_in(square, "ask", "親ばっかり喋って", topic)
    await hana.sees_soon("近いところ", 20)
    share = next(label for label in hana.buttons if "見せる" in label)
    await hana.presses(share)
    await town.settled()
    assert town.telegram.chats.by_bot(square.id)[-1].thread == topic.id


async def test_here_links_the_group_and_the_answer_is_for_the_coordinator_alone(town: TelegramHouse) -> None:
    group = town.telegram.group("相談室", bot_admin=True)
    sato, hana = await town.member("sato", Role.COORDINATOR), await town.member("hana")
    await hana.commands_in(group, "here", "相談室")
    await hana.sees_soon("調整役の方ができることです")
    await sato.commands_in(group, "here", "相談室")
    await sato.sees_soon("相談室")
    assert town.telegram.chats.by_bot(group.id) == []
    await sato.presses("参加ボタンを置く")
    await town.settled()
    ken = town.telegram.person("ken")
    ken.look(group)
    await ken.presses("参加する")  # the press itself opens the chat of the two
    await town.settled()
    assert not ken.sees("お返事は、あなたとボットだけの場所でお見せします")
    answered = [each.answer for each in town.telegram.chats.callbacks.values() if each.user.id == ken.id]
    assert answered and answered[0] and answered[0]["url"] == f"https://t.me/{BOT_NAME}?start=menu"
    await ken.starts("menu")
    await ken.sees_soon("何をしましょうか")


async def test_whoever_never_began_sees_one_line_and_the_way_and_the_group_is_not_filled(town: TelegramHouse) -> None:
    square = await town.place()
    ken, rin = town.telegram.person("ken"), town.telegram.person("rin")
    ken.look(square)
    await ken.commands_in(square, "help")
    await ken.sees_soon("お返事は、あなたとボットだけの場所でお見せします")
    await rin.commands_in(square, "help")
    await ken.commands_in(square, "menu")
    await town.settled()
    assert len(town.telegram.chats.by_bot(square.id)) == 1
    await ken.presses(next(label for label in ken.buttons if "場所をひらく" in label))
    await ken.sees_soon("招待コードが要ります")


async def test_a_worry_begun_in_a_group_is_taken_away_and_goes_on_alone(town: TelegramHouse) -> None:
    square = await town.place(bot_admin=True)
    hana = await town.member("hana")
    said = await hana.commands_in(square, "worry", WORRY)
    await hana.sees_soon("先ほどの続きは、ここで伺います")
    await town.settled()
    assert said.deleted and not hana.sees("消せませんでした")
    assert town.telegram.chats.by_bot(square.id) == []
    await hana.presses("はじめる")
    await hana.sees_soon("どんなことで困っていますか")


async def test_without_rights_the_group_message_stays_and_that_is_said_alone(town: TelegramHouse) -> None:
    square = await town.place()
    hana = await town.member("hana")
    said = await hana.commands_in(square, "worry", WORRY)
    await hana.sees_soon("先ほどの続きは、ここで伺います")
    await town.settled()
    assert not said.deleted
    assert hana.sees("ボットでは消せませんでした")
    assert town.telegram.chats.by_bot(square.id) == []


async def share(town: TelegramHouse, name: str, words: str) -> None:
    person = await town.member(name)
    await person.commands("worry")
    await person.sees_soon("（1/1）")
    await person.says(words)
    await person.sees_soon("この内容で届ける")
    await person.presses("この内容で届ける")
    await person.sees_soon("お届けしています")
    await town.settled()


async def test_where_the_group_has_topics_each_worry_gets_its_own(town: TelegramHouse) -> None:
    square = await town.place(forum=True, bot_admin=True)
    await share(town, "hana", WORRY)
    await share(town, "sato", "記録の書き方に迷います。")
    ken = await town.member("ken")
    ken.look(square)
    await ken.presses("返信する")
    await ken.sees_soon("はじめる")
    await ken.presses("はじめる")
    await ken.sees_soon("（1/1）")
    await ken.says("事実だけ書いています。")
    await ken.sees_soon("お届けしています")
    await town.settled()
    first, second, answer = town.telegram.chats.by_bot(square.id)
    assert first.thread != second.thread and first.thread and second.thread
    assert answer.thread == second.thread and answer.reply_to == second.id
    names = [square.chat.topics[each.thread].name for each in (first, second)]
    assert names == [each.text.split("\n")[0] for each in (first, second)]
    assert len(square.chat.topics) == 2


@pytest.mark.parametrize(("forum", "rights"), [(True, ("can_delete_messages",)), (True, ()), (False, ())])
async def test_without_topics_or_the_right_to_make_them_worries_stand_in_the_group(
    town: TelegramHouse, forum: bool, rights: tuple[str, ...]
) -> None:
    square = await town.place(forum=forum)
    if rights:
        square.promote_bot(*rights)
    await share(town, "hana", WORRY)
    await share(town, "sato", "記録の書き方に迷います。")
    assert [post.thread for post in town.telegram.chats.by_bot(square.id)] == [0, 0]
    assert len(town.telegram.chats.called("createForumTopic")) <= 1  # asked once an hour, not for each worry


async def test_a_post_that_is_tried_again_makes_no_second_topic(town: TelegramHouse) -> None:
    square = await town.place(forum=True, bot_admin=True)
    town.telegram.faults.next("sendMessage", Fault(reset_before=True), chat=square.id)
    await share(town, "hana", WORRY)
    town.house.clock.advance(timedelta(minutes=5))
    await town.house.settled()
    assert len(town.telegram.chats.by_bot(square.id)) == 1
    assert len(square.chat.topics) == 1


async def test_a_topic_of_which_nobody_knows_puts_no_worry_in_doubt(town: TelegramHouse) -> None:
    """It was made, and the answer was lost: the worry stands in the group itself, once, and is marked as no twin."""
    square = await town.place(forum=True, bot_admin=True)
    town.telegram.faults.next("createForumTopic", Fault(reset_after=True))
    await share(town, "hana", WORRY)
    town.house.clock.advance(timedelta(minutes=5))
    await town.house.settled()
    (post,) = town.telegram.chats.by_bot(square.id)
    assert post.thread == 0 and "※再送" not in post.text
    assert (await town.states()).get("doubtful", 0) == 0
