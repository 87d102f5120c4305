"""Half-filled forms and previews, whole, sealed and owned: the only conversational state there is."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.store.models import Draft as Row
from bot.store.packing import pack, unpack
from bot.store.session import Session

LIFETIME = timedelta(days=7)

Kind = Literal[
    "asking", "resting", "dialog", "preview", "shown", "errand", "held", "update", "asked", "peer", "dates", "aftermath"
]
"""asking: question by question; resting: set aside with あとで; dialog: shown whole; preview: before confirming;
shown: an answer that only this person saw, and may show to the others; errand: nobody's, something left to be done;
held: words that showed danger, until their author says what is to become of them; update: how a worry went on,
before confirming; asked: what was asked of the handbook, for a short while; peer: a note for an entry of the
handbook, before confirming; dates: the new times of a conference, before confirming; aftermath: what became of a case,
before those who were there are told."""

_NOTHING_WRITTEN = ("dialog", "shown", "errand", "asked", "dates")
"""A dialog that was opened and closed, or an answer seen, holds nothing anyone wrote; and a question is none that
waits to be finished."""


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    kind: Kind
    step: int
    content: Mapping[str, Any]


def keep(
    session: Session,
    owner: Address,
    kind: Kind,
    content: Mapping[str, Any],
    now: datetime,
    lifetime: timedelta = LIFETIME,
) -> str:
    """Stores a new draft and returns its id."""
    draft_id = secrets.token_urlsafe(12)
    session.insert(
        Row,
        id=draft_id,
        owner=_owner(session, owner),
        kind=kind,
        step=0,
        content=session.keys.box.seal(pack(dict(content)), draft_id),
        expires_at=now + lifetime,
    )
    return draft_id


_columns = (col(Row.id), col(Row.kind), col(Row.step), col(Row.content))
_own = (col(Row.owner) == bindparam("whose"), col(Row.expires_at) > bindparam("now"))
_take = select(*_columns).where(col(Row.id) == bindparam("which"), *_own)
_latest = (
    select(*_columns).where(col(Row.kind) == bindparam("sort"), *_own).order_by(col(Row.expires_at).desc()).limit(1)
)
_every = select(*_columns).where(*_own).order_by(col(Row.expires_at), col(Row.id))
_discard = delete(Row).where(col(Row.id) == bindparam("which"))


def leave_errand(session: Session, content: bytes, until: datetime) -> str:
    """Sealed, owned by nobody, and known by its random id alone."""
    errand = secrets.token_urlsafe(12)
    sealed = session.keys.box.seal(content, errand)
    owner = secrets.token_hex(16)
    session.insert(Row, id=errand, owner=owner, kind="errand", step=0, content=sealed, expires_at=until)
    return errand


def see_errand(session: Session, errand: str, now: datetime) -> Mapping[str, Any] | None:
    """What stands in it, which stays. None where it was done, or has expired."""
    wanted = (col(Row.id) == errand, col(Row.kind) == "errand", col(Row.expires_at) > now)
    sealed = session.scalar(select(col(Row.content)).where(*wanted))
    return unpack(session.keys.box.open(sealed, errand)) if sealed else None


def do_errand(session: Session, errand: str) -> Mapping[str, Any] | None:
    """What is to be done; it is gone with this. None where it was done, or has expired."""
    wanted = (col(Row.id) == errand, col(Row.kind) == "errand")
    sealed = session.scalar(select(col(Row.content)).where(*wanted))
    session.run(delete(Row).where(*wanted))
    return unpack(session.keys.box.open(sealed, errand)) if sealed else None


def take(session: Session, draft_id: str, owner: Address, now: datetime) -> Draft | None:
    """This person's own draft; someone else's, a finished or an old one is None alike."""
    return _draft(session, session.first(_take, which=draft_id, whose=_owner(session, owner), now=now))


def latest(session: Session, owner: Address, kind: Kind, now: datetime) -> Draft | None:
    return _draft(session, session.first(_latest, sort=kind, whose=_owner(session, owner), now=now))


def change(session: Session, draft: Draft, *, kind: Kind, step: int, content: Mapping[str, Any], now: datetime) -> None:
    session.run(
        update(Row)
        .where(col(Row.id) == draft.id)
        .values(
            kind=kind,
            step=step,
            content=session.keys.box.seal(pack(dict(content)), draft.id),
            expires_at=now + LIFETIME,
        )
    )


def amend(session: Session, draft: Draft, **added: Any) -> None:
    """Something more is known with it; it ends when it would have ended."""
    content = session.keys.box.seal(pack({**draft.content, **added}), draft.id)
    session.run(update(Row).where(col(Row.id) == draft.id).values(content=content))


def rest(session: Session, owner: Address) -> None:
    """Sets aside what is being asked: plain words answer no question any more."""
    session.run(
        update(Row).where(col(Row.owner) == _owner(session, owner), col(Row.kind) == "asking").values(kind="resting")
    )


def discard(session: Session, draft_id: str) -> bool:
    """True for the first who discards it: a second submit of the same form finds nothing."""
    return session.run(_discard, which=draft_id) == 1


def discard_all(session: Session, owner: Address) -> None:
    session.run(delete(Row).where(col(Row.owner) == _owner(session, owner)))


def count(session: Session, owner: Address) -> int:
    """What is half written."""
    kept = (col(Row.owner) == _owner(session, owner), col(Row.kind).not_in(_NOTHING_WRITTEN))
    return len(session.rows(select(col(Row.id)).where(*kept)))


def every(session: Session, owner: Address, now: datetime) -> list[Draft]:
    """What is half written."""
    found = session.rows(_every, whose=_owner(session, owner), now=now)
    return [draft for row in found if (draft := _draft(session, row)) and draft.kind not in _NOTHING_WRITTEN]


def words_of(draft: Draft) -> list[str]:
    """What the person has written in it so far."""
    return [str(words) for words in (draft.content.get("text"), *draft.content.get("answers", {}).values()) if words]


def forget_old(session: Session, now: datetime) -> None:
    session.run(delete(Row).where(col(Row.expires_at) <= now))


def _owner(session: Session, owner: Address) -> str:
    return session.keys.token("draft", owner.platform, owner.space, owner.channel)


def _draft(session: Session, row: Any) -> Draft | None:
    if row is None:
        return None
    return Draft(row.id, row.kind, row.step, unpack(session.keys.box.open(row.content, row.id)))
