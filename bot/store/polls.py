"""The dates of a conference: proposed, answered ◯△✕, and one of them fixed."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from bot.chat.errors import Refused
from bot.store import asked, conference_roles, conferences, participants
from bot.store.conference_models import Conference, Slot, Vote
from bot.store.conferences import ANSWERS, Answer, PublicConference
from bot.store.session import Session

MOST_SLOTS = 20
FEWEST_SLOTS = 2
DEFAULT_MINUTES = 90


def as_answer(value: str) -> Answer:
    """Refused for anything that is no answer."""
    for answer in ANSWERS:
        if value == answer:
            return answer
    raise Refused("forms.not_a_choice")


@dataclass(frozen=True, slots=True)
class Candidate:
    """minutes: 0 where nobody said how long it would be."""

    starts_at: datetime
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wishes a conference to be. required: roles. series: the one it belongs to."""

    theme: str
    minutes: int = DEFAULT_MINUTES
    kind: conferences.Kind = "case"
    audience: str = "places"
    hidden: bool = True
    required: tuple[str, ...] = ()
    minimum: int = 0
    capacity: int = 0
    online: bool = False
    closes_at: datetime | None = None
    series: str = ""


def propose(
    session: Session, plan: Plan, candidates: Sequence[Candidate], proposer: str, conference_id: str = ""
) -> PublicConference:
    """conference_id: where it follows from something else; a date of a series can then stand only once."""
    conference_id = conference_id or secrets.token_urlsafe(16)
    session.insert(
        Conference,
        id=conference_id,
        theme=session.keys.box.seal(plan.theme.encode(), f"theme:{conference_id}"),
        minutes=plan.minutes,
        state="open",
        proposer=proposer,
        revision=0,
        decided=None,
        kind=plan.kind,
        audience=plan.audience,
        hidden=plan.hidden,
        minimum=plan.minimum,
        capacity=plan.capacity,
        required=" ".join(plan.required),
        online=plan.online,
        closes_at=plan.closes_at,
        series=plan.series or None,
    )
    for number, each in enumerate(candidates, start=1):
        session.insert(Slot, conference=conference_id, number=number, starts_at=each.starts_at, minutes=each.minutes)
    return conferences.find(session, conference_id)


def vote(
    session: Session, conference_id: str, member: str, answers: Mapping[int, Answer], now: datetime
) -> PublicConference:
    """Replaces this member's own answers to these slots and nobody else's; returns the conference as it is then.
    The same answers once more change nothing, and its revision stays. Refused where this member was not asked, nobody
    may answer any more, or one of these slots is unknown or past."""
    conference = conferences.held(session, conference_id)
    if not asked.may_see(session, conference, member):
        raise Refused("conference.gone")
    _still_asks(conference, now)
    if not conference.open or (conference.closes_at and conference.closes_at <= now):
        raise Refused("conference_votes.closed")
    starts = {slot.number: slot.starts_at for slot in conference.slots}
    if not set(answers) <= set(starts):
        raise Refused("conference.stale")
    if any(starts[number] <= now for number in answers):
        raise Refused("conference_votes.past")
    if answers.items() <= votes_of(session, conference_id, member).items():
        return conference
    theirs = (col(Vote.conference) == conference_id, col(Vote.member) == member)
    session.run(delete(Vote).where(*theirs, col(Vote.number).in_(answers)))
    for number, value in answers.items():
        session.insert(Vote, conference=conference_id, member=member, number=number, value=value)
    return conferences.change(session, conference_id)


def votes_of(session: Session, conference_id: str, member: str) -> dict[int, str]:
    found = session.rows(
        select(Vote.number, Vote.value).where(col(Vote.conference) == conference_id, col(Vote.member) == member)
    )
    return {row.number: row.value for row in found}


def answered_of(session: Session, member: str) -> set[str]:
    """The conferences whose dates this member has answered."""
    return {row[0] for row in session.rows(select(Vote.conference).where(col(Vote.member) == member).distinct())}


def answered_by(
    session: Session, conference_id: str, values: Sequence[str] = ANSWERS, slot: int | None = None
) -> list[str]:
    """Members who answered, optionally only those with one of these values for one slot."""
    statement = select(Vote.member).where(col(Vote.conference) == conference_id, col(Vote.value).in_(values)).distinct()
    if slot is not None:
        statement = statement.where(col(Vote.number) == slot)
    return sorted(row[0] for row in session.rows(statement))


def decide(session: Session, conference_id: str, number: int, now: datetime) -> PublicConference:
    """Fixes the date: who said ◯ comes; who said △, or has a role and said nothing, may.

    Refused when it is fixed already, unknown or past."""
    conference = undecided(session, conference_id, now)
    slot = next((slot for slot in conference.slots if slot.number == number), None)
    if slot is None:
        raise Refused("conference.stale")
    if slot.starts_at <= now:
        raise Refused("conference.past")
    for value, state in (("yes", "coming"), ("maybe", "maybe"), ("no", "absent")):
        for member in answered_by(session, conference_id, (value,), number):
            participants.put(session, conference_id, member, state)
    for member in set(conference_roles.holders(session, conference_id).values()):
        if number not in votes_of(session, conference_id, member):
            participants.put(session, conference_id, member, "maybe")
    sequence = conference.sequence + (conference.sequence > 0)  # it was fixed before, and asked for anew
    return conferences.change(session, conference_id, state="decided", decided=number, sequence=sequence)


def undecided(session: Session, conference_id: str, now: datetime) -> PublicConference:
    """Held, so that what follows is true when it is written."""
    conference = conferences.held(session, conference_id)
    _still_asks(conference, now)
    return conference


def _still_asks(conference: PublicConference, now: datetime) -> None:
    if conference.state == "cancelled":
        raise Refused("conference_changes.gone")
    if not conference.asking:
        raise Refused("conference.closed")
    if max(slot.starts_at for slot in conference.slots) <= now:
        raise Refused("conference.past")
