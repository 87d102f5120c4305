"""Which of the dates that were asked for is the best, why, and which cannot be decided at all.

A date is out where it is past, where somebody who holds a required role said ✕, or where fewer can come than must: a
◯ counts as one, a △ as half, because of two who may come one will. Of the others the best is the one to which most
holders of required roles said ◯, then △; then the one with most ◯; then with most △. Dates alike in all of this are a
tie, which people decide and not the calendar; the earlier is only shown first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlmodel import col

from bot.store import conference_roles, polls
from bot.store.conference_models import Participant, Vote
from bot.store.conferences import PublicConference, PublicSlot
from bot.store.session import Session

Why = Literal["past", "role", "minimum"]
WHYS: tuple[Why, ...] = ("past", "role", "minimum")

Reason = Literal["only", "roles", "yes", "maybe"]
REASONS: tuple[Reason, ...] = ("only", "roles", "yes", "maybe")

Said = Mapping[str, Mapping[int, str]]
"""What whoever holds a role answered to which slot, by the role."""


@dataclass(frozen=True, slots=True)
class Judged:
    """why: it cannot be decided. roles: how many required ones whose holder said ◯, and said △. unsure: required ones
    whose holder said △ or nothing. lost: roles of those who said ✕. names: what those who said ✕ wish to be called,
    where this is no secret."""

    slot: PublicSlot
    why: Why | None
    roles: tuple[int, int]
    unsure: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The higher, the better."""
        return *self.roles, self.slot.yes, self.slot.maybe


@dataclass(frozen=True, slots=True)
class Proposal:
    """ranked: the best first, those that cannot be decided last."""

    conference: PublicConference
    ranked: tuple[Judged, ...]

    @property
    def open(self) -> tuple[Judged, ...]:
        """Those that can be decided."""
        return tuple(each for each in self.ranked if each.why is None)

    @property
    def best(self) -> tuple[Judged, ...]:
        """One, or those that tie; none where nobody said they may come."""
        return tuple(each for each in self.open if each.rank == self.open[0].rank and any(each.rank))

    @property
    def reason(self) -> Reason:
        """What sets the best apart from the next."""
        if len(self.open) < 2:
            return "only"
        first, second = self.open[:2]
        if first.roles != second.roles:
            return "roles"
        return "yes" if first.slot.yes != second.slot.yes else "maybe"

    def of(self, number: int) -> Judged | None:
        return next((each for each in self.ranked if each.slot.number == number), None)


def judged(
    conference: PublicConference, said: Said, now: datetime, names: Mapping[int, Sequence[str]] | None = None
) -> Proposal:
    every = [_judge(conference, slot, said, now, (names or {}).get(slot.number, ())) for slot in conference.slots]
    every.sort(key=lambda each: (each.why is not None, *(-part for part in each.rank), each.slot.starts_at))
    return Proposal(conference, tuple(every))


def _judge(conference: PublicConference, slot: PublicSlot, said: Said, now: datetime, names: Sequence[str]) -> Judged:
    answers = {role: said[role].get(slot.number, "") for role in conference.required if role in said}
    every = list(answers.values())
    why: Why | None = None
    if slot.starts_at <= now:
        why = "past"
    elif "no" in every:
        why = "role"
    elif 2 * slot.yes + slot.maybe < 2 * conference.minimum:
        why = "minimum"
    unsure = tuple(role for role, answer in answers.items() if answer in ("maybe", ""))
    lost = tuple(role for role in conference_roles.ROLES if said.get(role, {}).get(slot.number) == "no")
    return Judged(slot, why, (every.count("yes"), every.count("maybe")), unsure, lost, tuple(names))


def of(session: Session, conference: PublicConference, now: datetime) -> Proposal:
    holders = conference_roles.holders(session, conference.id)
    said = {role: polls.votes_of(session, conference.id, member) for role, member in holders.items()}
    return judged(conference, said, now, {} if conference.hidden else _names(session, conference.id))


def _names(session: Session, conference_id: str) -> dict[int, list[str]]:
    """Of those who said ✕ and gave a name, by the slot."""
    found = session.rows(
        select(col(Vote.number), col(Participant.id), col(Participant.name))
        .join(
            Participant,
            (col(Participant.conference) == col(Vote.conference)) & (col(Participant.member) == col(Vote.member)),
        )
        .where(col(Vote.conference) == conference_id, col(Vote.value) == "no", col(Participant.name).is_not(None))
    )
    names: dict[int, list[str]] = {}
    for row in found:
        names.setdefault(row.number, []).append(session.keys.box.open(row.name, f"name:{row.id}").decode())
    return {number: sorted(each) for number, each in names.items()}
