"""Whoever wants no notices of one worry for a while; nobody else can see it."""

from sqlalchemy import delete, select
from sqlmodel import col

from bot.chat.events import Address
from bot.store import items
from bot.store.community_models import Mute
from bot.store.session import Session
from bot.store.worries import LIVING, unsealed


def mute(session: Session, worry_id: str, person: Address) -> None:
    _, item, _ = unsealed(session, worry_id, to_change=True, states=LIVING)
    session.insert_once(Mute, worry=worry_id, token=item.token(person))


def unmute(session: Session, worry_id: str, person: Address) -> None:
    _, item, _ = unsealed(session, worry_id, states=LIVING)
    session.run(delete(Mute).where(col(Mute.worry) == worry_id, col(Mute.token) == item.token(person)))


def holds(session: Session, worry_id: str, person: Address) -> bool:
    """Whether nothing is to be told this person of it."""
    item = items.find(session, worry_id)
    if item is None:
        return False
    asked = select(col(Mute.worry)).where(col(Mute.worry) == worry_id, col(Mute.token) == item.token(person))
    return session.scalar(asked) is not None
