"""Joining with a code, roles, leaving; who a member is stands nowhere in the open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import members, polls
from bot.store.conference_models import Vote
from bot.store.members import Role
from bot.store.models import Invitation, Member
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.store.people import HANA, KEN, LATER, MIO, NOW


def join(session: Session, person: Address = HANA, role: Role = Role.SUPPORTER) -> members.Member:
    code = members.invite(session, role, 1, LATER)
    return members.join(session, person, code, "ja", NOW)


def refusal(session: Session, code: str, person: Address = HANA) -> str:
    with pytest.raises(Refused) as refused:
        members.join(session, person, code, "ja", NOW)
    return refused.value.key


def test_a_code_makes_a_member_who_is_known_again(session: Session) -> None:
    joined = join(session)
    assert members.find(session, HANA) == joined
    assert (joined.role, joined.language, joined.joined_at) == (Role.SUPPORTER, "ja", NOW)
    assert members.find(session, KEN) is None
    assert members.count(session) == 1


def test_every_bad_code_is_refused_alike(session: Session) -> None:
    """Nobody learns whether a code was wrong, used up or too old."""
    spent = members.invite(session, Role.SUPPORTER, 1, LATER)
    members.join(session, KEN, spent, "ja", NOW)
    old = members.invite(session, Role.SUPPORTER, 1, NOW)
    assert {refusal(session, code) for code in (spent, old, "2222-2222-2222", "", "💐")} == {"join.refused"}
    assert members.find(session, HANA) is None


def test_a_code_is_good_for_as_many_as_it_says(session: Session) -> None:
    code = members.invite(session, Role.SUPPORTER, 2, LATER)
    for person in (HANA, KEN):
        members.join(session, person, code, "ja", NOW)
    assert refusal(session, code, MIO) == "join.refused"


def test_who_is_a_member_already_does_not_use_up_a_code(session: Session) -> None:
    join(session)
    code = members.invite(session, Role.SUPPORTER, 1, LATER)
    assert refusal(session, code) == "join.already"
    assert members.join(session, KEN, code, "ja", NOW).role == Role.SUPPORTER


def test_a_coordinators_code_lifts_a_supporter_and_nothing_lowers(session: Session) -> None:
    first = join(session)
    lifted = join(session, role=Role.COORDINATOR)
    assert (lifted.id, lifted.role) == (first.id, Role.COORDINATOR)
    assert members.count(session) == 1
    assert refusal(session, members.invite(session, Role.SUPPORTER, 1, LATER)) == "join.already"
    found = members.find(session, HANA)
    assert found is not None
    assert found.role == Role.COORDINATOR


@pytest.mark.parametrize("typed", [str.upper, str.title, lambda code: f"  {code} ", lambda code: code.replace("-", "")])
def test_a_code_may_be_typed_as_people_type(session: Session, typed: Callable[[str], str]) -> None:
    code = members.invite(session, Role.SUPPORTER, 1, LATER)
    assert members.join(session, HANA, typed(code), "ja", NOW)


def test_a_code_has_no_easily_mistaken_sign_and_is_not_stored(session: Session) -> None:
    codes = [members.invite(session, Role.SUPPORTER, 1, LATER) for _ in range(20)]
    assert len(set(codes)) == 20
    assert not set("".join(codes)) & set("01loi")
    stored = [row[0] for row in session.rows(select(Invitation.token))]
    assert not [code for code in codes if code.replace("-", "") in "".join(stored)]


def test_letters_reach_a_member_and_nobody_who_left(session: Session) -> None:
    joined = join(session)
    members.set_language(session, joined.id, "en")
    assert members.recipient(session, joined.id) == members.Recipient(HANA, "en")
    members.leave(session, joined.id)
    assert members.recipient(session, joined.id) is None
    assert members.find(session, HANA) is None


def test_who_comes_again_is_someone_new(session: Session) -> None:
    first = join(session)
    members.leave(session, first.id)
    assert join(session).id != first.id


def test_leaving_takes_the_votes_along_and_leaves_those_of_others(session: Session) -> None:
    hana, ken = join(session), join(session, KEN)
    proposed = polls.propose(
        session, Plan("テーマ", 60), [Candidate(LATER), Candidate(LATER + timedelta(days=1))], ken.id
    )
    for member in (hana, ken):
        polls.vote(session, proposed.id, member.id, {1: "yes", 2: "no"}, NOW)
    members.leave(session, hana.id)
    assert {row[0] for row in session.rows(select(Vote.member))} == {ken.id}


def test_the_row_of_a_member_names_nobody_without_the_key(session: Session) -> None:
    join(session)
    row = session.first(select(Member.id, Member.token, Member.address))
    assert HANA.channel not in row.id + row.token
    assert HANA.channel.encode() not in row.address


def test_roles_hold_what_lies_below_them() -> None:
    supporter = members.Member("m", Role.SUPPORTER, "ja")
    assert [supporter.may(role) for role in Role] == [True, True, False, False]
    assert not members.stranger("ja").may(Role.SUPPORTER)


def test_who_is_at_home_on_a_platform(session: Session) -> None:
    for person in (HANA, KEN, MIO):
        join(session, person)
    assert set(members.at_home_on(session, "slack")) == {KEN, MIO}
    assert members.at_home_on(session, "console") == []
