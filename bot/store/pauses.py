"""A rest for somebody nobody knows: a keyed token and two moments, and nothing that leads to or from a worry."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.language.workdays import next_working_moment
from bot.store.community_models import Pause
from bot.store.rules import Rules
from bot.store.session import Session

DAYS = (1, 7, 30)

BEGINS = time(9)


class Paused(Refused):
    """What was written is kept."""


def begins_at(now: datetime, rules: Rules) -> datetime:
    """The morning of the next working day, for everybody alike: whoever watches whose worries stop learns nothing."""
    tomorrow = datetime.combine(now.astimezone(rules.zone).date() + timedelta(days=1), time.min, rules.zone)
    return next_working_moment(tomorrow, rules.zone, BEGINS)


_longer = update(Pause).where(col(Pause.token) == bindparam("whose"), col(Pause.ends_at) < bindparam("until"))


def start(session: Session, people: Sequence[Address], days: int, now: datetime, rules: Rules) -> None:
    """Whoever rests already rests until the later end. The same steps for everybody, and nothing comes back."""
    begins = begins_at(now, rules)
    ends = begins + timedelta(days=days)
    forget_old(session, now)
    for token in sorted({_token(session, person) for person in people}):
        session.insert_once(Pause, token=token, begins_at=begins, ends_at=ends)
        session.run(_longer.values(ends_at=ends), whose=token, until=ends)


_running = select(col(Pause.ends_at)).where(
    col(Pause.token) == bindparam("whose"),
    col(Pause.begins_at) <= bindparam("now"),
    col(Pause.ends_at) > bindparam("now"),
)


def until(session: Session, person: Address, now: datetime) -> datetime | None:
    """None for who may go on."""
    moment = session.scalar(_running, whose=_token(session, person), now=now)
    return moment if isinstance(moment, datetime) else None


def forget_old(session: Session, now: datetime) -> None:
    """They end by themselves and by nothing else: who leaves and comes again would be free of it."""
    session.run(delete(Pause).where(col(Pause.ends_at) <= now))


def _token(session: Session, person: Address) -> str:
    return session.keys.token("pause", person.platform, person.space, person.channel)
