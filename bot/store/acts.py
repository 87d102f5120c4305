"""What coordinators did, for each other to see: to the hour, without a word of anyone and without an author."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, select
from sqlmodel import col

from bot.store.community_models import Act
from bot.store.darkening import to_the_hour
from bot.store.session import Session

What = Literal[
    "stopped",
    "restored",
    "left",
    "paused_writer",
    "paused_reporters",
    "opened",
    "linked",
    "unlinked",
    "let_join",
    "invited",
    "learning_shown",
    "learning_put_aside",
    "peer_note_shown",
    "peer_note_put_aside",
    "edition_published",
    "edition_taken_back",
]
"""opened: what was left for who is on duty. linked, unlinked, let_join: a place."""

SHORT = 8
"""Signs of an id that are enough to tell one worry from another."""


@dataclass(frozen=True, slots=True)
class PublicAct:
    """by: a short code that stands for one coordinator and for nothing else. subject: the beginning of a random id.
    reason: a code, or a number of days."""

    at: datetime
    by: str
    what: str
    subject: str
    reason: str


def note(session: Session, member_id: str, what: What, subject_id: str, now: datetime, reason: str = "") -> None:
    session.insert(
        Act,
        id=secrets.token_urlsafe(16),
        at=to_the_hour(now),
        actor=member_id,
        what=what,
        subject=subject_id,
        reason=reason,
    )


def latest(session: Session, most: int) -> Sequence[PublicAct]:
    """The newest first; within one hour in the order of their random ids."""
    columns = (col(Act.at), col(Act.actor), col(Act.what), col(Act.subject), col(Act.reason))
    rows = session.rows(select(*columns).order_by(col(Act.at).desc(), col(Act.id)).limit(most))
    return [PublicAct(row.at, _code(session, row.actor), row.what, row.subject[:SHORT], row.reason) for row in rows]


def forget_old(session: Session, now: datetime, keep: timedelta) -> None:
    session.run(delete(Act).where(col(Act.at) < now - keep))


def _code(session: Session, member_id: str) -> str:
    return session.keys.token("coordinator", member_id)[:4].upper()
