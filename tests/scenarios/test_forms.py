"""Question by question and in a dialog: every way forward, back and out, and nothing written is lost."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.chat.events import Address, Press, Submit, Text
from bot.chat.messages import Message
from bot.store import members
from bot.store.members import Role
from tests.scenarios.ledger import counts, no_failure
from tests.world import Person, World, open_world

THEME = "長く会えていない方への手紙"
TIMES = "12/3 14:00\n12/4 10:00"


async def asked(world: World) -> Person:
    """A coordinator without dialogs, at the first of the two questions of a conference."""
    await world.group(world.telegram, "広場")
    sato = await world.person("sato", world.telegram, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    await sato.presses("事例検討会")
    assert newest(sato).body == "テーマ（相談者が誰かわかることは書かないでください）"
    return sato


async def choosing(world: World) -> Person:
    """Somebody without dialogs, at the second of two questions that are answered by choosing."""
    hana = await world.person("hana", world.telegram)
    await hana.does(Press("profile.show"))
    await hana.presses("東京都")
    assert "（2/2）" in newest(hana).title
    return hana


async def said(world: World, person: Person) -> tuple[str, str]:
    """Where they work and what they are, as the rows have it."""
    private = Address(person.platform.name, "team", person.id)
    found = await world.house.database.read(lambda session: members.find(session, private))
    assert found
    return found.area, found.work


def newest(person: Person) -> Message:
    return person.screen[-1]


def button(message: Message, label: str) -> Press:
    found = next(each for each in message.buttons if each.label == label)
    return Press(found.action, found.argument)


async def test_one_question_after_the_other(world: World) -> None:
    sato = await asked(world)
    assert "（1/2）" in newest(sato).title
    assert "戻る" not in [each.label for each in newest(sato).buttons]
    await sato.says(THEME)
    assert "（2/2）" in newest(sato).title
    await sato.says(TIMES)
    assert newest(sato).quote == THEME
    assert (await counts(world))["draft"] == 0


async def test_a_choice_may_be_pressed_or_typed(world: World) -> None:
    hana = await choosing(world)
    assert "保健師・保健所" in [each.label for each in newest(hana).buttons]
    await hana.says(" 保健師・保健所\n")
    assert await said(world, hana) == ("13", "health")


async def test_back_changes_one_answer_and_keeps_the_others(world: World) -> None:
    sato = await asked(world)
    await sato.says("ちがうテーマ")
    await sato.presses("戻る")
    assert "（1/2）" in newest(sato).title
    await sato.fills(THEME, TIMES)
    assert world.telegram.posts[0].message.quote == THEME


async def test_later_frees_the_words_and_the_menu_goes_on_where_it_stood(world: World) -> None:
    sato = await asked(world)
    await sato.says(THEME)
    await sato.presses("あとで")
    assert "7日間" in newest(sato).body
    await sato.says("訪問しても会えません")
    assert "（2/2）" not in newest(sato).title, "plain words answer no question now"
    await sato.commands("menu")
    await sato.presses("書きかけの続き")
    assert "（2/2）" in newest(sato).title
    await sato.says(TIMES)
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
    assert "（1/2）" in newest(sato).title
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
    hana = await choosing(world)
    second = newest(hana)
    await hana.presses("戻る")
    first = newest(hana)
    await hana.presses("大阪府")
    await hana.does(button(first, "京都府"))
    assert "（2/2）" in newest(hana).title
    await hana.does(button(second, "保健師・保健所"))
    assert await said(world, hana) == ("26", "health")
    await hana.does(button(second, "言わない"))
    assert "もう残っていません" in newest(hana).body, "the form is finished"
    assert await said(world, hana) == ("26", "health")


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
    assert "（2/2）" in newest(sato).title


async def test_an_empty_answer_to_an_old_form_makes_it_the_one_being_asked(world: World) -> None:
    hana = await choosing(world)
    draft = button(newest(hana), "言わない").argument.partition(".")[0]
    await hana.commands("worry")
    await hana.does(Press("form.skip", f"{draft}.1"))
    assert "（2/2）" in newest(hana).title
    await hana.says("保健師・保健所")
    assert await said(world, hana) == ("13", "health"), "words answer what was asked last"


async def test_two_answers_at_once_are_two_answers(world: World) -> None:
    sato = await asked(world)
    events = [world.event(sato, Text(words)) for words in (THEME, TIMES)]
    with no_failure():
        await asyncio.gather(*(world.house.pipeline.dispatch(event) for event in events))
    await world.house.settled()
    assert world.telegram.posts[0].message.quote == THEME


async def test_a_restart_between_two_questions(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        hana = await choosing(world)
        await hana.presses("戻る")
        before = button(newest(hana), "大阪府")
    async with open_world(tmp_path) as world:
        hana = Person(world, world.telegram, hana.id)
        await hana.does(before, event_id="after the first restart")
        assert "（2/2）" in newest(hana).title
    async with open_world(tmp_path) as world:
        hana = Person(world, world.telegram, hana.id)
        await hana.does(Text("保健師・保健所"), event_id="after the second")
        assert await said(world, hana) == ("27", "health")


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
    assert "（2/2）" in newest(sato).title


async def test_a_refused_dialog_comes_back_with_what_was_written(world: World) -> None:
    await world.group(world.slack, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    await sato.presses("事例検討会")
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
