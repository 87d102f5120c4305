"""What becomes due: one row per occurrence, so that a clock may wake us twice or late and nothing doubles."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from bot.store.models import Occurrence as Row
from bot.store.session import Session

_KEEP_DONE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Occurrence:
    token: str
    kind: str
    subject: str
    due_at: datetime


def plan(session: Session, kind: str, subject: str, due_at: datetime) -> bool:
    """False where the same occurrence was planned before."""
    token = session.keys.token("occurrence", kind, subject, due_at.astimezone(UTC).isoformat())
    return session.insert_once(Row, token=token, kind=kind, subject=subject, due_at=due_at, done=False)


def planned(session: Session, kind: str, subject: str) -> bool:
    """Whether there was or is one of this kind about this."""
    which = (col(Row.kind) == kind, col(Row.subject) == subject)
    return session.first(select(Row.token).where(*which).limit(1)) is not None


def due(session: Session, now: datetime) -> list[Occurrence]:
    found = session.rows(
        select(Row.token, Row.kind, Row.subject, Row.due_at)
        .where(col(Row.done).is_(False), col(Row.due_at) <= now)
        .order_by(col(Row.due_at))
    )
    return [Occurrence(row.token, row.kind, row.subject, row.due_at) for row in found]


def finish(session: Session, occurrence: Occurrence) -> bool:
    """True for the first who finishes it."""
    return (
        session.run(update(Row).where(col(Row.token) == occurrence.token, col(Row.done).is_(False)).values(done=True))
        == 1
    )


def forget(session: Session, occurrence: Occurrence) -> None:
    """One that can never be planned again leaves no trace."""
    session.run(delete(Row).where(col(Row.token) == occurrence.token))


def finish_all(session: Session, kind: str, subject: str = "") -> list[str]:
    """Finishes what is planned of this kind, due or not, and perhaps about this alone; returns what it was about."""
    planned = [col(Row.kind) == kind, col(Row.done).is_(False)]
    if subject:
        planned.append(col(Row.subject) == subject)
    found = session.rows(select(Row.subject).where(*planned).order_by(col(Row.due_at)))
    session.run(update(Row).where(*planned).values(done=True))
    return [row.subject for row in found]


def next_due(session: Session) -> datetime | None:
    moment = session.scalar(select(func.min(Row.due_at)).where(col(Row.done).is_(False)))
    return moment if isinstance(moment, datetime) else None


def forget_old(session: Session, now: datetime) -> None:
    session.run(delete(Row).where(col(Row.done).is_(True), col(Row.due_at) < now - _KEEP_DONE))
