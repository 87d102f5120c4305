"""What a coordinator should look at, and what is held back until one lets it go; by random ids alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.store import voices
from bot.store.community_models import Review
from bot.store.darkening import to_the_hour
from bot.store.held import DANGER as DANGER
from bot.store.held import LEFT
from bot.store.held import QUESTION as QUESTION
from bot.store.models import Answer, Worry
from bot.store.session import Session
from bot.store.subjects import STOPPED, Subject

REPORTS, DECIDED = "reports", "decided"
WHYS = (REPORTS, *LEFT, DECIDED)
"""decided: a coordinator has looked at it and decided, whether called for it or not."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """number: which of the answers; 0 for the worry itself. open: nobody has looked yet."""

    subject: str
    pseudonym: str
    number: int
    state: str
    whys: tuple[str, ...]
    since: datetime
    open: bool


def mark(session: Session, subject: Subject, why: str, now: datetime, *, done: bool = False) -> bool:
    """True where nobody was called for this before, or whoever was has looked meanwhile."""
    since = to_the_hour(now)
    key = {"subject": subject.id, "why": why}
    if session.insert_once(Review, worry=subject.worry.id, since=since, done=done, **key):
        return not done
    again = update(Review).where(col(Review.subject) == subject.id, col(Review.why) == why, col(Review.done))
    return not done and session.run(again.values(done=False, since=since)) == 1


def was_looked_at(session: Session, subject_id: str, why: str) -> bool:
    wanted = (col(Review.subject) == subject_id, col(Review.why) == why)
    return session.scalar(select(col(Review.done)).where(*wanted)) is True


def is_called_for(session: Session, subject_id: str) -> bool:
    """Whether anybody, or anything, has ever asked a coordinator to look at it."""
    return session.first(select(col(Review.why)).where(col(Review.subject) == subject_id)) is not None


def look_again(session: Session, worry_id: str, now: datetime) -> bool:
    """Whether it had been looked at; what was left for who is on duty goes its own way."""
    again = (col(Review.subject) == worry_id, col(Review.why).not_in(LEFT), col(Review.done))
    return session.run(update(Review).where(*again).values(done=False, since=to_the_hour(now))) > 0


def finish(session: Session, subject_id: str) -> None:
    session.run(update(Review).where(col(Review.subject) == subject_id).values(done=True))


def queue(session: Session) -> Sequence[Waiting]:
    """What nobody has looked at first, the longest waiting before others; then what is still held back."""
    found: dict[str, list[Any]] = {}
    for row in session.rows(_every):
        found.setdefault(row.subject, []).append(row)
    waiting = [_waiting(session, rows) for rows in found.values()]
    kept = [each for each in waiting if each.open or each.state in STOPPED]
    return sorted(kept, key=lambda each: (not each.open, each.since, each.subject))


_every: Any = (
    select(
        col(Review.subject),
        col(Review.worry),
        col(Review.why),
        col(Review.since),
        col(Review.done),
        col(Worry.pseudonym),
        col(Worry.state),
        col(Answer.seq),
        col(Answer.state).label("answer_state"),
    )
    .join(Worry, col(Worry.id) == col(Review.worry))
    .outerjoin(Answer, col(Answer.id) == col(Review.subject))
    .where(col(Worry.state) != "closed")
    .order_by(col(Review.subject), col(Review.why))
)


def _waiting(session: Session, rows: Sequence[Any]) -> Waiting:
    undone = [row for row in rows if not row.done]
    first = rows[0]
    return Waiting(
        first.subject,
        first.pseudonym,
        voices.number(session, first.worry, first.seq) if first.seq else 0,
        first.answer_state or first.state,
        tuple(row.why for row in undone or rows),
        min(row.since for row in undone or rows),
        bool(undone),
    )
