"""A worry whose author wishes to talk about it in a conference; the author is known to nobody until they say so."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import conferences, items, worries
from bot.store.conference_models import Conference
from bot.store.conferences import PublicConference
from bot.store.models import Worry
from bot.store.seal import same
from bot.store.session import Session
from bot.store.worries import PublicWorry

WISHED = "wished"
"""The state of a conference that nobody has proposed dates for: it stands in no list of conferences."""


@dataclass(frozen=True, slots=True)
class Told:
    """The author's sealed way back, opened to be told once; the worry stays theirs."""

    worry: PublicWorry
    author: Address


def own(session: Session, worry_id: str, person: Address) -> PublicWorry:
    """Refused for anyone but its author, and while it cannot be seen by others."""
    worry, item, row = worries.unsealed(session, worry_id)
    if not same(item.token(person), row.closing_token):
        raise Refused("worry.gone")
    return worry


def wish(session: Session, worry_id: str, person: Address, now: datetime) -> bool:
    """False where it is wished already, or a conference is on its way. One that is over may be followed by another."""
    worries.unsealed(session, worry_id, to_change=True)
    own(session, worry_id, person)
    coming = [each.id for each in conferences.coming(session, now)]
    on_its_way = or_(col(Conference.state) == WISHED, col(Conference.id).in_(coming))
    if session.first(select(col(Conference.id)).where(col(Conference.worry) == worry_id, on_its_way)):
        return False
    session.run(update(Conference).where(col(Conference.worry) == worry_id).values(worry=None))
    wished = secrets.token_urlsafe(16)
    theme = session.keys.box.seal(b"", f"theme:{wished}")
    session.insert(
        Conference,
        id=wished,
        theme=theme,
        minutes=0,
        state=WISHED,
        proposer="",
        revision=0,
        decided=None,
        worry=worry_id,
    )
    return True


def wished(session: Session) -> list[PublicWorry]:
    """Those nobody has proposed dates for yet."""
    rows = session.rows(
        select(col(Conference.worry)).where(col(Conference.state) == WISHED).order_by(col(Conference.id))
    )
    return [worries.find(session, row.worry) for row in rows if _is_open(session, row.worry)]


def find(session: Session, worry_id: str) -> PublicWorry:
    """Refused where its author no longer wishes it, or dates are proposed already."""
    wanted = (col(Conference.worry) == worry_id, col(Conference.state) == WISHED)
    if session.first(select(col(Conference.id)).where(*wanted)) is None:
        raise Refused("cases.gone")
    return worries.find(session, worry_id)


def begin(session: Session, worry_id: str, conference_id: str) -> Told:
    """The conference that was proposed takes the place of the wish."""
    find(session, worry_id)
    session.run(delete(Conference).where(col(Conference.worry) == worry_id, col(Conference.state) == WISHED))
    session.run(update(Conference).where(col(Conference.id) == conference_id).values(worry=worry_id))
    return _told(session, worry_id)


def of(session: Session, conference_id: str) -> Told | None:
    """Whose worry a conference is about, for one more word to its author; None where there is none any more."""
    worry_id = session.scalar(select(col(Conference.worry)).where(col(Conference.id) == conference_id))
    return _told(session, str(worry_id)) if worry_id and _is_open(session, str(worry_id)) else None


def conference_of(session: Session, worry_id: str, person: Address) -> PublicConference | None:
    """For its author alone."""
    own(session, worry_id, person)
    wanted = (col(Conference.worry) == worry_id, col(Conference.state) != WISHED)
    found = session.scalar(select(col(Conference.id)).where(*wanted))
    return conferences.find(session, str(found)) if found else None


def _told(session: Session, worry_id: str) -> Told:
    worry, item, row = worries.unsealed(session, worry_id)
    return Told(worry, item.open_address(row.return_address, "author"))


def _is_open(session: Session, worry_id: str) -> bool:
    return (
        session.scalar(select(col(Worry.state)).where(col(Worry.id) == worry_id)) == "open"
        and items.find(session, worry_id) is not None
    )
