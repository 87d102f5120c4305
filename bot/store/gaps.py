"""まだ答えのないこと: questions that found nothing, left by their askers' own wish; nothing leads back to anyone."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select
from sqlmodel import col

from bot.store.handbook_models import Gap
from bot.store.rules import Rules
from bot.store.session import Session

GATHERED = 3
"""Questions of the month that is not over yet are shown from so many on: one that appears just after somebody was
reading would tell who it was; later nobody remembers who was reading when."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """month: like 2026-11. text: in words that identify nobody."""

    id: str
    month: str
    text: str


_gaps = select(col(Gap.id), col(Gap.month), col(Gap.body)).order_by(col(Gap.month).desc(), col(Gap.id))


def leave(session: Session, text: str, now: datetime, rules: Rules) -> None:
    """text: in words that identify nobody. The month is all that is known of when; the id is no number in a row."""
    gap_id = secrets.token_urlsafe(16)
    body = session.keys.box.seal(text.encode(), place(gap_id))
    session.insert(Gap, id=gap_id, month=_month(now, rules.zone), body=body)


def place(gap_id: str) -> str:
    """What the words are sealed to."""
    return f"gap:{gap_id}"


def unanswered(session: Session, now: datetime, rules: Rules) -> list[Unanswered]:
    """The newest month first, within a month in the order of random ids; this month's only where there are enough."""
    rows, this = session.rows(_gaps), _month(now, rules.zone)
    few = sum(row.month >= this for row in rows) < GATHERED
    shown = [row for row in rows if not (few and row.month >= this)]
    return [Unanswered(row.id, row.month, session.keys.box.open(row.body, place(row.id)).decode()) for row in shown]


def settle(session: Session, gap_id: str) -> bool:
    """Nothing of it is kept. False where another coordinator was quicker."""
    return session.run(delete(Gap).where(col(Gap.id) == bindparam("which")), which=gap_id) == 1


def forget_old(session: Session, before: datetime, zone: ZoneInfo) -> None:
    """By whole months: of a day nothing is known."""
    session.run(delete(Gap).where(col(Gap.month) < _month(before, zone)))


def _month(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m")
