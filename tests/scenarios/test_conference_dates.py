"""The date of a conference is proposed with its reason, refused where it cannot be, and told to everyone."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.chat.events import Press
from bot.store import conference_roles, participants
from bot.store.conference_models import Participant
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.conferences import answers, card, changed, found, holds, proposed
from tests.world import FakePlatform, Person, World

FIRST, SECOND, THIRD = "12月1日(火) 09:30", "12月3日(木) 14:00", "12月4日(金) 10:00"
YES, MAYBE, NO = "◯ 行けます", "△ たぶん", "✕ 行けません"


def offered(person: Person) -> list[str]:
    return [button.label for button in person.screen[-1].buttons]


async def test_two_presses_from_the_card_to_a_date(world: World, platform: FakePlatform) -> None:
    sato, conference = await proposed(world, platform=platform)
    hana = await answers(world, "hana", world.telegram, conference, NO, YES, MAYBE)
    ken = await answers(world, "ken", world.slack, conference, "maybe", "no", "no")
    mori = await answers(world, "mori", world.slack, conference, "no", "yes", "yes")
    proposal = await sato.presses("日程を決める")
    assert proposal
    assert (proposal.title, proposal.body) == (SECOND, "◯がいちばん多い日です。\n◯2 △0 ✕1\n来られない方：1人")
    assert offered(sato) == ["この日に決める", THIRD, FIRST], "the next best follow"
    assert not hana.letters, "nobody is told yet"
    await sato.presses("この日に決める")
    for person in (hana, ken, mori):
        assert [letter.body for letter in person.letters] == [f"{SECOND} から 90分"]
    assert "もう一度お知らせします" in hana.letters[0].note
    assert "ありがとうございました" in ken.letters[0].note
    assert card(world.slack).body == card(world.telegram).body == f"{SECOND} から 90分"


async def test_what_a_required_role_cannot_is_not_proposed_not_offered_and_not_fixed(world: World) -> None:
    sato, conference = await proposed(world)
    ken = await answers(world, "ken", world.slack, conference, "no", "yes", "maybe")
    await answers(world, "hana", world.telegram, conference, YES, YES, YES)
    await answers(world, "mori", world.telegram, conference, YES, MAYBE, YES)
    await holds(world, ken, conference, "chair")
    abe = await world.person("abe", world.slack)
    await holds(world, abe, conference, "presenter")
    proposal = await sato.presses("日程を決める")
    assert proposal
    assert (proposal.title, proposal.body.splitlines()[:2]) == (
        SECOND,
        ["必要な役割の方が、いちばんそろう日です。", "事例提供の方は、△か、まだお返事がありません。"],
    )
    await sato.presses(THIRD)
    assert sato.screen[-1].title == THIRD
    await ken.does(Press("conference.vote", conference))
    await ken.fills("yes", "no", "yes")
    for action in ("conference.fix", "conference.choose"):
        refused = await sato.does(Press(action, f"{conference}.2"))
        assert refused and "必要な役割の方が来られない" in refused.body, "the button is older than the answer"
    listed = await sato.does(Press("conference.others", conference))
    assert listed and f"{SECOND}　◯1 △1 ✕1　必要な役割の方が✕です" in listed.body
    assert offered(sato) == [FIRST, THIRD, "候補を出しなおす"]
    assert not ken.letters and (await found(world, conference)).asking
    await sato.presses(FIRST)
    await sato.presses("この日に決める")
    assert [letter.title for letter in abe.letters] == ["事例検討会の日が決まりました"], "who holds a role is told"


async def test_with_too_few_nothing_is_decided_and_other_dates_can_be_asked(world: World) -> None:
    sato, conference = await proposed(world, "11/24 13:00\n12/3 14:00")
    hana = await answers(world, "hana", world.telegram, conference, YES, MAYBE)
    await answers(world, "ken", world.slack, conference, "yes", "yes")
    await changed(world, conference, minimum=2)
    await world.later(hours=5)
    nothing = await sato.presses("日程を決める")
    assert nothing
    assert nothing.title == "決められる日がありません"
    assert [line.split("　")[-1] for line in nothing.body.splitlines()] == ["もう過ぎました", "人数が足りません"]
    refused = await sato.does(Press("conference.fix", f"{conference}.2"))
    assert refused and "人数に足りない" in refused.body
    await sato.presses("候補を出しなおす")
    await sato.fills("12/9 14:00\n12/10 10:00")
    assert "12月9日(水) 14:00" in sato.screen[-1].body and "2人に知らせて" in sato.screen[-1].note
    assert not hana.letters
    await sato.presses("この候補で聞く")
    assert hana.letters[-1].title == "日を決めなおします"
    assert card(world.slack).body == "① 12月9日(水) 14:00　◯0 △0 ✕0\n② 12月10日(木) 10:00　◯0 △0 ✕0"
    await hana.does(Press("conference.vote", conference))
    await hana.fills(YES, YES)
    assert (await found(world, conference)).sequence == 0, "no date had been fixed"


async def test_a_tie_is_said_and_chosen_between(world: World) -> None:
    sato, conference = await proposed(world)
    await answers(world, "hana", world.telegram, conference, NO, YES, YES)
    tie = await sato.presses("日程を決める")
    assert tie
    assert tie.title == "同じくらい集まれる日が2つあります"
    assert offered(sato) == [f"{SECOND} に決める", f"{THIRD} に決める", "ほかの日も見る"]
    await sato.presses(f"{THIRD} に決める")
    assert card(world.slack).body == f"{THIRD} から 90分"


async def test_who_would_be_lost_is_told_by_role_and_by_name_only_where_names_are_seen(world: World) -> None:
    sato, conference = await proposed(world, "12/3 14:00\n12/4 10:00")
    await answers(world, "hana", world.telegram, conference, YES, YES)
    await answers(world, "mori", world.telegram, conference, YES, NO)
    ken = await answers(world, "ken", world.slack, conference, "no", "no")
    await holds(world, ken, conference, "adviser")

    def name(session: Session) -> None:
        holder = conference_roles.holders(session, conference)["adviser"]
        participants.put(session, conference, holder, "asked")
        whose = session.scalar(select(col(Participant.id)).where(col(Participant.member) == holder))
        sealed = session.keys.box.seal("阿部".encode(), f"name:{whose}")
        session.run(update(Participant).where(col(Participant.id) == whose).values(name=sealed))

    await world.house.database.write(name)
    hidden = await sato.presses("日程を決める")
    assert hidden and hidden.body.endswith("来られない方：1人（助言者の方）")
    await changed(world, conference, hidden=False)
    seen = await sato.presses("日程を決める")
    assert seen and seen.body.endswith("来られない方：1人（助言者の方、阿部さん）")


async def test_before_anybody_answered_every_date_can_be_chosen(world: World) -> None:
    sato, conference = await proposed(world)
    nobody = await sato.presses("日程を決める")
    assert nobody and nobody.title == "まだ、行けると答えた方がいません"
    await sato.presses(SECOND)
    await sato.presses("この日に決める")
    assert (await found(world, conference)).decided == 2


async def test_a_coordinator_who_is_one_no_more_changes_nothing(world: World) -> None:
    sato, conference = await proposed(world)
    await world.person("abe", world.telegram, Role.COORDINATOR)
    await sato.does(Press("coordinating.stepped_down"))
    for action, argument in (
        ("conference.others", conference),
        ("conference.fix", f"{conference}.1"),
        ("conference.move", conference),
        ("conference.moved", "x" * 16),
        ("conference.cancel", conference),
        ("conference.cancelled", f"{conference}.0.0"),
    ):
        refused = await sato.does(Press(action, argument))
        assert refused and refused.body == "これは調整役の方ができることです。"
    assert (await found(world, conference)).open


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the server stands."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("new_york")
async def test_times_are_those_of_the_community_wherever_the_server_stands(world: World) -> None:
    sato, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, NO, YES, NO)
    assert time.tzname[0] == "EST"
    assert SECOND in card(world.slack).body
    await sato.presses("日程を決める")
    await sato.presses("この日に決める")
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    await sato.presses("日を変える")
    await sato.fills("12/10 14:00")
    assert sato.screen[-1].body == f"{SECOND} → 12月10日(木) 14:00"
    await sato.presses("この日に変える")
    assert hana.letters[-1].body == f"{SECOND} → 12月10日(木) 14:00"
    assert card(world.telegram).body == "12月10日(木) 14:00 から 90分"
