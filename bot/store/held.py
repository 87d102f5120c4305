"""What was left for who is on duty, a worry or a question: whether anyone has opened it, and who may."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import rota, worries
from bot.store.community_models import Review
from bot.store.darkening import to_the_hour
from bot.store.members import Member, Role
from bot.store.models import Worry
from bot.store.rules import Rules
from bot.store.session import Session
from bot.store.worries import PublicWorry

DANGER = "danger"
"""Why it is held, and why a coordinator should look at it."""

QUESTION = "question"
"""The same of what somebody asked of the handbook, and then of whoever is on duty."""

LEFT = (DANGER, QUESTION)


def leave(session: Session, words: str, author: Address, now: datetime, why: str = DANGER) -> PublicWorry:
    """In no place, and answered like any other; whoever wrote it stands in it sealed alone."""
    left = worries.share(session, words, (), author, now, state="held", held_for=why)
    review(session, left.id, now, why)
    return left


def review(session: Session, worry_id: str, now: datetime, why: str = DANGER) -> None:
    """Coordinators see why they should look at this one; again where other words of it were looked at before."""
    since = to_the_hour(now)
    if not session.insert_once(Review, subject=worry_id, why=why, worry=worry_id, since=since, done=False):
        again = update(Review).where(_about(worry_id), col(Review.done))
        session.run(again.values(done=False, since=since))


def find(session: Session, worry_id: str) -> PublicWorry:
    """Refused where it is no such worry, or is over."""
    if not is_left(session, worry_id):
        raise Refused("worry.gone")
    return worries.find(session, worry_id, states=("held",))


def is_left(session: Session, worry_id: str) -> bool:
    """Not those that are held for another reason."""
    return left_for(session, worry_id) != ""


def left_for(session: Session, worry_id: str) -> str:
    """DANGER or QUESTION; empty where it was not left."""
    left = (col(Worry.id) == worry_id, col(Worry.state) == "held", col(Worry.held_for).in_(LEFT))
    return session.scalar(select(col(Worry.held_for)).where(*left)) or ""


def waits(session: Session, worry_id: str) -> bool:
    """Whether nobody on duty has opened it yet."""
    return session.scalar(select(col(Review.done)).where(_about(worry_id))) is False


def opened(session: Session, worry_id: str) -> None:
    session.run(update(Review).where(_about(worry_id)).values(done=True))


def may_open(session: Session, member: Member, person: Address, now: datetime, rules: Rules) -> bool:
    """Coordinators, and who is on duty today."""
    return member.may(Role.COORDINATOR) or any(
        (each.address.platform, each.address.space, each.address.channel)
        == (person.platform, person.space, person.channel)
        for each in rota.on_duty(session, now, rules)
    )


def _about(worry_id: str) -> ColumnElement[bool]:
    return and_(col(Review.subject) == worry_id, col(Review.why).in_(LEFT))
