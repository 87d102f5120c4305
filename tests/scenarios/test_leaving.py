"""Leaving ends everything at once, and what one looked after is handed over; the last coordinator is told first."""

from datetime import timedelta

import pytest

from bot.chat.events import Press, Submit, Text
from bot.chat.messages import Message
from bot.store import conferences, members, outbox
from bot.store.members import Role
from bot.store.outbox import Letter
from bot.store.session import Session
from tests.scenarios.community import WORRY, community, poll, refused, shared
from tests.scenarios.ledger import counts, letters, rows
from tests.scenarios.test_joining import code_for
from tests.world import Person, World

LAST = "調整役はあなたひとりです"
STEP_DOWN = ("coordinating.stepped_down", "mydata.erased")


async def proposer(world: World, conference: str) -> str:
    return await world.house.database.read(lambda session: conferences.proposer_of(session, conference))


def asked_to_take_over(person: Person) -> list[Message]:
    return [letter for letter in person.letters if letter.title == "引き継ぎのお願い"]


@pytest.mark.parametrize("action", STEP_DOWN)
async def test_open_conferences_go_to_another_coordinator_who_is_told(world: World, action: str) -> None:
    _, ken, sato = await community(world)
    mori = await world.person("mori", world.telegram, Role.COORDINATOR)
    conference = await poll(sato)
    await sato.does(Press(action))
    (asked,) = asked_to_take_over(mori)
    assert "居場所づくり" in asked.quote
    assert not asked_to_take_over(ken) and not asked_to_take_over(sato)
    await mori.presses("1番をひらく")
    await mori.presses("日程を決める")
    await mori.presses("12月3日(木) 14:00")
    await mori.presses("この日に決める")
    await world.later(days=20)
    assert "事例検討会が近づきました" in [letter.title for letter in mori.letters], "reminded like who proposed it"
    assert await proposer(world, conference)


async def test_who_steps_down_stays_as_a_supporter(world: World) -> None:
    _, _, sato = await community(world)
    await world.person("mori", world.telegram, Role.COORDINATOR)
    await sato.commands("mydata")
    await sato.presses("調整役の仕事")
    await sato.presses("調整役をおりる")
    assert sato.sees("支援者に戻ります")
    await sato.presses("はい、おります")
    assert sato.sees("調整役をおりました")
    await refused(sato, Press("conference.new"), "調整役の方ができること")
    kept = await sato.commands("mydata")
    assert kept and "役割：支援者" in kept.body
    assert "調整役の仕事" not in [button.label for button in kept.buttons]


@pytest.mark.parametrize(
    ("action", "anyway"), [("coordinating.stepped_down", "それでもおりる"), ("mydata.erased", "それでも退会する")]
)
async def test_the_only_coordinator_is_told_first_and_may_go_all_the_same(
    world: World, action: str, anyway: str
) -> None:
    _, ken, sato = await community(world)
    conference = await poll(sato)
    before = await rows(world)
    warned = await sato.does(Press(action))
    assert warned and warned.title == LAST
    assert [button.label for button in warned.buttons] == ["招待コードを作って引き継ぐ", anyway]
    assert await rows(world) == before
    await sato.presses(anyway)
    assert await proposer(world, conference) == ""
    listed = await ken.commands("conference")
    assert listed and "居場所づくり" in listed.quote, "the conference stays"
    await ken.commands("join", await code_for(world, Role.COORDINATOR))
    assert len(asked_to_take_over(ken)) == 1
    assert await proposer(world, conference)


async def test_the_only_coordinator_hands_over_by_a_code(world: World) -> None:
    hana, _, sato = await community(world)
    await poll(sato)
    await sato.does(Press("mydata.erased"))
    made = await sato.presses("招待コードを作って引き継ぐ")
    assert made
    code = made.body.partition("：")[2][:14]
    await hana.commands("join", code)
    assert hana.sees("調整役として参加できました")
    assert not asked_to_take_over(hana), "who proposed it is still here"
    gone = await sato.does(Press("mydata.erased"))
    assert gone and "消しました" in gone.body
    assert len(asked_to_take_over(hana)) == 1


async def test_an_operator_counts_as_someone_who_looks_after_the_place(world: World) -> None:
    _, _, sato = await community(world)
    await world.person("mori", world.telegram, Role.OPERATOR)
    conference = await poll(sato)
    gone = await sato.does(Press("mydata.erased"))
    assert gone and "消しました" in gone.body
    assert await proposer(world, conference)


async def test_a_code_for_a_coordinator_is_shown_to_nobody_else(world: World) -> None:
    hana, _, sato = await community(world)
    await refused(hana, Press("coordinating.invite"), "調整役の方ができること")
    sato.place = "slack-group-広場"
    for action in ("coordinating.invite", "coordinating.show", "coordinating.stepped_down"):
        await refused(sato, Press(action), "ほかの人に見えてしまいます")


async def test_nothing_that_was_open_works_after_leaving(world: World) -> None:
    hana, ken, sato = await community(world)
    worry, conference = await shared(world, hana), await poll(sato)
    await ken.does(Press("worry.reply", worry))
    assert ken.form
    dialog = ken.form
    await ken.does(Press("mydata.erased"))
    sent = len(ken.letters)
    await refused(ken, Submit(dialog.name, {"text": "あとから"}, dialog.argument), "招待コード")
    for action, argument in (
        ("worry.reply", worry),
        ("conference.vote", conference),
        ("mydata.erased", ""),
        ("form.resume", ""),
    ):
        await refused(ken, Press(action, argument), "招待コード")
    await refused(ken, Text(WORRY), "招待コード")
    await world.later(days=20)
    assert len(ken.letters) == sent


async def test_letters_that_wait_for_whoever_left_are_taken_back(world: World) -> None:
    """Those in the lane of the private chat, and those that stand alone; nobody else's."""
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)

    def puts(session: Session) -> None:
        for person in (hana, ken):
            private = world.event(person, Text("")).private
            for alone in (False, True):
                later = world.house.clock() + timedelta(hours=1)
                letter = Letter(f"{person.id}{alone}", private, Message(body="お知らせ"), later, alone=alone)
                outbox.put(session, letter)

    await world.house.database.write(puts)
    assert (await letters(world))["ready"] == 4
    told = len(hana.letters)
    await hana.does(Press("mydata.erased"))
    assert (await letters(world))["ready"] == 2
    await sato.does(Press("worry.reply", worry))
    await world.later(days=1)
    assert len(hana.letters) == told
    assert [letter.body for letter in ken.letters] == ["お知らせ"] * 2


async def test_a_place_is_removed_and_nothing_is_brought_there_any_more(world: World) -> None:
    hana, ken, sato = await community(world)
    await world.group(world.telegram, "広間")
    await sato.commands("mydata")
    await sato.presses("調整役の仕事")
    await sato.presses("「広間」をはずす")
    assert sato.sees("「広間」へのお届けをやめます")
    await sato.presses("はい、はずします")
    assert (await counts(world))["place"] == 1
    await shared(world, hana)
    await poll(sato)
    assert not [post for post in world.telegram.posts if "group" in post.address.channel]
    stale = await sato.presses("はい、はずします")
    assert stale and "もうつながっていません" in stale.body
    await refused(ken, Press("place.unlinked", "anything"), "調整役の方ができること")


async def test_leaving_here_leaves_the_other_platform_alone(world: World) -> None:
    """Two rows and nothing that links them: whoever is a member twice leaves twice."""
    await community(world)
    on_slack = await world.person("mio", world.slack)
    on_telegram = await world.person("mio", world.telegram)
    await on_slack.does(Press("mydata.erased"))
    await refused(on_slack, Press("menu.show"), "招待コード")
    menu = await on_telegram.commands("menu")
    assert menu and menu.title == "何をしましょうか"


async def test_who_was_a_coordinator_before_lists_count_is_not_forgotten(world: World) -> None:
    """Conferences whose proposer left under an earlier version: their id leads nowhere, and the next one gets them."""
    hana, _, sato = await community(world)
    conference = await poll(sato)

    def as_before(session: Session) -> None:
        found = members.find(session, world.event(sato, Text("")).private)
        assert found
        members.leave(session, found.id)

    await world.house.database.write(as_before)
    await hana.commands("join", await code_for(world, Role.COORDINATOR))
    assert len(asked_to_take_over(hana)) == 1
    assert await proposer(world, conference)
