"""Question by question and in a dialog: every way forward, back and out, and nothing written is lost."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.chat.events import Press, Submit, Text
from bot.chat.messages import Message
from bot.store.members import Role
from tests.scenarios.ledger import counts, no_failure
from tests.world import Person, World, open_world

THEME = "長く会えていない方への手紙"
TIMES = "12/3 14:00\n12/4 10:00"


async def asked(world: World) -> Person:
    """A coordinator without dialogs, at the first of the three questions of a conference."""
    await world.group(world.telegram, "広場")
    sato = await world.person("sato", world.telegram, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    assert newest(sato).body == "テーマ（相談者が誰かわかることは書かないでください）"
    return sato


def newest(person: Person) -> Message:
    return person.screen[-1]


def button(message: Message, label: str) -> Press:
    found = next(each for each in message.buttons if each.label == label)
    return Press(found.action, found.argument)


async def test_one_question_after_the_other(world: World) -> None:
    sato = await asked(world)
    assert "（1/3）" in newest(sato).title
    assert "戻る" not in [each.label for each in newest(sato).buttons]
    await sato.says(THEME)
    assert "（2/3）" in newest(sato).title
    assert [each.label for each in newest(sato).buttons[:3]] == ["60分", "90分", "120分"]
    await sato.presses("60分")
    assert "（3/3）" in newest(sato).title
    await sato.says(TIMES)
    assert newest(sato).quote == THEME
    assert (await counts(world))["draft"] == 0


async def test_a_choice_may_be_typed(world: World) -> None:
    sato = await asked(world)
    for words in (THEME, " 120分\n", TIMES):
        await sato.says(words)
    assert "120分" in world.telegram.posts[0].message.title


async def test_back_changes_one_answer_and_keeps_the_others(world: World) -> None:
    sato = await asked(world)
    await sato.says("ちがうテーマ")
    await sato.presses("90分")
    await sato.presses("戻る")
    assert "（2/3）" in newest(sato).title
    await sato.presses("戻る")
    assert "（1/3）" in newest(sato).title
    await sato.fills(THEME, "60分", TIMES)
    assert world.telegram.posts[0].message.quote == THEME
    assert "60分" in world.telegram.posts[0].message.title


async def test_later_frees_the_words_and_the_menu_goes_on_where_it_stood(world: World) -> None:
    sato = await asked(world)
    await sato.says(THEME)
    await sato.presses("あとで")
    assert "7日間" in newest(sato).body
    await sato.says("訪問しても会えません")
    assert "（2/3）" not in newest(sato).title, "plain words answer no question now"
    await sato.commands("menu")
    await sato.presses("書きかけの続き")
    assert "（2/3）" in newest(sato).title
    await sato.fills("90分", TIMES)
    assert world.telegram.posts[0].message.quote == THEME
    menu = await sato.commands("menu")
    assert menu
    assert "書きかけの続き" not in [each.label for each in menu.buttons]


async def test_a_draft_waits_seven_days_and_no_longer(world: World) -> None:
    sato = await asked(world)
    await world.later(days=6)
    await sato.presses("あとで")
    await world.later(days=6)
    await sato.does(Press("form.resume"))
    assert "（1/3）" in newest(sato).title
    await sato.presses("あとで")
    await world.later(days=7)
    await sato.does(Press("form.resume"))
    assert "書きかけのものはありません" in newest(sato).body
    assert (await counts(world))["draft"] == 0


async def test_stop_leaves_nothing(world: World) -> None:
    sato = await asked(world)
    first = newest(sato)
    await sato.says(THEME)
    await sato.presses("やめる")
    assert "消しました" in newest(sato).body
    assert (await counts(world))["draft"] == 0
    await sato.does(button(first, "あとで"))
    assert "もう残っていません" in newest(sato).body


async def test_old_buttons_answer_the_question_they_stand_under(world: World) -> None:
    sato = await asked(world)
    await sato.says(THEME)
    second = newest(sato)
    await sato.presses("90分")
    await sato.does(button(second, "60分"))
    assert "（3/3）" in newest(sato).title
    await sato.says(TIMES)
    assert "60分" in world.telegram.posts[0].message.title
    await sato.does(button(second, "120分"))
    assert "もう残っていません" in newest(sato).body, "the form is finished"
    assert len(world.telegram.posts) == 1


async def test_a_second_form_sets_the_first_aside(world: World) -> None:
    sato = await asked(world)
    first = newest(sato)
    await sato.commands("worry")
    await sato.does(button(first, "あとで"))
    await sato.says("手紙を出すか迷っています。")
    assert newest(sato).quote == "手紙を出すか迷っています。", "あとで of another form leaves this one alone"
    await sato.commands("worry")
    await sato.does(button(first, "あとで"))
    await sato.does(Press("form.resume"))
    await sato.says(THEME)
    assert "（2/3）" in newest(sato).title


async def test_an_empty_answer_to_an_old_form_makes_it_the_one_being_asked(world: World) -> None:
    sato = await asked(world)
    await sato.says(THEME)
    second = button(newest(sato), "90分")
    draft = second.argument.partition(".")[0]
    await sato.commands("worry")
    await sato.does(Press("form.skip", f"{draft}.1"))
    assert "（2/3）" in newest(sato).title
    await sato.says("60分")
    assert "（3/3）" in newest(sato).title, "words answer what was asked last"


async def test_two_answers_at_once_are_two_answers(world: World) -> None:
    sato = await asked(world)
    events = [world.event(sato, Text(words)) for words in (THEME, "60分", TIMES)]
    with no_failure():
        await asyncio.gather(*(world.house.pipeline.dispatch(event) for event in events))
    await world.house.settled()
    assert world.telegram.posts[0].message.quote == THEME


async def test_a_restart_between_two_questions(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        sato = await asked(world)
        await sato.says(THEME)
        before = button(newest(sato), "60分")
    async with open_world(tmp_path) as world:
        sato = Person(world, world.telegram, sato.id)
        await sato.does(before, event_id="after the first restart")
        assert "（3/3）" in newest(sato).title
    async with open_world(tmp_path) as world:
        sato = Person(world, world.telegram, sato.id)
        await sato.does(Text(TIMES), event_id="after the second")
        assert world.telegram.posts[0].message.quote == THEME


async def test_asked_in_a_group_it_goes_on_alone(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    square = await world.group(world.telegram, "広場")
    hana.place = square
    alone = await hana.commands("worry")
    assert alone
    assert "ふたりだけの場所" in alone.body
    assert not hana.screen, "the group sees nothing of it"
    assert await hana.says("これはみんなへのことばです") is None
    hana.place = ""
    await hana.presses("はじめる")
    await hana.says("親御さんの体調が心配です。")
    assert newest(hana).quote == "親御さんの体調が心配です。"


async def test_a_draft_taken_up_in_a_group_goes_on_alone_too(world: World) -> None:
    sato = await asked(world)
    await sato.says(THEME)
    await sato.presses("あとで")
    sato.place = await world.group(world.telegram, "広場")
    await sato.commands("menu")
    answer = await sato.does(Press("form.resume"))
    assert answer
    assert "ふたりだけの場所" in answer.body
    sato.place = ""
    await sato.presses("はじめる")
    assert "（2/3）" in newest(sato).title


async def test_a_refused_dialog_comes_back_with_what_was_written(world: World) -> None:
    await world.group(world.slack, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    why = await sato.fills(THEME, "12/3 14:00")
    assert why
    assert why.body == "候補は2つ以上お願いします。"
    assert sato.form
    assert [field.value for field in sato.form.fields] == [THEME, "12/3 14:00"]
    assert not world.slack.posts
    await sato.fills(THEME, TIMES)
    assert world.slack.posts[0].message.quote == THEME


async def test_a_dialog_refused_when_none_can_open_goes_on_question_by_question(world: World) -> None:
    await world.group(world.slack, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new"))
    assert sato.form
    written = {"theme": THEME, "times": "12/3 14:00"}
    event = replace(world.event(sato, Submit(sato.form.name, written, sato.form.argument)), modal=False)
    reply = await world.house.pipeline.dispatch(event)
    assert reply
    assert reply.message
    assert "候補は2つ以上" in reply.message.body
    await sato.says(TIMES)
    await world.house.settled()
    assert world.slack.posts[0].message.quote == THEME


async def test_one_dialog_submitted_twice_has_one_effect(world: World) -> None:
    hana = await world.person("hana", world.slack)
    await world.group(world.slack, "広場")
    ken = await world.person("ken", world.telegram)
    await ken.commands("worry")
    await ken.fills("家族会のことで迷っています。")
    await ken.presses("この内容で届ける")
    hana.place = "slack-group-広場"
    await hana.presses("返信する")
    assert hana.form
    once = Submit(hana.form.name, {"text": "お気持ち、伺いました。"}, hana.form.argument)
    events = [world.event(hana, once) for _ in range(3)]
    with no_failure():
        replies = await asyncio.gather(*(world.house.pipeline.dispatch(event) for event in events))
    await world.house.settled()
    said = [reply.message.body for reply in replies if reply and reply.message]
    assert len(said) == 3
    assert sum("お届けしています" in each for each in said) == 1
    assert sum("もう残っていません" in each for each in said) == 2
    assert (await counts(world))["answer"] == 1
    assert len([post for post in world.slack.posts if post.address.thread]) == 1
