"""The groups where worries and conferences are posted."""

import secrets
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import col, select

from bot.chat.events import Address
from bot.store.models import Place as Row
from bot.store.session import Session

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    language: str
    address: Address


def link(session: Session, address: Address, name: str, language: str) -> Place:
    """Makes this group a place of the community, or renames it."""
    token = session.keys.token("place", address.platform, address.space, address.channel)
    known = session.scalar(select(Row.id).where(col(Row.token) == token))
    place_id = known or secrets.token_urlsafe(9)
    if known:
        session.run(update(Row).where(col(Row.id) == known).values(name=name, language=language))
    else:
        sealed = session.keys.box.seal_address(address, f"place:{place_id}")
        session.insert(Row, id=place_id, token=token, address=sealed, name=name, language=language)
    return Place(place_id, name, language, address)


_every = select(Row.id, Row.name, Row.language, Row.address).order_by(col(Row.name), col(Row.id))


def every(session: Session) -> list[Place]:
    found = session.rows(_every)
    return [
        Place(row.id, row.name, row.language, session.keys.box.open_address(row.address, f"place:{row.id}"))
        for row in found
    ]


def chosen(session: Session, audience: str) -> list[Place]:
    """The places of an audience: EVERYWHERE, or the one place with this id if it is still linked."""
    return [place for place in every(session) if audience in (EVERYWHERE, place.id)]
