"""Who is asked to a conference, who comes, who waits for a seat, and who was there."""

import secrets
from collections.abc import Collection

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.store.conference_models import Participant
from bot.store.session import Session

COMING = ("coming", "maybe")
"""Who is told what those who come are told."""

AWAY = ("absent", "waiting")
"""Who is not expected: a role alone brings nobody to a date they cannot come to."""

_one = select(col(Participant.state)).where(
    col(Participant.conference) == bindparam("which"), col(Participant.member) == bindparam("whose")
)


def put(session: Session, conference_id: str, member: str, state: str, *, turn: int = 0) -> None:
    """Puts this member into this state, whatever it was. turn: the place in the line of those who wait."""
    changed = (
        update(Participant)
        .where(col(Participant.conference) == conference_id, col(Participant.member) == member)
        .values(state=state, turn=turn)
    )
    if not session.run(changed):
        session.insert(
            Participant,
            id=secrets.token_urlsafe(12),
            conference=conference_id,
            member=member,
            state=state,
            turn=turn,
            attended="",
            name=None,
        )


def state_of(session: Session, conference_id: str, member: str) -> str:
    """Nothing where they have to do with it in no way."""
    return str(session.scalar(_one, which=conference_id, whose=member) or "")


def of(session: Session, conference_id: str, states: Collection[str] = COMING) -> list[str]:
    """The members in one of these states, in the order in which they wait."""
    found = session.rows(
        select(col(Participant.member))
        .where(col(Participant.conference) == conference_id, col(Participant.state).in_(states))
        .order_by(col(Participant.turn), col(Participant.member))
    )
    return [row.member for row in found]


def forget(session: Session, conference_id: str, member: str) -> None:
    theirs = (col(Participant.conference) == conference_id, col(Participant.member) == member)
    session.run(delete(Participant).where(*theirs))
