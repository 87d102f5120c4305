"""Two ways, for weeks: what is said comes once and in order, and what is only felt is told without telling who."""

from pathlib import Path

import pytest

from bot.chat.events import News, Press
from bot.chat.messages import Message
from bot.store.members import Role
from tests.scenarios.ledger import counts, letters, rows
from tests.scenarios.threads import WORRY, hasty, notices, opens, restarted, shares, standing
from tests.world import Person, World, open_world, spoken

SAID = "まず手紙を一通、置いてみませんか。"


async def thread(world: World) -> tuple[Person, Person, str]:
    """hana on Telegram has shared a worry in a group of each platform; ken is on Slack."""
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "広間")
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    return hana, ken, await shares(hana)


async def answers(person: Person, worry: str, words: str = SAID) -> str:
    """Returns the id of the answer, as it stands in the places."""
    await person.does(Press("worry.reply", worry))
    await person.fills(words)
    return answer_id(person.world, words)


def answer_id(world: World, words: str) -> str:
    return next(each.argument for each in standing(world, words)[-1].buttons if each.action == "answer.understood")


async def test_ten_turns_over_restarts_each_brought_twice(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.group(world.slack, "広場")
        await world.group(world.telegram, "広間")
        hana, ken = await hasty(world, "hana", on="telegram"), await hasty(world, "ken", on="slack")
        worry = await shares(hana)
        await ken.does(Press("worry.reply", worry))
        await ken.fills("1つ目")
        await hana.presses("ひらく")
        await hana.presses("返事を書く")
    before = world
    for first in (2, 5, 8):
        async with restarted(before, tmp_path) as world:
            for turn in range(first, first + 3):
                writer = hana if turn % 2 == 0 else ken
                if turn > 2:  # the form of the second was opened before the restart
                    await opens(writer)
                    await writer.presses("返事を書く")
                await writer.fills(f"{turn}つ目")
                await world.later(days=2)
        before = world
    wanted = [f"{turn}つ目" for turn in range(1, 11)]
    for platform in (world.slack, world.telegram):
        place = [each for each in platform.posts if "group" in each.address.channel]
        assert [each.message.quote for each in place] == [WORRY, *wanted]
        assert all(each.address.thread for each in place[1:])
    assert [len(notices(person)) for person in (hana, ken)] == [5, 5]


async def test_an_author_who_blocked_the_bot_is_missed_by_nobody_and_misses_nothing(world: World) -> None:
    hana, ken, worry = await thread(world)
    world.telegram.blocking.add(hana.id)
    shown = [spoken(each) for each in standing(world, "")]
    said = await ken.does(Press("worry.reply", worry))
    await ken.fills("1つ目")
    there = [spoken(each) for each in standing(world, "") if "1つ目" not in each.quote]
    await ken.does(Press("worry.reply", worry))
    await ken.fills("2つ目")
    assert said is None and there == shown, "nothing in the thread tells"
    assert not hana.letters
    await world.later(days=20)
    world.telegram.blocking.clear()
    await hana.does(News("back"))
    assert len(notices(hana)) == 2
    opened = [await hana.does(Press(each.action, each.argument)) for each in notices(hana)]
    assert sorted(each.quote for each in opened if each) == ["1つ目", "2つ目"]


async def test_understanding_is_shown_from_three_and_nobody_sees_whose(world: World) -> None:
    hana, ken, worry = await thread(world)
    people = [hana, ken, await world.person("mio", world.telegram), await world.person("abe", world.slack)]
    answers_in_hand = []
    for person in people[:2]:
        answers_in_hand.append(await person.does(Press("worry.understood", worry)))
        await world.later(minutes=2)
        assert not any("わかります」が" in each.note for each in standing(world, WORRY))
    assert answers_in_hand[0] == answers_in_hand[1], "the author presses like everyone"
    for person in people[2:]:
        await person.does(Press("worry.understood", worry))
    assert not any("わかります」が" in each.note for each in standing(world, WORRY)), "at most once a minute"
    await world.later(minutes=2)
    assert ["「わかります」が4件あります" in each.note for each in standing(world, WORRY)] == [True, True]
    for person in people[:2]:
        await person.does(Press("worry.understood", worry))
    await world.later(minutes=2)
    assert not any("わかります」が" in each.note for each in standing(world, WORRY)), "taken back, it is below three"


async def test_an_answer_is_understood_where_it_stands(world: World) -> None:
    hana, ken, worry = await thread(world)
    answer = await answers(ken, worry)
    for person in (hana, ken, await world.person("mio", world.telegram)):
        await person.does(Press("answer.understood", answer))
    await world.later(minutes=2)
    assert ["「わかります」が3件あります" in each.note for each in standing(world, SAID)] == [True, True]
    assert not any("わかります」が" in each.note for each in standing(world, WORRY))


async def test_thanks_reach_whoever_wrote_it_once_and_nobody_else(world: World) -> None:
    hana, ken, worry = await thread(world)
    await answers(ken, worry)
    await hana.presses("ひらく")
    for _ in range(3):
        await hana.presses("ありがとう")
    assert len(ken.letters) == 1
    notice = ken.letters[0]
    assert not notice.quote and "ありがとう" not in spoken(notice), "a notice carries no content"
    opened = await ken.presses("ひらく")
    assert opened and opened.title == "ありがとう" and opened.quote == SAID
    mio = await world.person("mio", world.slack)
    for other in (hana, mio):
        said = await other.does(Press("answer.thanked", notice.buttons[0].argument))
        assert said and "閉じられたか" in said.body
    assert not any("ありがとう" in spoken(each) for each in standing(world, "")), "and nothing counts them"


async def test_a_name_is_given_on_purpose_and_is_another_voice(world: World) -> None:
    hana, ken, worry = await thread(world)
    await answers(ken, worry, "名前なしの返信")
    await ken.does(Press("worry.reply_named", worry))
    await ken.fills("名前つきの返信", "  田中\u200b 健 ")
    (without, *_), (named, *_) = standing(world, "名前なしの返信"), standing(world, "名前つきの返信")
    assert named.quote.startswith("田中 健さん（本人が名のっています）")
    assert named.title == "名前を添えた返信（2）"
    bird = without.title.partition("さん")[0]
    assert bird not in spoken(named)
    kept = await rows(world)
    voices = {(row[3], row[4]) for row in kept["answer"]}
    assert len({voice for voice, _ in voices}) == len({token for _, token in voices}) == 2, "nothing links the two"

    await hana.presses("ひらく")
    await hana.presses("返事を書く")
    await hana.fills("お返事です。")
    await ken.presses("ひらく")
    await ken.presses("返事を書く")
    assert ken.form and [field.name for field in ken.form.fields] == ["text", "name"], (
        "spoken to by name, they go on so"
    )
    assert ken.form.fields[1].value == "田中 健"
    await ken.fills("続きです。", "田中 健")
    assert standing(world, "続きです。")[0].quote.startswith("田中 健さん")


@pytest.mark.parametrize("name", ["", " \u200b ", "あ" * 31])
async def test_no_name_and_one_that_is_too_long_are_refused_and_nothing_is_lost(world: World, name: str) -> None:
    _, ken, worry = await thread(world)
    await ken.does(Press("worry.reply_named", worry))
    said = await ken.fills(SAID, name)
    assert said and ("何も書かれていない" in said.body or "30文字まで" in said.body)
    assert ken.form and ken.form.fields[0].value == SAID
    assert not standing(world, SAID)


async def test_the_author_who_names_themselves_is_not_told_of_it_and_not_known_for_the_author(world: World) -> None:
    hana, _, worry = await thread(world)
    await hana.does(Press("worry.reply_named", worry))
    await hana.fills("わたしもそうでした。", "花")
    assert not [each for each in hana.letters if "お知らせ" in each.body]
    (stands, *_) = standing(world, "わたしもそうでした。")
    assert "投稿者" not in spoken(stands)


async def test_whoever_wants_no_notices_gets_none_and_can_still_open_all_of_it(world: World) -> None:
    hana, ken, worry = await thread(world)
    await answers(ken, worry, "1つ目")
    await hana.presses("ひらく")
    await hana.presses("ほかにできること")
    await hana.presses("お知らせを止める")
    told = len(hana.letters)
    for number in (2, 3):
        await answers(ken, worry, f"{number}つ目")
    assert len(hana.letters) == told
    await hana.commands("mydata")
    assert hana.sees("お知らせを止めている悩み：1件")
    await hana.presses("開いている悩みを見る")
    await hana.presses(hana.screen[-1].buttons[0].label)
    for number in (3, 2, 1):
        opened = await hana.presses("いちばん新しい返信" if number == 3 else "ひとつ前の返信")
        assert opened and opened.quote == f"{number}つ目"
        await hana.presses("ほかにできること")
    first = await hana.does(Press("answer.earlier", hana.screen[-1].buttons[0].argument))
    assert first and "これより前の返信はありません" in first.body
    await hana.presses("お知らせを受けとる")
    await answers(ken, worry, "4つ目")
    assert len(hana.letters) == told + 1


async def test_nothing_at_all_comes_of_it_for_weeks_and_it_can_be_turned_on_again(world: World) -> None:
    """Nor that others were called, nor how it went; those who are on duty are called all the same."""
    hana, _, worry = await thread(world)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await hana.does(Press("mute.on", worry))
    await world.later(days=10)
    assert not hana.letters
    assert sato.letters, "nobody is left in silence for it"
    await hana.does(Press("mute.off", worry))
    await world.later(days=25)
    assert hana.letters


async def test_who_only_answered_finds_what_they_muted_under_their_data(world: World) -> None:
    hana, ken, worry = await thread(world)
    await answers(ken, worry)
    await ken.does(Press("mute.on", worry))
    await hana.presses("ひらく")
    await hana.presses("返事を書く")
    await hana.fills("お返事です。")
    await hana.presses("ありがとう")
    assert not ken.letters
    await ken.commands("mydata")
    await ken.presses("お知らせを止めている悩み")
    await ken.presses(ken.screen[-1].buttons[0].label)
    kept = await ken.does(Press("mute.list"))
    assert kept and "ありません" in kept.body


async def test_a_closed_thread_is_read_only_and_every_old_button_answers_kindly(world: World) -> None:
    hana, ken, worry = await thread(world)
    answer = await answers(ken, worry)
    await hana.presses("ひらく")
    await hana.does(Press("worry.closed", worry))
    assert all(not each.buttons for each in standing(world, WORRY))
    before = await counts(world)
    doors = [("worry", each) for each in ("reply", "reply_named", "understood", "thread", "close", "closed")]
    doors += [("mute", "on"), ("mute", "off")]
    of_answers = [("answer", each) for each in ("understood", "thank", "thanked", "more", "earlier", "respond_named")]
    of_answers += [("talk", each) for each in ("wish", "look", "yes", "write", "end", "ended", "name", "unname")]
    of_answers += [("worry", "read"), ("worry", "respond")]
    for person in (hana, ken):
        for room, name in doors:
            gone(await person.does(Press(f"{room}.{name}", worry)))
        for room, name in of_answers:
            gone(await person.does(Press(f"{room}.{name}", answer)))
    assert await counts(world) == before


def gone(said: Message | None) -> None:
    assert said and "閉じられたか" in said.body and not said.buttons


async def test_leaving_takes_along_what_one_pressed_and_changes_no_post_for_it(world: World) -> None:
    _, ken, worry = await thread(world)
    for name in ("mio", "abe", "ito"):
        await (await world.person(name, world.slack)).does(Press("worry.understood", worry))
    await ken.does(Press("worry.understood", worry))
    await ken.does(Press("mute.on", worry))
    await world.later(minutes=2)
    shown = [spoken(each) for each in standing(world, WORRY)]
    assert "4件" in shown[0]
    await ken.does(Press("mydata.erased"))
    left = await counts(world)
    assert (left["reaction"], left["mute"]) == (3, 0)
    await world.later(days=2)
    assert [spoken(each) for each in standing(world, WORRY)] == shown, "one moment would tell of one person"


async def test_what_waits_to_be_shown_anew_is_not_carried_once_its_author_has_left(world: World) -> None:
    hana, _, worry = await thread(world)
    world.slack.blocking.add(world.slack.posts[0].address.channel)
    for name in ("mio", "abe", "ito"):
        await (await world.person(name, world.telegram)).does(Press("worry.understood", worry))
    await world.later(minutes=2)
    assert (await letters(world)).get("away") == 1
    await hana.does(Press("mydata.erased"))
    assert "away" not in await letters(world)
