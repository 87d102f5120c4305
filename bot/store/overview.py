"""How the community is doing, for who looks after it: numbers, and what stands there for everyone to read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlmodel import col

from bot.language.workdays import working_time_between
from bot.store.community_models import Duty, Review
from bot.store.models import Worry
from bot.store.rules import Rules
from bot.store.session import Session

LATELY = timedelta(days=90)
DAYS_OF_DUTY = 7
LONGEST_LIST = 10


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A worry that everyone can read, and for how long it has waited in working time."""

    id: str
    pseudonym: str
    waited: timedelta


@dataclass(frozen=True, slots=True)
class Overview:
    """first_answer: the median working time until somebody else answered, of those lately shared; None where there
    are too few to say. duty: how many are on duty, by day (ISO date)."""

    open: int
    unanswered: tuple[Unanswered, ...]
    first_answer: timedelta | None
    held: int
    reviews: int
    duty: tuple[tuple[str, int], ...]


def look(session: Session, now: datetime, rules: Rules) -> Overview:
    states = {row[0]: row[1] for row in session.rows(select(col(Worry.state), func.count()).group_by(col(Worry.state)))}
    reviews = select(func.count()).select_from(Review).where(col(Review.done).is_(False))
    return Overview(
        open=states.get("open", 0),
        unanswered=_unanswered(session, now, rules),
        first_answer=_first_answer(session, now, rules),
        held=states.get("held", 0) + states.get("hidden", 0),
        reviews=int(session.scalar(reviews) or 0),
        duty=_duty(session, now, rules),
    )


def _unanswered(session: Session, now: datetime, rules: Rules) -> tuple[Unanswered, ...]:
    found = session.rows(
        select(col(Worry.id), col(Worry.pseudonym), col(Worry.opened_at))
        .where(col(Worry.state) == "open", col(Worry.answered_at).is_(None))
        .order_by(col(Worry.opened_at), col(Worry.id))
        .limit(LONGEST_LIST)
    )
    return tuple(
        Unanswered(row.id, row.pseudonym, working_time_between(row.opened_at, now, rules.zone)) for row in found
    )


def _first_answer(session: Session, now: datetime, rules: Rules) -> timedelta | None:
    found = session.rows(
        select(col(Worry.opened_at), col(Worry.answered_at)).where(
            col(Worry.answered_at).is_not(None), col(Worry.opened_at) >= now - LATELY
        )
    )
    if len(found) < rules.label_members:
        return None
    waits = (working_time_between(row.opened_at, row.answered_at, rules.zone) for row in found)
    return timedelta(seconds=median(wait.total_seconds() for wait in waits))


def _duty(session: Session, now: datetime, rules: Rules) -> tuple[tuple[str, int], ...]:
    first = now.astimezone(rules.zone).date()
    days = [(first + timedelta(days=number)).isoformat() for number in range(DAYS_OF_DUTY)]
    found = session.rows(
        select(col(Duty.day), func.count())
        .where(col(Duty.day).in_(days), col(Duty.state) != "skipped")
        .group_by(col(Duty.day))
    )
    counted = {row[0]: int(row[1]) for row in found}
    return tuple((day, counted.get(day, 0)) for day in days)
