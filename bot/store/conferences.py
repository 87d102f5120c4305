"""Case conferences: candidate times, votes, and the decision."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, delete, func, update
from sqlmodel import col, select

from bot.chat.errors import Refused
from bot.store import posts
from bot.store.models import Conference, Place, Slot, Vote
from bot.store.session import Session

MOST_SLOTS = 10
FEWEST_SLOTS = 2

Answer = Literal["yes", "maybe", "no"]
ANSWERS: tuple[Answer, ...] = ("yes", "maybe", "no")


def as_answer(value: str) -> Answer:
    """Refused for anything that is no answer."""
    for answer in ANSWERS:
        if value == answer:
            return answer
    raise Refused("forms.not_a_choice")


@dataclass(frozen=True, slots=True)
class PublicSlot:
    """One candidate time with how many said what; never who."""

    number: int
    starts_at: datetime
    yes: int
    maybe: int
    no: int


@dataclass(frozen=True, slots=True)
class PublicConference:
    """minutes: length. decided: the number of the chosen slot. revision rises with every change."""

    id: str
    theme: str
    minutes: int
    open: bool
    slots: tuple[PublicSlot, ...]
    answered: int
    decided: int | None
    revision: int

    @property
    def chosen(self) -> PublicSlot | None:
        return next((slot for slot in self.slots if slot.number == self.decided), None)


def propose(session: Session, theme: str, minutes: int, starts: Sequence[datetime], proposer: str) -> PublicConference:
    conference_id = secrets.token_urlsafe(16)
    session.insert(
        Conference,
        id=conference_id,
        theme=session.keys.box.seal(theme.encode(), f"theme:{conference_id}"),
        minutes=minutes,
        state="open",
        proposer=proposer,
        revision=0,
        decided=None,
    )
    for number, starts_at in enumerate(starts, start=1):
        session.insert(Slot, conference=conference_id, number=number, starts_at=starts_at)
    return find(session, conference_id)


def find(session: Session, conference_id: str) -> PublicConference:
    """Refused where there is none."""
    row = session.first(select(*Conference.__table__.columns).where(col(Conference.id) == conference_id))  # type: ignore[attr-defined]
    if row is None:
        raise Refused("conference.gone")
    votes = session.rows(select(Vote.number, Vote.value, Vote.member).where(col(Vote.conference) == conference_id))
    counts = Counter((vote.number, vote.value) for vote in votes)
    slots = session.rows(
        select(Slot.number, Slot.starts_at).where(col(Slot.conference) == conference_id).order_by(col(Slot.number))
    )
    return PublicConference(
        id=row.id,
        theme=session.keys.box.open(row.theme, f"theme:{row.id}").decode(),
        minutes=row.minutes,
        open=row.state == "open",
        slots=tuple(
            PublicSlot(slot.number, slot.starts_at, *(counts[slot.number, each] for each in ANSWERS)) for slot in slots
        ),
        answered=len({vote.member for vote in votes}),
        decided=row.decided,
        revision=row.revision,
    )


def vote(
    session: Session, conference_id: str, member: str, answers: Mapping[int, Answer], now: datetime
) -> PublicConference:
    """Replaces this member's own answers and nobody else's."""
    conference = _undecided(session, conference_id, now)
    if set(answers) != {slot.number for slot in conference.slots}:
        raise Refused("conference.stale")
    session.run(delete(Vote).where(col(Vote.conference) == conference_id, col(Vote.member) == member))
    for number, value in answers.items():
        session.insert(Vote, conference=conference_id, member=member, number=number, value=value)
    return _changed(session, conference_id)


def votes_of(session: Session, conference_id: str, member: str) -> dict[int, str]:
    found = session.rows(
        select(Vote.number, Vote.value).where(col(Vote.conference) == conference_id, col(Vote.member) == member)
    )
    return {row.number: row.value for row in found}


def answered_of(session: Session, member: str) -> set[str]:
    """The conferences whose dates this member has answered."""
    return {row[0] for row in session.rows(select(Vote.conference).where(col(Vote.member) == member).distinct())}


def decide(session: Session, conference_id: str, number: int, now: datetime) -> PublicConference:
    """Fixes the date. Refused when it is fixed already, unknown or past."""
    conference = _undecided(session, conference_id, now)
    slot = next((slot for slot in conference.slots if slot.number == number), None)
    if slot is None:
        raise Refused("conference.stale")
    if slot.starts_at <= now:
        raise Refused("conference.past")
    session.run(update(Conference).where(col(Conference.id) == conference_id).values(state="decided", decided=number))
    return _changed(session, conference_id)


def answered_by(
    session: Session, conference_id: str, values: Sequence[str] = ANSWERS, slot: int | None = None
) -> list[str]:
    """Members who answered, optionally only those with one of these values for one slot."""
    statement = select(Vote.member).where(col(Vote.conference) == conference_id, col(Vote.value).in_(values)).distinct()
    if slot is not None:
        statement = statement.where(col(Vote.number) == slot)
    return sorted(row[0] for row in session.rows(statement))


def proposer_of(session: Session, conference_id: str) -> str:
    return str(session.scalar(select(Conference.proposer).where(col(Conference.id) == conference_id)) or "")


def coming(session: Session, now: datetime) -> list[PublicConference]:
    """Open ones with a time still ahead, and decided ones still ahead."""
    ids = [row[0] for row in session.rows(select(Conference.id).where(col(Conference.state).in_(("open", "decided"))))]
    every = [find(session, each) for each in ids]
    ahead = [each for each in every if (each.chosen or each.slots[-1]).starts_at > now]
    return sorted(ahead, key=lambda each: each.chosen.starts_at if each.chosen else each.slots[0].starts_at)


def forget_past(session: Session, before: datetime) -> None:
    """Conferences whose last date lies before, with their votes and what leads to their posts."""
    last = select(col(Slot.conference)).group_by(col(Slot.conference)).having(func.max(Slot.starts_at) < before)
    past = [row[0] for row in session.rows(last)]
    linked = [row[0] for row in session.rows(select(col(Place.id)))] if past else []
    for conference_id in past:
        for place_id in linked:
            posts.forget(session, posts.poll_key(conference_id, place_id))
        session.run(delete(Vote).where(col(Vote.conference) == conference_id))
        session.run(delete(Slot).where(col(Slot.conference) == conference_id))
        session.run(delete(Conference).where(col(Conference.id) == conference_id))


_hold = select(Conference.id).where(col(Conference.id) == bindparam("which")).with_for_update()
"""Votes and the decision come one after the other."""


def _undecided(session: Session, conference_id: str, now: datetime) -> PublicConference:
    session.first(_hold, which=conference_id)
    conference = find(session, conference_id)
    if not conference.open:
        raise Refused("conference.closed")
    if conference.slots[-1].starts_at <= now:
        raise Refused("conference.past")
    return conference


def _changed(session: Session, conference_id: str) -> PublicConference:
    session.run(update(Conference).where(col(Conference.id) == conference_id).values(revision=Conference.revision + 1))
    return find(session, conference_id)
