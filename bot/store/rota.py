"""Who is on duty (当番): the volunteers of a day, and where there are none the coordinators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.language.workdays import is_workday, next_working_moment
from bot.store import members, occurrences
from bot.store.community_models import Duty, Volunteer
from bot.store.members import Recipient
from bot.store.outbox import shuffled
from bot.store.rules import Rules
from bot.store.session import Session

REMINDER = "duty.reminder"
"""The kind of occurrence at which a day of duty begins; its subject is the day (ISO date)."""

AHEAD = timedelta(days=14)

State = Literal["on", "offered", "skipped"]


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day as one member sees it. people: how many are on duty. mine: "" where this member is not.
    offered: somebody else would rather not, and anyone may take it from them."""

    day: date
    people: int
    mine: State | Literal[""]
    offered: bool


_of_day = select(col(Duty.member), col(Duty.state)).where(col(Duty.day) == bindparam("which"))
_on = _of_day.where(col(Duty.state) != "skipped")


def on_duty(session: Session, now: datetime, rules: Rules) -> list[Recipient]:
    """Whom to tell first."""
    return volunteers_of(session, now, rules) or shuffled(members.coordinators(session))


def volunteers_of(session: Session, now: datetime, rules: Rules) -> list[Recipient]:
    """Those who took this day; nobody where it falls to the coordinators."""
    found = session.rows(_on, which=now.astimezone(rules.zone).date().isoformat())
    return _shuffled(session, [row.member for row in found])


def _shuffled(session: Session, member_ids: Sequence[str]) -> list[Recipient]:
    return shuffled(found for each in member_ids if (found := members.recipient(session, each)))


def volunteers(session: Session, but: str = "") -> list[Recipient]:
    """Everyone who takes turns. but: not this member."""
    found = session.rows(select(col(Volunteer.member)).where(col(Volunteer.member) != but))
    return _shuffled(session, [row.member for row in found])


def is_volunteer(session: Session, member_id: str) -> bool:
    return session.first(select(col(Volunteer.member)).where(col(Volunteer.member) == member_id)) is not None


def volunteer(session: Session, member_id: str) -> None:
    session.insert_once(Volunteer, member=member_id)


def stop(session: Session, member_id: str) -> None:
    """The days that were taken fall to the others of the day, or to the coordinators."""
    for theirs in (Volunteer, Duty):
        session.run(delete(theirs).where(col(theirs.member) == member_id))


def next_open(now: datetime, rules: Rules) -> datetime:
    """The moment itself in hours of duty, or when they begin: nobody is written to at night."""
    return next_working_moment(now, rules.zone, rules.duty_opens, rules.duty_closes)


def upcoming(now: datetime, rules: Rules) -> list[date]:
    """The working days of two weeks; today as long as somebody is on duty."""
    local = now.astimezone(rules.zone)
    first = local.date() + timedelta(days=local.time() >= rules.duty_closes)
    days = (first + timedelta(days=number) for number in range(AHEAD.days))
    return [day for day in days if is_workday(day)]


def days(session: Session, member_id: str, now: datetime, rules: Rules) -> list[DutyDay]:
    return [_seen(session, member_id, day) for day in upcoming(now, rules)]


def find(session: Session, member_id: str, day: str, now: datetime, rules: Rules) -> DutyDay:
    """Refused for what is no day ahead."""
    return _seen(session, member_id, _upcoming(day, now, rules))


def _upcoming(day: str, now: datetime, rules: Rules) -> date:
    for each in upcoming(now, rules):
        if each.isoformat() == day:
            return each
    raise Refused("duty.past")


def _seen(session: Session, member_id: str, day: date) -> DutyDay:
    found: dict[str, State] = {row.member: row.state for row in session.rows(_of_day, which=day.isoformat())}
    people = sum(state != "skipped" for state in found.values())
    mine: State | Literal[""] = found.pop(member_id, "")
    return DutyDay(day, people, mine, "offered" in found.values())


def take(session: Session, member_id: str, day: str, now: datetime, rules: Rules) -> DutyDay:
    """Also one's own day again that was offered or skipped. Refused for who is no volunteer."""
    taken = _upcoming(day, now, rules)
    if not is_volunteer(session, member_id):
        raise Refused("duty.volunteers")
    _put(session, member_id, day, "on")
    opens = datetime.combine(taken, rules.duty_opens, rules.zone)
    if opens > now:
        occurrences.plan(session, REMINDER, day, opens)
    return _seen(session, member_id, taken)


def change(session: Session, member_id: str, day: str, to: State, now: datetime, rules: Rules) -> DutyDay:
    """One's own day, offered to others or skipped. Refused where it is not."""
    ahead = _upcoming(day, now, rules)
    if not _set(session, member_id, day, to):
        raise Refused("duty.not_yours")
    return _seen(session, member_id, ahead)


def take_over(session: Session, member_id: str, day: str, now: datetime, rules: Rules) -> Recipient | None:
    """The first who takes an offered day has it. Returns who need not come. Refused where somebody was quicker."""
    offered = select(col(Duty.member)).where(
        col(Duty.day) == day, col(Duty.state) == "offered", col(Duty.member) != member_id
    )
    for row in session.rows(offered.order_by(col(Duty.member))):
        theirs = (col(Duty.day) == day, col(Duty.member) == row.member, col(Duty.state) == "offered")
        if session.run(delete(Duty).where(*theirs)):
            take(session, member_id, day, now, rules)
            return members.recipient(session, row.member)
    raise Refused("duty.taken")


def _put(session: Session, member_id: str, day: str, state: State) -> None:
    if not _set(session, member_id, day, state):
        session.insert_once(Duty, day=day, member=member_id, state=state)


def _set(session: Session, member_id: str, day: str, state: State) -> bool:
    own = (col(Duty.day) == day, col(Duty.member) == member_id)
    return session.run(update(Duty).where(*own).values(state=state)) == 1


def own_days(session: Session, member_id: str) -> list[str]:
    """As ISO dates."""
    found = session.rows(select(col(Duty.day)).where(col(Duty.member) == member_id).order_by(col(Duty.day)))
    return [row.day for row in found]


def forget_old(session: Session, now: datetime) -> None:
    """Who was on duty on a day says later who may have answered on it."""
    session.run(delete(Duty).where(col(Duty.day) < (now - timedelta(days=1)).date().isoformat()))
