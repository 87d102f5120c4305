"""After a restore: what the rows know too little of, because time went on after the backup was made."""

from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, or_, select, update
from sqlmodel import col

from bot.store.models import Inbox, Member, Meta, Outbox
from bot.store.session import Session

_GONE_SINCE = and_(
    or_(col(Outbox.state) == "ready", col(Outbox.state) == "doubtful"), col(Outbox.not_before) <= bindparam("now")
)
_doubt = (
    update(Outbox)
    .where(or_(_GONE_SINCE, col(Outbox.state) == "sending", col(Outbox.state) == "away"))
    .values(
        state=case((col(Outbox.state) == "away", "away"), else_="doubtful"),  # for when its chat is back
        doubts=Outbox.doubts + 1,
    )
)
_settle = (
    update(Outbox)
    .where(col(Outbox.token) == bindparam("which"), col(Outbox.letter).is_not(None))
    .values(state=bindparam("to"), reference=bindparam("mark"), letter=None, lane=None)
)
_SETTLED = ("delivered", "unknown", "dead", "dropped")
_CURSOR = col(Meta.name).startswith("cursor:")


def doubt_open_letters(session: Session, now: datetime) -> int:
    """Each may have been carried after the backup was made: it is looked up, or marked as sent again, or given up.
    Returns how many."""
    return session.run(_doubt, now=now)


def take_over(session: Session, replaced: Session) -> None:
    """From a sound database of the same house that goes: what was heard is not heard again, and what arrived is not
    sent again. What people did after the backup is not taken over; that is what a restore gives up."""
    if not _went_on(replaced, session):
        return
    for row in replaced.rows(select(col(Inbox.token), col(Inbox.received_at)).where(col(Inbox.state) != "new")):
        session.insert_once(Inbox, token=row.token, state="done", event=None, attempts=0, received_at=row.received_at)
    settled = select(col(Outbox.token), col(Outbox.state), col(Outbox.reference)).where(col(Outbox.state).in_(_SETTLED))
    session.run_many(
        _settle, [{"which": row.token, "to": row.state, "mark": row.reference} for row in replaced.rows(settled)]
    )
    for row in replaced.rows(select(col(Meta.name), col(Meta.value)).where(_CURSOR)):
        if not session.insert_once(Meta, name=row.name, value=row.value):
            session.run(update(Meta).where(col(Meta.name) == row.name).values(value=row.value))


def is_lived_in(session: Session) -> bool:
    """False for the empty house that a start without a database makes: it remembers nothing."""
    return session.scalar(select(col(Member.id)).limit(1)) is not None


def _went_on(replaced: Session, restored: Session) -> bool:
    """An older copy put in between knows less than the backup does."""
    newest = select(func.max(col(Inbox.received_at)))
    theirs, ours = replaced.scalar(newest), restored.scalar(newest)
    return theirs is not None and (ours is None or theirs >= ours)
