"""Arriving with a code: who gets in, who does not, and what everyone else is told."""

from datetime import timedelta

import pytest

from bot.chat.events import Body, Command, Press, Submit, Text
from bot.store import members
from bot.store.members import Role
from tests.scenarios.ledger import rows
from tests.world import World, spoken

REFUSED = "このコードでは参加できませんでした"


async def code_for(world: World, role: Role = Role.SUPPORTER, *, uses: int = 1, days: int = 1) -> str:
    expires = world.house.clock() + timedelta(days=days)
    return await world.house.database.write(lambda session: members.invite(session, role, uses, expires))


async def test_the_first_screen_says_what_is_promised_and_what_is_not(world: World) -> None:
    hana = await world.person("hana", world.telegram, role=None)
    welcome = await hana.commands("join", await code_for(world))
    assert welcome
    assert "仲間にも調整役にも見えません" in welcome.body
    assert "わかる可能性があります" in welcome.note, "who may still be able to tell is said in the same breath"
    assert "完全匿名" not in spoken(welcome)
    assert welcome.buttons[0].label == "悩みを打ち明ける"


async def test_a_code_is_read_however_it_is_typed(world: World) -> None:
    hana = await world.person("hana", world.telegram, role=None)
    code = await code_for(world)
    await hana.commands("join", f"  {code.upper().replace('-', '')}\u200b ")
    assert hana.sees("参加できました")


async def test_start_joins_as_well(world: World) -> None:
    ken = await world.person("ken", world.slack, role=None)
    await ken.commands("start")
    assert ken.sees("招待コード")
    await ken.commands("start", await code_for(world))
    assert ken.sees("参加できました")


@pytest.mark.parametrize(
    "body",
    [
        Text("母親が疲れきっています"),
        Command("menu"),
        Command("worry"),
        Command("ask", "訪問"),
        Command("conference"),
        Command("mydata"),
        Command("here", "広場"),
        Command("language", "en"),
        Command("help"),
        Command("nothing-like-it"),
        Press("worry.begin"),
        Press("worry.mine"),
        Press("conference.new"),
        Press("form.resume"),
        Submit("worry.share", {"text": "x"}, "draft"),
    ],
    ids=repr,
)
async def test_a_stranger_gets_nothing_but_how_to_join(world: World, body: Body) -> None:
    mori = await world.person("mori", world.telegram, role=None)
    before = await rows(world)
    answer = await mori.does(body)
    assert answer
    assert "/join" in answer.body
    assert [button.action for button in answer.buttons] == ["join.begin", "promises.show"]
    assert await rows(world) == before


async def test_a_code_is_used_up(world: World) -> None:
    code = await code_for(world, uses=2)
    for name, words in (("a", "参加できました"), ("b", "参加できました"), ("c", REFUSED)):
        person = await world.person(name, world.telegram, role=None)
        await person.commands("join", code)
        assert person.sees(words)


async def test_an_old_code_is_refused_in_the_same_words_as_a_wrong_one(world: World) -> None:
    hana = await world.person("hana", world.telegram, role=None)
    code = await code_for(world)
    await world.later(days=1)
    old = await hana.commands("join", code)
    wrong = await hana.commands("join", "2222-3333-4444")
    assert old == wrong
    assert hana.sees(REFUSED)


async def test_joining_twice_keeps_the_code_for_someone_else(world: World) -> None:
    code = await code_for(world, uses=2)
    hana = await world.person("hana", world.telegram, role=None)
    await hana.commands("join", code)
    await hana.commands("join", code)
    assert hana.sees("もう参加されています")
    ken = await world.person("ken", world.slack, role=None)
    await ken.commands("join", code)
    assert ken.sees("参加できました")


async def test_a_code_is_not_taken_where_others_read_along(world: World) -> None:
    hana = await world.person("hana", world.telegram, role=None)
    hana.place = await world.group(world.telegram, "広場")
    code = await code_for(world)
    answer = await hana.commands("join", code)
    assert answer
    assert "ふたりだけの場所" in answer.body
    hana.place = ""
    await hana.commands("join", code)
    assert hana.sees("参加できました")


async def test_a_supporter_becomes_a_coordinator_with_another_code(world: World) -> None:
    sato = await world.person("sato", world.slack)
    await sato.commands("conference")
    assert "日程を相談する" not in sato.buttons
    await sato.commands("join", await code_for(world, Role.COORDINATOR))
    assert sato.sees("調整役として参加できました")
    await sato.commands("conference")
    assert "日程を相談する" in sato.buttons


async def test_a_coordinator_does_not_step_down_by_a_supporters_code(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("join", await code_for(world))
    assert sato.sees("もう参加されています")
    await sato.commands("conference")
    assert "日程を相談する" in sato.buttons


async def test_each_speaks_their_own_language(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    await ken.commands("language")
    await ken.presses("English")
    await ken.commands("menu")
    assert ken.sees("Share a worry")
    await hana.commands("menu")
    assert hana.sees("悩みを打ち明ける")
    await ken.commands("language", "ja")
    assert ken.sees("日本語でお話しします")


async def test_only_a_coordinator_makes_a_group_a_place(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    sato = await world.person("sato", world.telegram, Role.COORDINATOR)
    alone = await sato.commands("here", "広場")
    assert alone
    assert "みんながいる場所" in alone.body
    sato.place = hana.place = "telegram-group-new"
    before = await rows(world)
    refused = await hana.commands("here", "広場")
    assert refused
    assert "調整役の方" in refused.body
    too_long = await sato.commands("here", "広" * 31)
    assert too_long
    assert "30文字まで" in too_long.body
    assert await rows(world) == before
    linked = await sato.commands("here", "北の広場")
    assert linked
    assert "北の広場" in linked.body
    hana.place = ""
    await hana.commands("worry")
    await hana.fills("だれに相談したらよいでしょうか。")
    await hana.presses("この内容で届ける")
    sato.place = "telegram-group-new"
    assert sato.sees("だれに相談したらよいでしょうか。")
