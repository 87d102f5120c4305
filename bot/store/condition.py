"""How the rows are, in numbers: what waits, what is stuck, and whether they are still ours to use."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from bot.store import heartbeat, mailroom, outbox, schema
from bot.store.models import Inbox, Outbox
from bot.store.session import Session

STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Condition:
    """letters, events: how many stand in each state. put_off: of the letters that wait, those that were tried and are
    tried again later. waiting_seconds: how long the oldest letter that may go has waited for it.
    stuck: by platform, the lanes in which nothing moves although their first letter may go.
    ours: the newest schema, and this key. ticked: when a process last kept the time, where several share the rows."""

    letters: Mapping[str, int]
    events: Mapping[str, int]
    put_off: int
    waiting_seconds: float
    stuck: Mapping[str, int]
    ours: bool
    ticked: datetime | None = None


_waits = col(Outbox.state).in_(("ready", "doubtful"))
_oldest = select(func.min(col(Outbox.not_before))).where(_waits)
_put_off = select(func.count()).select_from(Outbox).where(_waits, col(Outbox.attempts) > 0)
_events = select(col(Inbox.state), func.count()).where(col(Inbox.state) != "done").group_by(col(Inbox.state))


def look(session: Session, now: datetime) -> Condition:
    oldest = session.scalar(_oldest)
    late = outbox.could_go(session, now - STUCK_AFTER)
    return Condition(
        letters=outbox.open_count(session),
        events={row[0]: row[1] for row in session.rows(_events)},
        put_off=int(session.scalar(_put_off.where(col(Outbox.not_before) > now)) or 0),
        waiting_seconds=max((now - oldest).total_seconds(), 0.0) if isinstance(oldest, datetime) else 0.0,
        stuck=Counter(mailroom.platforms(session, late)),
        ours=schema.fits(session),
        ticked=heartbeat.ticked(session),
    )
