"""Who lives in which place: a member who did anything there, until they leave or the place does."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from bot.chat.events import Event, News
from bot.store import labels, places
from bot.store.community_models import Dweller
from bot.store.members import Member, Role
from bot.store.session import Session

_known = select(col(Dweller.place)).where(
    col(Dweller.place) == bindparam("where"), col(Dweller.member) == bindparam("who")
)


def notice(session: Session, event: Event, member: Member, now: datetime) -> None:
    """Nothing is written where it was known, or where nobody who belongs here did this in a place."""
    if event.direct or member.role == Role.STRANGER or isinstance(event.body, News):
        return
    place_id = places.id_at(session, event.address)
    if place_id and not session.scalar(_known, where=place_id, who=member.id):
        session.insert_once(Dweller, place=place_id, member=member.id)
        labels.look_again(session, now)


def count(session: Session, place_ids: Sequence[str]) -> int:
    """Everyone who lives in at least one of them."""
    there = select(func.count(col(Dweller.member).distinct())).where(col(Dweller.place).in_(place_ids))
    return int(session.scalar(there) or 0)
