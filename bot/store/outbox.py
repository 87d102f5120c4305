"""Promises to speak: put in the transaction of their reason, carried later, settled once."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import Update, and_, bindparam, delete, func, or_, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store.models import Outbox
from bot.store.packing import address_to_list, message_from_dict, message_to_dict, pack, unpack
from bot.store.seal import WrongKey
from bot.store.session import Session

TOPIC = "outbox"
"""Announced when a letter may have become due."""

SETTLED = "outbox settled"
_KEEP_SETTLED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Letter:
    """key: unique; putting the same key twice keeps the first.
    again: worth sending twice when nobody can tell whether it arrived.
    lasting: later letters will stand under it or take its place.
    under, replacing: the key of such an earlier letter.
    alone: stands in no order with other letters and shares no lane with them. A notice about a worry must: a lane
    it shared with another letter would tell, without the key, that both go to the same person."""

    key: str
    address: Address
    message: Message
    not_before: datetime
    expires: datetime | None = None
    again: bool = True
    lasting: bool = False
    under: str = ""
    replacing: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter as delivery sees it. token is its opaque name for the platform.

    doubtful: it may have arrived. doubts: how many sends ended without anyone knowing.
    taken_up: when, by time.monotonic()."""

    seq: int
    token: str
    lane: str
    letter: Letter
    attempts: int
    doubts: int
    doubtful: bool
    under: str | None
    replacing: str | None
    taken_up: float


# written out: an IN list is expanded anew at every execution, which cost a sixth of the writer's time
_WAITS = or_(col(Outbox.state) == "ready", col(Outbox.state) == "doubtful")
_OPEN = or_(_WAITS, col(Outbox.state) == "sending")


def put(session: Session, letter: Letter) -> bool:
    """False where a letter with this key was put before."""
    token = session.keys.token("letter", letter.key)
    address = letter.address
    chat = session.keys.token("lane", address.platform, address.space, address.channel)
    session.announce(TOPIC)
    return session.insert_once(
        Outbox,
        token=token,
        lane=token if letter.alone else chat,
        state="ready",
        letter=session.keys.box.seal(packed(letter), token),
        not_before=letter.not_before,
        expires_at=letter.expires,
        attempts=0,
        doubts=0,
        reference=None,
    )


def shuffled(members: Iterable[str]) -> list[str]:
    """The order in which people are written to: none that a row could be read back from."""
    order = sorted(members)
    SystemRandom().shuffle(order)
    return order


def withdraw(session: Session, key: str) -> None:
    """Takes a letter back that nobody is carrying now: a newer one says it better, or its reason is gone. One that was
    set aside for a chat that went away goes too, and with it the address it holds."""
    token = session.keys.token("letter", key)
    session.run(delete(Outbox).where(col(Outbox.token) == token, or_(_WAITS, col(Outbox.state) == "away")))


_may_go = or_(col(Outbox.not_before) <= bindparam("now"), col(Outbox.attempts) > 0)
_heads = select(func.min(col(Outbox.seq))).where(_OPEN, _may_go).group_by(col(Outbox.lane))
_head_of_lane = (
    select(func.min(col(Outbox.seq))).where(col(Outbox.lane) == bindparam("along"), _OPEN, _may_go).scalar_subquery()
)
_busy = select(col(Outbox.lane)).where(col(Outbox.state) == "sending")
_startable = (
    select(
        col(Outbox.seq),
        col(Outbox.token),
        col(Outbox.lane),
        col(Outbox.letter),
        col(Outbox.attempts),
        col(Outbox.doubts),
        col(Outbox.state),
    )
    .where(_WAITS, col(Outbox.not_before) <= bindparam("now"), col(Outbox.lane).not_in(_busy))
    .order_by(col(Outbox.seq))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # another replica is taking it up at this moment
)
_due = _startable.where(col(Outbox.seq).in_(_heads))
_due_in_lane = _startable.where(col(Outbox.seq) == _head_of_lane)
_claim = (
    update(Outbox).where(col(Outbox.seq) == bindparam("which")).values(state="sending", attempts=Outbox.attempts + 1)
)


_forget = {"letter": None, "lane": None}
_settle = (
    update(Outbox)
    .where(col(Outbox.seq) == bindparam("which"))
    .values(state=bindparam("to"), reference=bindparam("mark"), **_forget)
)
OURS = (
    col(Outbox.seq) == bindparam("which"),
    col(Outbox.state) == "sending",
    col(Outbox.attempts) == bindparam("attempt"),
)
"""Nobody has taken it for lost meanwhile: then what became of it is theirs to say."""

_settle_ours = _settle.where(*OURS[1:])

AT_ONCE = 64
"""Most letters taken up in one look."""


def claim(session: Session, now: datetime, most: int = AT_ONCE) -> list[Outgoing]:
    """The first letter of every lane that may go now, marked as being sent before anyone sends it."""
    return _marked(session, session.rows(_due, now=now, most=most))


def claim_next(session: Session, lane: str, now: datetime) -> Outgoing | None:
    """The next letter of one lane, in the transaction that settled the one before it."""
    return next(iter(_marked(session, session.rows(_due_in_lane, along=lane, now=now, most=1))), None)


def _marked(session: Session, found: Sequence[Any]) -> list[Outgoing]:
    free = session.take_lanes([row.lane for row in found])
    readable = [outgoing for row in found if row.lane in free and (outgoing := _read(session, row))]
    session.run_many(_claim, [{"which": outgoing.seq} for outgoing in readable])
    return readable


def _read(session: Session, row: Any) -> Outgoing | None:
    """None, and the letter given up, where it was not written by this version with this key: others must go on."""
    try:
        return _outgoing(session, row)
    except (WrongKey, ValueError, KeyError, TypeError):
        session.run(_settle, which=row.seq, to="unreadable", mark=None)
        session.leave_lane(row.lane)
        return None


_next_due = select(func.min(col(Outbox.not_before))).where(_WAITS, col(Outbox.not_before) > bindparam("now"))


def next_due(session: Session, now: datetime) -> datetime | None:
    """When the next letter after those due now may go. What waits behind another goes when that one is settled."""
    moment = session.scalar(_next_due, now=now)
    return moment if isinstance(moment, datetime) else None


def delivered(session: Session, outgoing: Outgoing, reference: str) -> None:
    """The words and the address are forgotten; only a lasting letter keeps where it stands."""
    mark = session.keys.box.seal(reference.encode(), f"ref:{outgoing.token}") if outgoing.letter.lasting else None
    _settled(session, outgoing, _settle_ours, to="delivered", mark=mark)
    session.announce(SETTLED)


def give_up(session: Session, outgoing: Outgoing, state: str) -> None:
    """state: dead (will not be taken) or unknown (may have arrived, not worth a twin)."""
    _settled(session, outgoing, _settle_ours, to=state, mark=None)
    session.announce(TOPIC)
    session.announce(SETTLED)


def try_later(session: Session, outgoing: Outgoing, not_before: datetime) -> None:
    """It certainly did not go; what was in doubt before still is."""
    state = "doubtful" if outgoing.doubtful else "ready"
    _settled(session, outgoing, update(Outbox).where(*OURS).values(state=state, not_before=not_before))
    session.announce(TOPIC)


def doubt(session: Session, outgoing: Outgoing, not_before: datetime) -> None:
    """Nobody knows whether it arrived."""
    values = {"state": "doubtful", "not_before": not_before, "doubts": outgoing.doubts + 1}
    _settled(session, outgoing, update(Outbox).where(*OURS).values(**values))
    session.announce(TOPIC)


def set_aside(session: Session, outgoing: Outgoing) -> None:
    """It waits, untried, until its chat is back (store/away.py)."""
    _settled(session, outgoing, update(Outbox).where(*OURS).values(state="away"))
    session.announce(TOPIC)
    session.announce(SETTLED)


def _settled(session: Session, outgoing: Outgoing, statement: Update, **values: Any) -> None:
    session.run(statement, which=outgoing.seq, attempt=outgoing.attempts + 1, **values)
    session.leave_lane(outgoing.lane)


def may_have_arrived(session: Session, key: str) -> bool:
    state = session.scalar(select(col(Outbox.state)).where(col(Outbox.token) == session.keys.token("letter", key)))
    return state in ("delivered", "unknown")


def open_count(session: Session) -> dict[str, int]:
    """How many letters stand in each state."""
    return {row[0]: row[1] for row in session.rows(select(col(Outbox.state), func.count()).group_by(col(Outbox.state)))}


def forget_old(session: Session, now: datetime) -> None:
    """Settled letters whose key can no longer be put again; lasting ones stay until they were let go (posts.let_go)."""
    settled = col(Outbox.state).in_(("delivered", "dead", "unknown", "unreadable"))
    over = or_(col(Outbox.reference).is_(None), col(Outbox.expires_at) <= now)
    old = and_(settled, over, col(Outbox.not_before) < now - _KEEP_SETTLED)
    session.run(delete(Outbox).where(old))


def packed(letter: Letter) -> bytes:
    return pack(
        {
            "key": letter.key,
            "address": address_to_list(letter.address),
            "message": message_to_dict(letter.message),
            "not_before": letter.not_before.isoformat(),
            "expires": letter.expires and letter.expires.isoformat(),
            "again": letter.again,
            "lasting": letter.lasting,
            "under": letter.under,
            "replacing": letter.replacing,
            "alone": letter.alone,
        }
    )


def _unpack(packed: bytes) -> Letter:
    value: dict[str, Any] = unpack(packed)
    value["address"] = Address(*value["address"])
    value["message"] = message_from_dict(value["message"])
    value["not_before"] = datetime.fromisoformat(value["not_before"])
    value["expires"] = value["expires"] and datetime.fromisoformat(value["expires"])
    return Letter(**value)


def opened(session: Session, row: Any) -> Letter:
    """Raises WrongKey, or an error of its shape, where this version cannot read it."""
    return _unpack(session.keys.box.open(row.letter, row.token))


def _outgoing(session: Session, row: Any) -> Outgoing:
    letter = opened(session, row)
    return Outgoing(
        seq=row.seq,
        token=row.token,
        lane=row.lane,
        letter=letter,
        attempts=row.attempts,
        doubts=row.doubts,
        doubtful=row.state == "doubtful",
        under=_reference(session, letter.under),
        replacing=_reference(session, letter.replacing),
        taken_up=time.monotonic(),
    )


def _reference(session: Session, key: str) -> str | None:
    if not key:
        return None
    token = session.keys.token("letter", key)
    sealed = session.scalar(select(col(Outbox.reference)).where(col(Outbox.token) == token))
    return session.keys.box.open(sealed, f"ref:{token}").decode() if sealed else None
