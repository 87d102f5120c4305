"""仲間のメモ: what a peer adds to an entry of the handbook; only the writer's own receipt leads back to it."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import occurrences
from bot.store.handbook_models import PeerNote as Row
from bot.store.outbox import shuffled
from bot.store.packing import pack, unpack
from bot.store.rules import Rules
from bot.store.session import Session

ARRIVES = "peernote.arrives"
"""The kind of occurrence from which on coordinators see one."""

ARRIVES_WITHIN = timedelta(days=3)
"""At a random moment of these: seen at once, it would tell who was reading that entry just before."""

CHANGED = "peer notes"
"""Announced when what may be read has changed."""

_dice = SystemRandom()


@dataclass(frozen=True, slots=True)
class Said:
    """In their writer's words. helped: what helped. tried: words that were tried. name: what they wish to be called."""

    helped: str
    tried: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PeerNote:
    """entry: the id of the one it stands under. month: like 2026-11."""

    id: str
    entry: str
    month: str
    said: Said


_which = col(Row.id) == bindparam("which")
_columns = (col(Row.id), col(Row.entry), col(Row.month), col(Row.body))
_in_state = select(*_columns).where(col(Row.state) == bindparam("state"))
_newest_first = (col(Row.month).desc(), col(Row.id))
_released = _in_state.order_by(*_newest_first)
_under = _in_state.where(col(Row.entry) == bindparam("entry")).order_by(*_newest_first)


def leave(session: Session, entry_id: str, said: Said, now: datetime, rules: Rules) -> str:
    """Returns the secret by which its writer can take it back; only a digest of it is kept."""
    note_id, secret = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
    session.insert(
        Row,
        id=note_id,
        entry=entry_id,
        month=now.astimezone(rules.zone).strftime("%Y-%m"),
        state="resting",
        withdrawal=_digest(secret),
        body=session.keys.box.seal(pack(asdict(said)), _place(note_id)),
    )
    after = timedelta(seconds=_dice.uniform(0, ARRIVES_WITHIN.total_seconds()))
    occurrences.plan(session, ARRIVES, note_id, now + after)
    return secret


def arrive(session: Session, note_id: str) -> None:
    session.run(update(Row).where(_which, col(Row.state) == "resting").values(state="waiting"), which=note_id)


def waiting(session: Session) -> list[PeerNote]:
    """Those that a coordinator should read, in no order."""
    return shuffled(_note(session, row) for row in session.rows(_in_state, state="waiting"))


def released(session: Session) -> list[PeerNote]:
    """All that everybody may read."""
    return [_note(session, row) for row in session.rows(_released, state="released")]


def under(session: Session, entry_id: str) -> list[PeerNote]:
    """Those that everybody may read under this entry, the newest month first."""
    return [_note(session, row) for row in session.rows(_under, state="released", entry=entry_id)]


def find(session: Session, note_id: str) -> PeerNote:
    """One that everybody may read. Refused for any other."""
    row = session.first(_in_state.where(_which), state="released", which=note_id)
    if row is None:
        raise Refused("peers.gone")
    return _note(session, row)


def version(session: Session) -> tuple[str, ...]:
    """Changes whenever what everybody may read does."""
    ids = select(col(Row.id)).where(col(Row.state) == "released").order_by(col(Row.id))
    return tuple(row.id for row in session.rows(ids))


def release(session: Session, note_id: str) -> None:
    """Refused where another coordinator has decided already, or its writer took it back."""
    if not session.run(update(Row).where(_which, col(Row.state) == "waiting").values(state="released"), which=note_id):
        raise Refused("peers.decided")
    session.announce(CHANGED)


def hide(session: Session, note_id: str) -> None:
    """Nothing of it is kept, whether it was shown already or not; what rests still, nobody has seen to hide it."""
    if not session.run(delete(Row).where(_which, col(Row.state) != "resting"), which=note_id):
        raise Refused("peers.decided")
    session.announce(CHANGED)


def withdraw(session: Session, secret: str) -> bool:
    """By whoever holds the receipt. False where it is gone already."""
    session.announce(CHANGED)
    return session.run(delete(Row).where(col(Row.withdrawal) == _digest(secret))) == 1


def _note(session: Session, row: Any) -> PeerNote:
    said = unpack(session.keys.box.open(row.body, _place(row.id)))
    return PeerNote(row.id, row.entry, row.month, Said(**said))


def _digest(secret: str) -> str:
    """Of 128 random bits: nobody finds them by trying."""
    return hashlib.blake2b(secret.encode(), digest_size=16).hexdigest()


def _place(note_id: str) -> str:
    return f"peernote:{note_id}"
