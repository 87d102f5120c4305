"""How long a worry may wait for an answer before others are called, and that somebody answered it."""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from bot.language.workdays import after_working_time, working_time_between
from bot.store import month_counts, occurrences
from bot.store.hours import to_the_hour
from bot.store.looking_after import DAY as DAY
from bot.store.looking_after import TWO_DAYS as TWO_DAYS
from bot.store.models import Occurrence, Worry
from bot.store.session import Session

WAITS = {DAY: timedelta(hours=24), TWO_DAYS: timedelta(hours=48)}
"""The kinds of occurrence at which others are called, and after how much time of working days."""


def plan(session: Session, worry_id: str, now: datetime, zone: ZoneInfo) -> None:
    """Exactly then; whoever is called is called in hours of duty, which the clock knows."""
    for kind, wait in WAITS.items():
        occurrences.plan(session, kind, worry_id, after_working_time(now, wait, zone))


Now = Literal["waits", "out of sight", "over"]

_state = select(col(Worry.state), col(Worry.opened_at), col(Worry.answered_at)).where(
    col(Worry.id) == bindparam("which"), col(Worry.state) != "closed"
)


def look(session: Session, worry_id: str) -> Now:
    """waits: everyone can read it, and nobody has answered. out of sight: held back, perhaps to be seen again."""
    row = session.first(_state, which=worry_id)
    if row is None or row.answered_at is not None:
        return "over"
    return "waits" if row.state == "open" else "out of sight"


def has_waited_two_days(session: Session, worry_id: str, now: datetime) -> bool:
    about = (col(Occurrence.kind) == TWO_DAYS, col(Occurrence.subject) == worry_id)
    return session.first(select(col(Occurrence.token)).where(*about, col(Occurrence.due_at) <= now)) is not None


def answered(session: Session, worry_id: str, now: datetime, zone: ZoneInfo) -> None:
    """By somebody else, where all can read it; only the first time counts."""
    row, hour = session.first(_state, which=worry_id), to_the_hour(now)
    waited = (col(Worry.id) == worry_id, col(Worry.state) == "open", col(Worry.answered_at).is_(None))
    if row is None or not session.run(update(Worry).where(*waited).values(answered_at=hour)):
        return
    month_counts.add(session, "answered", now, zone)
    if working_time_between(row.opened_at, hour, zone) < WAITS[DAY]:  # by hours, so that none counts that was late
        month_counts.add(session, "answered_in_time", now, zone)
