"""Who looks after the place: one change at a time on whichever replica, and what is handed over with it."""

from datetime import datetime
from random import SystemRandom

from sqlalchemy import select, update
from sqlmodel import col

from bot.store import conferences, members
from bot.store.conference_models import Conference, Series
from bot.store.conferences import PublicConference
from bot.store.models import Meta
from bot.store.schema import FINGERPRINT
from bot.store.session import Session

_one_row = select(col(Meta.value)).where(col(Meta.name) == FINGERPRINT).with_for_update()


def hold(session: Session) -> None:
    """Until this transaction ends nobody else comes or goes: the last two must not leave past one another.
    SQLite has one writer anyway."""
    session.rows(_one_row)


def successor(session: Session, leaving: str) -> str:
    """One of the others, by lot; nothing where nobody else is left."""
    others = [each for each in members.coordinating(session) if each != leaving]
    return SystemRandom().choice(others) if others else ""


def hand_over(session: Session, leaving: str, to: str, now: datetime) -> list[PublicConference]:
    """Everything this person proposed; returns what is still ahead. to: nothing where nobody is left."""
    ahead = [each for each in conferences.coming(session, now) if _proposer(session, each) == leaving]
    for theirs in (Conference, Series):
        session.run(update(theirs).where(col(theirs.proposer) == leaving).values(proposer=to))
    return ahead


def take_over(session: Session, to: str, now: datetime) -> list[PublicConference]:
    """What is ahead and nobody looks after; also what was left by members of whom no row tells any more."""
    caring = set(members.coordinating(session))
    found = [each for each in conferences.coming(session, now) if _proposer(session, each) not in caring]
    for each in found:
        session.run(update(Conference).where(col(Conference.id) == each.id).values(proposer=to))
    return found


def _proposer(session: Session, conference: PublicConference) -> str:
    return conferences.proposer_of(session, conference.id)
