"""The groups where worries and conferences are posted."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store.community_models import Dweller
from bot.store.models import Place as Row
from bot.store.session import Session

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    language: str
    address: Address
    joining: bool = False
    """Whether whoever is in this group may join by a button."""


def link(session: Session, address: Address, name: str, language: str) -> Place:
    """Makes this group a place of the community, or renames it."""
    token = _token(session, address)
    address = replace(address, thread="")  # the whole group, wherever in it this was said
    known = session.scalar(select(col(Row.id)).where(col(Row.token) == token))
    place_id = known or secrets.token_urlsafe(9)
    sealed = session.keys.box.seal_address(address, f"place:{place_id}")
    if known:
        session.run(update(Row).where(col(Row.id) == known).values(name=name, language=language, address=sealed))
    else:
        session.insert(Row, id=place_id, token=token, address=sealed, name=name, language=language)
    return Place(place_id, name, language, address)


_columns = (col(Row.id), col(Row.name), col(Row.language), col(Row.address), col(Row.joining))
_every = select(*_columns).order_by(col(Row.name), col(Row.id))
_one = select(*_columns).where(col(Row.id) == bindparam("which"))
_there = select(*_columns).where(col(Row.token) == bindparam("where"))
_id_there = select(col(Row.id)).where(col(Row.token) == bindparam("where"))


def every(session: Session) -> list[Place]:
    return [_place(session, row) for row in session.rows(_every)]


def chosen(session: Session, audience: str) -> list[Place]:
    """The places of an audience: EVERYWHERE, or the one place with this id if it is still linked."""
    if audience == EVERYWHERE:
        return every(session)
    return [_place(session, row) for row in session.rows(_one, which=audience)]


def among(session: Session, place_ids: Iterable[str]) -> list[Place]:
    """Those of these places that are still linked."""
    found = (session.first(_one, which=place_id) for place_id in place_ids)
    return [_place(session, row) for row in found if row]


def at(session: Session, address: Address) -> Place | None:
    """The place that this group is, if it is linked."""
    row = session.first(_there, where=_token(session, address))
    return _place(session, row) if row else None


def id_at(session: Session, address: Address) -> str:
    """Of the place that this group is; empty where it is none."""
    return str(session.scalar(_id_there, where=_token(session, address)) or "")


def move(session: Session, old: Address, new: Address) -> Place | None:
    """The group goes on under another address; None where it was no place.

    Where it was linked there anew meanwhile, it becomes one place again: with the name given last, and as the place
    that its worries and conferences know."""
    place, new = at(session, old), replace(new, thread="")
    if place is None or _token(session, old) == _token(session, new):
        return place
    if anew := at(session, new):
        place = replace(place, name=anew.name, language=anew.language, joining=anew.joining)
        _let_live(session, anew.id, place.id)
        unlink(session, anew.id)
    sealed = session.keys.box.seal_address(new, f"place:{place.id}")
    values = {"token": _token(session, new), "address": sealed, "name": place.name, "language": place.language}
    session.run(update(Row).where(col(Row.id) == place.id).values(**values, joining=place.joining))
    return replace(place, address=new)


def unlink(session: Session, place_id: str) -> None:
    """Nothing more is brought there; it lets nobody in any more either, and nobody lives there."""
    session.run(delete(Dweller).where(col(Dweller.place) == place_id))
    session.run(delete(Row).where(col(Row.id) == place_id))


def _let_live(session: Session, anew: str, place_id: str) -> None:
    """Whoever lives in the one lives in the other."""
    for row in session.rows(select(col(Dweller.member)).where(col(Dweller.place) == anew)):
        session.insert_once(Dweller, place=place_id, member=row.member)


def let_join(session: Session, place_id: str, *, allowed: bool) -> Place:
    """Refused where no such place is linked any more."""
    session.run(update(Row).where(col(Row.id) == place_id).values(joining=allowed))
    row = session.first(_one, which=place_id)
    if row is None:
        raise Refused("join.no_place")
    return _place(session, row)


def _token(session: Session, address: Address) -> str:
    return session.keys.token("place", address.platform, address.space, address.channel)


def _place(session: Session, row: Any) -> Place:
    address = session.keys.box.open_address(row.address, f"place:{row.id}")
    return Place(row.id, row.name, row.language, address, row.joining)
