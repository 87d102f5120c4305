"""Conferences with a date, as they stand in the calendar of somebody who comes; their themes are never opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store.conference_models import Conference, ConferenceRole, Participant, Slot
from bot.store.participants import AWAY, COMING
from bot.store.session import Session

LONGEST = timedelta(days=1)
"""A conference is over within a day; what began earlier need not be looked at."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date that was fixed. cancelled: it is not held. sure: whoever it is read for comes; otherwise they may."""

    id: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    cancelled: bool = False
    sure: bool = True
    place: str = ""


_not_away = func.coalesce(col(Participant.state), "").not_in(AWAY)

_dated: Any = (
    select(
        col(Conference.id),
        col(Conference.kind),
        col(Conference.state),
        col(Conference.sequence),
        col(Conference.place),
        col(Conference.minutes),
        col(Slot.starts_at),
        col(Slot.minutes).label("long"),
        col(Participant.state).label("comes"),
        col(ConferenceRole.role),
    )
    .join(Slot, (col(Slot.conference) == col(Conference.id)) & (col(Slot.number) == col(Conference.decided)))
    .outerjoin(
        Participant,
        (col(Participant.conference) == col(Conference.id)) & (col(Participant.member) == bindparam("whose")),
    )
    .outerjoin(
        ConferenceRole,
        (col(ConferenceRole.conference) == col(Conference.id)) & (col(ConferenceRole.member) == bindparam("whose")),
    )
    .where(
        col(Conference.state).in_(("decided", "cancelled")),
        or_(col(Participant.state).in_(COMING), and_(col(ConferenceRole.role).is_not(None), _not_away)),
    )
    .order_by(col(Slot.starts_at), col(Conference.id))
)
_later = _dated.where(col(Slot.starts_at) > bindparam("since"))
_one = _dated.where(col(Conference.id) == bindparam("which"))


def of(session: Session, member_id: str, since: datetime) -> list[Meeting]:
    """Those this member comes to, or may, that were not over at that moment; the earliest first."""
    rows = session.rows(_later, whose=member_id, since=since - LONGEST)
    return [each for each in _each(session, rows) if each.ends_at > since]


def one(session: Session, conference_id: str, member_id: str) -> Meeting:
    """Refused where it never had a date, or this member has nothing to do with it."""
    for found in _each(session, session.rows(_one, whose=member_id, which=conference_id)):
        return found
    raise Refused("conference_calendar.not_yours")


def _each(session: Session, rows: Any) -> Iterator[Meeting]:
    """Each once, whatever roles they hold there."""
    seen = set()
    for row in rows:
        if row.id not in seen:
            seen.add(row.id)
            yield Meeting(
                id=row.id,
                kind=row.kind,
                starts_at=row.starts_at,
                ends_at=row.starts_at + timedelta(minutes=row.long or row.minutes),
                sequence=row.sequence,
                cancelled=row.state == "cancelled",
                sure=row.comes != "maybe" or row.role is not None,
                place=session.keys.box.open(row.place, f"place_of:{row.id}").decode() if row.place else "",
            )
