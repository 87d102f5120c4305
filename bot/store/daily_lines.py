"""今日の一行: who wished one entry a day, when it comes, and what they have seen of all there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.language.workdays import is_workday
from bot.store import occurrences
from bot.store.handbook_models import DailyLine as Row
from bot.store.rules import Rules
from bot.store.session import Session

DUE = "line.due"
"""The kind of occurrence at which all lines of one time of day are sent; its subject is that time."""

TIMES = ("08:30", "12:00", "17:30")

LATEST = time(19, 0)
"""What could not be sent by then is not sent at all that day."""

_dice = SystemRandom()


@dataclass(frozen=True, slots=True)
class Reader:
    """seen: ids of entries, in the order in which they came. sent_on: the ISO date of the last; empty before it."""

    member: str
    seen: tuple[str, ...]
    sent_on: str


_own = col(Row.member) == bindparam("whose")
_everybody = select(col(Row.member), col(Row.seen), col(Row.sent_on)).where(col(Row.at) == bindparam("when"))


def wished(session: Session, member_id: str) -> str:
    """The time of day; empty where this member has not asked for it."""
    return str(session.scalar(select(col(Row.at)).where(_own), whose=member_id) or "")


def begin(session: Session, member_id: str, at: str, now: datetime, rules: Rules) -> datetime:
    """Also for another time than before; what was seen stays seen. Returns when the next one comes."""
    if at not in TIMES:
        raise Refused("error.stale_button")
    if not session.run(update(Row).where(_own).values(at=at), whose=member_id):
        session.insert_once(Row, member=member_id, at=at, seen="", sent_on="")
    due = plan_next(session, at, now, rules)
    sent_on = session.scalar(select(col(Row.sent_on)).where(_own), whose=member_id)
    return next_time(at, due, rules) if sent_on == due.date().isoformat() else due  # one a day, whatever its time


def stop(session: Session, member_id: str) -> None:
    """Nothing says afterwards that there was one."""
    session.run(delete(Row).where(_own), whose=member_id)


def plan_next(session: Session, at: str, now: datetime, rules: Rules) -> datetime:
    """One occurrence for everybody who chose this time."""
    due = next_time(at, now, rules)
    occurrences.plan(session, DUE, at, due)
    return due


def plan_all(session: Session, now: datetime, rules: Rules) -> None:
    """After the clock was set back: what is planned then lies too far ahead."""
    for row in session.rows(select(col(Row.at)).distinct()):
        plan_next(session, row.at, now, rules)


def next_time(at: str, now: datetime, rules: Rules) -> datetime:
    """The next working day's moment that is still to come."""
    local, wanted = now.astimezone(rules.zone), time.fromisoformat(at)
    day = local.date() + timedelta(days=local.time() >= wanted)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, wanted, rules.zone)


def ends_today(at: str, now: datetime, rules: Rules) -> datetime | None:
    """Until when a line may still come today; None where none may: before its time, at night, on a free day."""
    local = now.astimezone(rules.zone)
    if not is_workday(local.date()) or not time.fromisoformat(at) <= local.time() < LATEST:
        return None
    return datetime.combine(local.date(), LATEST, rules.zone)


def everybody(session: Session, at: str) -> list[Reader]:
    """Who chose this time of day."""
    return [Reader(row.member, tuple(row.seen.split()), row.sent_on) for row in session.rows(_everybody, when=at)]


def choose(seen: Sequence[str], entries: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The next of these ids in an order that is this person's own, and what has been seen with it. Once all were seen
    it begins anew, and not with the one that came last."""
    known = [each for each in seen if each in entries]
    left = [each for each in entries if each not in known]
    if not left:
        left, known = [each for each in entries if each != known[-1]] or list(entries), []
    chosen = _dice.choice(left)
    return chosen, (*known, chosen)


def sent(session: Session, member_id: str, seen: Sequence[str], today: date) -> None:
    values: dict[str, Any] = {"seen": "\n".join(seen), "sent_on": today.isoformat()}
    session.run(update(Row).where(_own).values(**values), whose=member_id)
