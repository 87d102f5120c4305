"""Whatever people do, nobody sits on a seat that is not there, no seat stays free while somebody waits, and the line is
kept."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.errors import Refused
from bot.store import conference_roles, conferences, participants, polls, seats
from bot.store.polls import Candidate, Plan
from bot.store.session import Session

NOW = datetime(2026, 12, 1, tzinfo=UTC)
PEOPLE = [f"member-{number}" for number in range(16)]


def fixed(session: Session, capacity: int, voters: int) -> str:
    """A conference whose date stands; so many said ◯, and the last of them takes notes."""
    plan = Plan("テーマ", required=("chair",), capacity=capacity)
    found = polls.propose(session, plan, [Candidate(NOW + timedelta(days=number)) for number in (1, 2)], "proposer")
    for member in PEOPLE[:voters]:
        polls.vote(session, found.id, member, {1: "yes"}, NOW)
    if voters:
        conference_roles.take(session, found, "recorder", PEOPLE[voters - 1])
    seats.settle(session, polls.decide(session, found.id, 1, NOW))
    return found.id


@pytest.mark.parametrize("seed", range(6))
def test_never_more_than_there_are_and_in_the_order_of_the_line(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    conference = fixed(session, 5, chance.randrange(12))
    most = 5
    for _ in range(60):
        before = participants.of(session, conference, ("waiting",))
        found, member = conferences.held(session, conference), chance.choice(PEOPLE)
        match chance.randrange(5):
            case 0 | 1:
                seats.come(session, found, member)
            case 2 | 3:
                moved = seats.stay_away(session, found, member)
                assert moved == [each for each in before if each != member][: len(moved)]
            case 4:
                larger = [size for size in seats.SIZES if size >= found.capacity]
                moved = seats.resize(session, conference, chance.choice(larger[:2]))
                assert moved == before[: len(moved)]
        found = conferences.find(session, conference)
        most = max(most, found.capacity)
        coming, waiting = (participants.of(session, conference, (state,)) for state in ("coming", "waiting"))
        assert len(coming) <= most
        assert not waiting or seats.left(session, found) == 0
        assert not set(coming) & set(waiting)
    seats.resize(session, conference, 0)
    assert participants.of(session, conference, ("waiting",)) == [], "without an end nobody waits"


def test_who_has_a_role_sits_first_and_no_order_can_be_read_from_the_rest(session: Session) -> None:
    lucky = set()
    for _ in range(12):
        conference = fixed(session, 5, 12)
        coming = participants.of(session, conference, ("coming",))
        assert PEOPLE[11] in coming
        lucky.add(tuple(sorted(coming)))
        line = participants.of(session, conference, ("waiting",))
        assert [seats.of(session, conferences.find(session, conference), each).turn for each in line] == [*range(1, 8)]
    assert len(lucky) > 1


def test_smaller_takes_nobodys_seat(session: Session) -> None:
    conference = fixed(session, 8, 8)
    assert seats.resize(session, conference, 5) == []
    assert len(participants.of(session, conference, ("coming",))) == 8
    assert seats.left(session, conferences.find(session, conference)) == 0
    with pytest.raises(Refused):
        seats.resize(session, conference, 7)


def test_of_a_date_somebody_cannot_come_to_their_role_is_offered_and_the_place_is_not_theirs(session: Session) -> None:
    plan = Plan("テーマ")
    found = polls.propose(session, plan, [Candidate(NOW + timedelta(days=number)) for number in (1, 2)], "proposer")
    seats.set_place(session, found.id, "市民会館")
    assert not seats.set_place(session, found.id, "市民会館")
    for member, role in (("absent", "host"), ("silent", "adviser")):
        conference_roles.take(session, found, role, member)
    polls.vote(session, found.id, "absent", {1: "no"}, NOW)
    polls.vote(session, found.id, "comes", {1: "yes"}, NOW)
    seats.settle(session, polls.decide(session, found.id, 1, NOW))
    assert conference_roles.offered(session, found.id) == {"host"}
    places = {each: seats.place_of(session, found.id, each) for each in ("absent", "silent", "comes", "nobody")}
    assert places == {"absent": "", "silent": "市民会館", "comes": "市民会館", "nobody": ""}
    assert participants.of(session, found.id, ("maybe",)) == ["silent"]
