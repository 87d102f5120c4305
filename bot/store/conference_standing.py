"""What one member is to one conference: what every card about it is made from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from bot.store import asked, conference_roles, conferences, participants, polls, seats
from bot.store.conference_models import Sheet
from bot.store.conferences import PublicConference
from bot.store.seats import NO_SEAT, Seat
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """state: of store/participants.py, or nothing. roles: that this member holds. missing: required roles nobody holds.
    offered: roles that somebody else may take over. sheet: whether the case is written down."""

    conference: PublicConference
    now: datetime
    coordinator: bool
    proposer: bool
    state: str
    voted: bool
    roles: tuple[str, ...]
    missing: tuple[str, ...]
    offered: tuple[str, ...]
    sheet: bool
    seat: Seat = NO_SEAT

    @property
    def comes(self) -> bool:
        """May see what is for participants alone."""
        return self.state in participants.COMING or bool(self.roles)

    @property
    def expected(self) -> bool:
        """Comes on the date that is fixed: a role alone brings nobody who cannot."""
        return self.comes and self.state not in participants.AWAY

    @property
    def fixed(self) -> bool:
        return self.conference.state == "decided"

    @property
    def begun(self) -> bool:
        """Its time has come, or somebody pressed that it begins."""
        chosen = self.conference.chosen
        return self.fixed and (bool(self.conference.began_at) or (chosen is not None and chosen.starts_at <= self.now))

    @property
    def over(self) -> bool:
        ends = self.conference.ends_at
        return self.fixed and ends is not None and ends <= self.now


def of(session: Session, conference_id: str, member: str, now: datetime, *, coordinator: bool) -> Standing:
    """Refused where there is no such conference for this member."""
    found = asked.find(session, conference_id, member)
    holders = conference_roles.holders(session, conference_id)
    sheet = select(col(Sheet.id)).where(col(Sheet.conference) == conference_id)
    return Standing(
        conference=found,
        now=now,
        coordinator=coordinator,
        proposer=conferences.proposer_of(session, conference_id) == member,
        state=participants.state_of(session, conference_id, member),
        voted=bool(polls.votes_of(session, conference_id, member)),
        roles=tuple(role for role in conference_roles.ROLES if holders.get(role) == member),
        missing=tuple(role for role in found.required if role not in holders),
        offered=tuple(sorted(conference_roles.offered(session, conference_id))),
        sheet=session.first(sheet) is not None,
        seat=seats.of(session, found, member),
    )
