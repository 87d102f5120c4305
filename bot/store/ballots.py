"""A poll as one member sees it: what they answered, what they are called there, and what others answered by name."""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import col, select

from bot.store import asked, polls
from bot.store.conference_models import Conference, Participant, Vote
from bot.store.conferences import ASKING, PublicConference, PublicSlot
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who answered, by the name they gave for this conference; nothing where they gave none.
    marks: their answers by the number of the slot."""

    name: str
    marks: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Ballot:
    """own: this member's answers. name: what they wish to be called. voters: nobody where names are hidden."""

    conference: PublicConference
    now: datetime
    own: Mapping[int, str]
    name: str
    voters: tuple[Voter, ...]

    @property
    def ahead(self) -> tuple[PublicSlot, ...]:
        """The slots that can still be answered."""
        return ahead(self.conference, self.now)

    @property
    def left(self) -> tuple[PublicSlot, ...]:
        """Of those, the ones this member has not answered."""
        return tuple(slot for slot in self.ahead if slot.number not in self.own)


def ahead(conference: PublicConference, now: datetime) -> tuple[PublicSlot, ...]:
    return tuple(slot for slot in conference.slots if slot.starts_at > now)


_named = (col(Participant.conference) == bindparam("which"), col(Participant.member) == bindparam("whose"))
_own_name = select(col(Participant.id), col(Participant.name)).where(*_named)
_votes = select(col(Vote.member), col(Vote.number), col(Vote.value)).where(col(Vote.conference) == bindparam("which"))
_names = select(col(Participant.id), col(Participant.member), col(Participant.name)).where(
    col(Participant.conference) == bindparam("which"), col(Participant.name).is_not(None)
)


def look(session: Session, conference_id: str, member: str, now: datetime) -> Ballot:
    """Refused where there is no such conference for this member."""
    found = asked.find(session, conference_id, member)
    return Ballot(
        conference=found,
        now=now,
        own=polls.votes_of(session, conference_id, member),
        name=_name_of(session, conference_id, member),
        voters=voters(session, found),
    )


def voters(session: Session, conference: PublicConference) -> tuple[Voter, ...]:
    """By name, those without one last; in no order that tells who answered when. Nobody where names are hidden."""
    if conference.hidden:
        return ()
    marks: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for row in session.rows(_votes, which=conference.id):
        marks[row.member][row.number] = row.value
    names = {
        row.member: session.keys.box.open(row.name, f"name:{row.id}").decode()
        for row in session.rows(_names, which=conference.id)
    }
    found = [Voter(names.get(member, ""), theirs) for member, theirs in marks.items()]
    return tuple(sorted(found, key=lambda voter: (not voter.name, voter.name, sorted(voter.marks.items()))))


def shown_of(session: Session, member: str) -> list[str]:
    """The conferences whose cards show an answer of this member by name."""
    theirs = select(col(Vote.conference)).where(col(Vote.member) == member).distinct()
    shown = (col(Conference.state).in_(ASKING), col(Conference.hidden).is_(False), col(Conference.id).in_(theirs))
    return [row.id for row in session.rows(select(col(Conference.id)).where(*shown))]


def call(session: Session, conference_id: str, member: str, name: str) -> None:
    """What this member wishes to be called there; nothing takes it back."""
    row = session.first(_own_name, which=conference_id, whose=member)
    row_id = row.id if row else secrets.token_urlsafe(12)
    sealed = session.keys.box.seal(name.encode(), f"name:{row_id}") if name else None
    if row:
        session.run(update(Participant).where(col(Participant.id) == row_id).values(name=sealed))
    elif name:
        values = {"conference": conference_id, "member": member, "state": "asked", "turn": 0, "attended": ""}
        session.insert(Participant, id=row_id, name=sealed, **values)


def _name_of(session: Session, conference_id: str, member: str) -> str:
    row = session.first(_own_name, which=conference_id, whose=member)
    return session.keys.box.open(row.name, f"name:{row.id}").decode() if row and row.name else ""
