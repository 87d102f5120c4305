"""Each event is stored before it is acknowledged, handled once, and forgotten when done."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, update
from sqlmodel import col, select

from bot.chat.events import Event
from bot.chat.moments import Moment, reached
from bot.store.models import Inbox
from bot.store.packing import event_from_dict, event_to_dict, pack, unpack
from bot.store.seal import UNREADABLE
from bot.store.session import Session

PARKED = "parked"
MAX_ATTEMPTS = 5
"""An event that fails this often is parked: kept sealed, never tried again by itself."""

HANDLED_WITHIN = timedelta(seconds=30)
"""By the process that received it; after that, the one that keeps the time may try. Both at once do no harm: the
event's done is written once, with its effects, or not at all."""

_KEEP_TOKENS = timedelta(days=7)
"""A platform may deliver an event again this long (Slack's retries end after minutes, Telegram's after a day)."""

_new = (col(Inbox.token) == bindparam("which"), col(Inbox.state) == "new")
_finish = update(Inbox).where(*_new).values(state="done", event=None)
_waits = select(Inbox.token).where(*_new)


def receive(session: Session, event: Event, now: datetime) -> bool:
    """Stores the event sealed; False where this delivery was already received."""
    token = _token(session, event)
    sealed = session.keys.box.seal(pack(event_to_dict(event)), token)
    if __debug__:
        reached(Moment.STORING)
    return session.insert_once(Inbox, token=token, state="new", event=sealed, attempts=0, received_at=now)


def finish(session: Session, event: Event) -> bool:
    """Handled: the dedupe token stays, who did what is gone. False where another hand finished it first."""
    return session.run(_finish, which=_token(session, event)) == 1


def is_waiting(session: Session, event: Event) -> bool:
    return session.scalar(_waits, which=_token(session, event)) is not None


def fail(session: Session, event: Event) -> bool:
    """Counts one failed attempt; True where the event is parked now. What is done stays done."""
    waits = and_(col(Inbox.token) == _token(session, event), col(Inbox.state) == "new")
    attempts = int(session.scalar(select(Inbox.attempts).where(waits)) or 0) + 1
    state = PARKED if attempts >= MAX_ATTEMPTS else "new"
    session.run(update(Inbox).where(waits).values(attempts=attempts, state=state))
    return state == PARKED


def waiting(session: Session, now: datetime) -> list[Event]:
    """Received but not handled, oldest first: what a crash or a failure left behind.

    Where several processes handle events, only what whoever received it has had time for."""
    waits = select(Inbox.token, Inbox.event).where(col(Inbox.state) == "new").order_by(col(Inbox.received_at))
    if not session.alone:
        waits = waits.where(col(Inbox.received_at) <= now - HANDLED_WITHIN)
    found = session.rows(waits)
    return [event for row in found if (event := _read(session, row))]


def _read(session: Session, row: Any) -> Event | None:
    """None where this version cannot read it: the others must not wait for it."""
    try:
        return event_from_dict(unpack(session.keys.box.open(row.event, row.token)))
    except UNREADABLE:
        return None


def note(session: Session, platform: str, mark: str, now: datetime) -> bool:
    """Notes a mark as an event that is done already; False where it was noted within the days tokens are kept."""
    token = session.keys.token("mark", platform, mark)
    return session.insert_once(Inbox, token=token, state="done", event=None, attempts=0, received_at=now)


def forget_old(session: Session, now: datetime) -> None:
    session.run(delete(Inbox).where(col(Inbox.state) != "new", col(Inbox.received_at) < now - _KEEP_TOKENS))


def _token(session: Session, event: Event) -> str:
    return session.keys.token("event", event.address.platform, event.address.space, event.id)
