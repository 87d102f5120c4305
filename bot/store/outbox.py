"""Promises to speak: put in the transaction of their reason, carried later, settled once."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, TypeVar

from sqlalchemy import Update, and_, bindparam, delete, func, or_, select, update
from sqlmodel import col

from bot.store.letters import Letter as Letter
from bot.store.letters import opened as opened
from bot.store.letters import packed as packed
from bot.store.models import Outbox
from bot.store.seal import UNREADABLE
from bot.store.session import Session

T = TypeVar("T")

TOPIC = "outbox"
"""Announced when a letter may have become due."""

SETTLED = "outbox settled"
GIVEN_UP = ("dead", "unknown", "unreadable")
"""Kept sealed for a week, so that an operator may have them tried again (decision 0017)."""

_KEEP_SETTLED = timedelta(days=7)


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
WAITS = or_(col(Outbox.state) == "ready", col(Outbox.state) == "doubtful")
_OPEN = or_(WAITS, col(Outbox.state) == "sending")


def put(session: Session, letter: Letter) -> bool:
    """False where a letter with this key was put before."""
    token = session.keys.token("letter", letter.key)
    session.announce(TOPIC)
    return session.insert_once(
        Outbox,
        token=token,
        lane=lane_of(session, letter),
        state="ready",
        letter=session.keys.box.seal(packed(letter), token),
        not_before=letter.not_before,
        expires_at=letter.expires,
        attempts=0,
        doubts=0,
        reference=None,
    )


def lane_of(session: Session, letter: Letter) -> str:
    address = letter.address
    if letter.alone:
        return session.keys.token("letter", letter.key)
    return session.keys.token("lane", address.platform, address.space, address.channel)


def shuffled(people: Iterable[T]) -> list[T]:
    """The order in which people are written to: none that a row could be read back from."""
    order = list(people)
    SystemRandom().shuffle(order)
    return order


def withdraw(session: Session, key: str) -> None:
    """Takes a letter back that nobody is carrying now: a newer one says it better, or its reason is gone. One that was
    set aside or given up goes too, and with it the address it holds."""
    token, kept = session.keys.token("letter", key), col(Outbox.state).in_(("away", *GIVEN_UP))
    session.run(delete(Outbox).where(col(Outbox.token) == token, or_(WAITS, kept)))


_may_go = or_(col(Outbox.not_before) <= bindparam("now"), col(Outbox.attempts) > 0)
_heads = select(func.min(col(Outbox.seq))).where(_OPEN, _may_go).group_by(col(Outbox.lane))
_head_of_lane = (
    select(func.min(col(Outbox.seq))).where(col(Outbox.lane) == bindparam("along"), _OPEN, _may_go).scalar_subquery()
)
_busy = select(col(Outbox.lane)).where(col(Outbox.state) == "sending")
_first = (
    select(
        col(Outbox.seq),
        col(Outbox.token),
        col(Outbox.lane),
        col(Outbox.letter),
        col(Outbox.attempts),
        col(Outbox.doubts),
        col(Outbox.state),
    )
    .where(WAITS, col(Outbox.not_before) <= bindparam("now"), col(Outbox.lane).not_in(_busy))
    .order_by(col(Outbox.seq))
    .limit(bindparam("most"))
)
_startable = _first.with_for_update(skip_locked=True)  # another replica is taking it up at this moment
_due = _startable.where(col(Outbox.seq).in_(_heads))
_could_go = _first.where(col(Outbox.seq).in_(_heads))
_due_in_lane = _startable.where(col(Outbox.seq) == _head_of_lane)
_claim = (
    update(Outbox).where(col(Outbox.seq) == bindparam("which")).values(state="sending", attempts=Outbox.attempts + 1)
)


_forget = {"letter": None, "lane": None}
_settle = (
    update(Outbox)
    .where(col(Outbox.seq) == bindparam("which"))
    .values(state="delivered", reference=bindparam("mark"), reason=None, **_forget)
)
OURS = (
    col(Outbox.seq) == bindparam("which"),
    col(Outbox.state) == "sending",
    col(Outbox.attempts) == bindparam("attempt"),
)
"""Nobody has taken it for lost meanwhile: then what became of it is theirs to say."""
_give_up = (
    update(Outbox)
    .where(col(Outbox.seq) == bindparam("which"))
    .values(state=bindparam("to"), lane=None, reason=bindparam("why"))
)
_give_up_ours = _give_up.where(*OURS[1:])
_give_up_wholly = _give_up_ours.values(letter=None)

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
    except UNREADABLE as error:
        session.run(_give_up, which=row.seq, to="unreadable", why=type(error).__name__)
        session.leave_lane(row.lane)
        return None


def could_go(session: Session, moment: datetime, most: int = AT_ONCE) -> Sequence[Any]:
    """The letters, each the first of its lane, that could go at this moment; nothing is claimed."""
    return session.rows(_could_go, now=moment, most=most)


_next_due = select(func.min(col(Outbox.not_before))).where(WAITS, col(Outbox.not_before) > bindparam("now"))


def next_due(session: Session, now: datetime) -> datetime | None:
    """When the next letter after those due now may go. What waits behind another goes when that one is settled."""
    moment = session.scalar(_next_due, now=now)
    return moment if isinstance(moment, datetime) else None


def delivered(session: Session, outgoing: Outgoing, reference: str) -> None:
    """The words and the address are forgotten; only a lasting letter keeps where it stands."""
    mark = session.keys.box.seal(reference.encode(), f"ref:{outgoing.token}") if outgoing.letter.lasting else None
    _settled(session, outgoing, _settle_ours, mark=mark)
    session.announce(SETTLED)


def give_up(session: Session, outgoing: Outgoing, state: str, reason: str = "") -> None:
    """state: dead (will not be taken) or unknown (may have arrived, not worth a twin). reason: the name of an error.

    A change of an earlier message keeps nothing: the card of a closed worry must not be what outlasts it."""
    statement = _give_up_wholly if outgoing.letter.replacing else _give_up_ours
    _settled(session, outgoing, statement, to=state, why=reason or None)
    session.announce(TOPIC)
    session.announce(SETTLED)


def try_later(session: Session, outgoing: Outgoing, not_before: datetime, reason: str = "") -> None:
    """It certainly did not go; what was in doubt before still is."""
    values = {"state": "doubtful" if outgoing.doubtful else "ready", "not_before": not_before, "reason": reason or None}
    _settled(session, outgoing, update(Outbox).where(*OURS).values(**values))
    session.announce(TOPIC)


def doubt(session: Session, outgoing: Outgoing, not_before: datetime, reason: str = "") -> None:
    """Nobody knows whether it arrived."""
    values = {"state": "doubtful", "not_before": not_before, "doubts": outgoing.doubts + 1, "reason": reason or None}
    _settled(session, outgoing, update(Outbox).where(*OURS).values(**values))
    session.announce(TOPIC)


def set_aside(session: Session, outgoing: Outgoing, reason: str = "") -> None:
    """It waits, untried, until its chat is back (store/away.py)."""
    _settled(session, outgoing, update(Outbox).where(*OURS).values(state="away", reason=reason or None))
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
    settled = col(Outbox.state).in_(("delivered", "dropped", *GIVEN_UP))
    over = or_(col(Outbox.reference).is_(None), col(Outbox.expires_at) <= now)
    old = and_(settled, over, col(Outbox.not_before) < now - _KEEP_SETTLED)
    session.run(delete(Outbox).where(old))


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
