"""Worries that nobody closes end by themselves, and the rows of those that ended go."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store.darkening import darken_worry
from bot.store.models import Worry
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.store.worries import LIVING, PublicWorry, find, shut

KEEP_CLOSED = timedelta(days=30)
"""The rows of closed worries, which hold nothing of anyone, go after this."""


def close_unanswered(session: Session, before: datetime, now: datetime, most: int) -> list[PublicWorry]:
    """Closes open worries in which nothing was said since then, at most so many at once."""
    last = func.coalesce(col(Worry.active_at), col(Worry.opened_at))
    found = session.rows(select(col(Worry.id)).where(col(Worry.state).in_(LIVING), last < before).limit(most))
    closed = []
    for row in found:
        try:
            worry = find(session, row.id, to_change=True, states=LIVING)
        except Refused:  # its key is gone: what is left of it is closed without a word
            darken_worry(session, row.id, (), now, now)
            continue
        except WrongKey:  # a damaged row: it stays as it is, and stands in no other's way
            continue
        shut(session, worry, now)
        closed.append(worry)
    return closed


def forget_old(session: Session, now: datetime) -> None:
    """The rows of worries that were closed long ago; where an older version did not note when, since they opened."""
    ended = func.coalesce(col(Worry.closed_at), col(Worry.opened_at))
    session.run(delete(Worry).where(col(Worry.state) == "closed", ended < now - KEEP_CLOSED))
