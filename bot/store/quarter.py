"""What became of the conferences of these three months: numbers of each, and never who."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from bot.store import asked, conference_roles, conferences, month_counts
from bot.store.conference_models import Conference, MeetingNote, Participant, Slot
from bot.store.conferences import PublicConference
from bot.store.session import Session

MONTHS = 3
UPDATES = "conference_updates"
"""The name under which updates of presenters are counted by month (month_counts)."""


@dataclass(frozen=True, slots=True)
class Held:
    """came: None where nobody pressed that they are there. roles: how many of the required ones were filled."""

    conference: PublicConference
    came: int | None
    roles: int
    minutes_taken: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """months: like 2026-11, the oldest first; the last is not over. updates: by month."""

    months: tuple[str, ...]
    held: tuple[Held, ...]
    updates: Mapping[str, int]


def of(session: Session, member: str, now: datetime, zone: ZoneInfo) -> Quarter:
    """This month and the two before it, as far as they are kept and this member may see them."""
    months = _months(now.astimezone(zone).date())
    begins = datetime.fromisoformat(f"{months[0]}-01").replace(tzinfo=zone)
    held = [_held(session, each) for each in asked.visible(session, _over(session, begins, now), member)]
    counts = month_counts.every(session)
    return Quarter(months, tuple(held), {month: counts.get(month, {}).get(UPDATES, 0) for month in months})


def _months(today: date) -> tuple[str, ...]:
    index = today.year * 12 + today.month - 1
    return tuple(f"{each // 12:04}-{each % 12 + 1:02}" for each in range(index - MONTHS + 1, index + 1))


def _over(session: Session, begins: datetime, now: datetime) -> list[PublicConference]:
    found = session.rows(
        select(col(Conference.id))
        .join(Slot, (col(Slot.conference) == col(Conference.id)) & (col(Slot.number) == col(Conference.decided)))
        .where(col(Conference.state) == "decided", col(Slot.starts_at) >= begins, col(Slot.starts_at) <= now)
        .order_by(col(Slot.starts_at), col(Conference.id))
    )
    every = [conferences.find(session, row.id) for row in found]
    return [each for each in every if each.ends_at and each.ends_at <= now]


def _held(session: Session, found: PublicConference) -> Held:
    here = (col(Participant.conference) == found.id, col(Participant.attended) != "")
    came = int(session.scalar(select(func.count()).select_from(Participant).where(*here)) or 0)
    filled = Counter(role in conference_roles.holders(session, found.id) for role in found.required)
    note = select(col(MeetingNote.id)).where(col(MeetingNote.conference) == found.id)
    return Held(found, came or None, filled[True], session.first(note) is not None)
