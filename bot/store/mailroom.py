"""The outbox as an operator sees and mends it: no word and no address of a letter ever leaves this room."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.store.models import Outbox
from bot.store.outbox import GIVEN_UP, SETTLED, TOPIC, Letter, lane_of, opened
from bot.store.posts import CHANGED
from bot.store.seal import UNREADABLE
from bot.store.session import Session

WAITING = ("ready", "doubtful", "away")
UNDELIVERED = (*WAITING, "sending", *GIVEN_UP)
STATES = (*UNDELIVERED, "delivered", "dropped")

KINDS = frozenset(
    {
        "aftermath", "again", "answer", "begins", "call", "cancelled", "case", "changed", "chats", "clash", "closed",
        "conference", "danger", "door", "duty", "erased", "fixed", "following_up", "form", "gap", "handover", "line",
        "meeting", "minutes", "missed", "moved", "notice", "receipt", "reminder", "reply", "review", "role", "seat",
        "series", "sheet", "shown", "step", "talk", "thanks", "told", "unanswered", "withdrawn", "worry",
    }
)  # fmt: skip
"""What a letter is about: the beginning of its key."""

RETRYABLE = ("away", *GIVEN_UP)
SHORT = 8
"""Signs of a token that are enough to name a letter."""

Outcome = Literal["done", "empty", "expired", "moving"]
"""done; empty: its content is gone; expired: too late for it; moving: it is under way, or has arrived."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What may be shown of a letter. platform and kind are "?" where its content is gone or cannot be read.

    not_before: until when it waits, or when it was last tried."""

    id: str
    platform: str
    kind: str
    state: str
    attempts: int
    doubts: int
    not_before: datetime
    reason: str
    kept: bool


_columns = (
    col(Outbox.seq),
    col(Outbox.token),
    col(Outbox.state),
    col(Outbox.letter),
    col(Outbox.attempts),
    col(Outbox.doubts),
    col(Outbox.not_before),
    col(Outbox.reason),
)


def slips(session: Session, states: Collection[str] = UNDELIVERED, most: int = 100) -> tuple[list[Slip], int]:
    """The oldest, and how many there are in all."""
    wanted = col(Outbox.state).in_(states)
    rows = session.rows(select(*_columns).where(wanted).order_by(col(Outbox.seq)).limit(most))
    every = session.scalar(select(func.count()).select_from(Outbox).where(wanted))
    return [_slip(session, row) for row in rows], int(every or 0)


def named(session: Session, beginning: str) -> list[Slip]:
    """The letters whose id begins so: none, one, or more than one."""
    found = session.rows(select(*_columns).where(col(Outbox.token).startswith(beginning, autoescape=True)).limit(2))
    return [_slip(session, row) for row in found]


def tokens(session: Session, state: str) -> list[str]:
    rows = session.rows(select(col(Outbox.token)).where(col(Outbox.state) == state).order_by(col(Outbox.seq)))
    return [row.token for row in rows]


_again = (
    update(Outbox)
    .where(col(Outbox.seq) == bindparam("which"))
    .values(state=bindparam("to"), lane=bindparam("along"), not_before=bindparam("now"), attempts=0, reason=None)
    .values(doubts=bindparam("left"))
)


def retry(session: Session, token: str, now: datetime) -> Outcome:
    """Ready again, at the end of no line: its lane keeps the order in which letters were written. What may have
    arrived is still in doubt, with one more series of tries."""
    asked = select(*_columns).where(col(Outbox.token) == token, col(Outbox.state).in_(RETRYABLE))
    row = session.first(asked.with_for_update())  # held: its chat may be back, and it may go at this moment
    if row is None:
        return "moving"
    letter = _letter(session, row)
    if letter is None:
        return "empty"
    if letter.expires and letter.expires <= now:
        return "expired"
    doubts = min(row.doubts, 1)
    state = "doubtful" if doubts else "ready"
    session.run(_again, which=row.seq, to=state, along=lane_of(session, letter), now=now, left=doubts)
    session.announce(TOPIC)
    return "done"


def drop(session: Session, token: str) -> Outcome:
    """Its content goes at once; that there was a letter is known for a week, so that it is not written anew."""
    dropped = (
        update(Outbox)
        .where(col(Outbox.token) == token, col(Outbox.state).in_((*WAITING, *GIVEN_UP)))
        .values(state="dropped", letter=None, lane=None, reason=None)
    )
    if not session.run(dropped):
        return "moving"
    session.announce(TOPIC)
    session.announce(SETTLED)
    return "done"


def erase(session: Session, subjects: Collection[str], person: Address | None = None) -> None:
    """Somebody erases what they wrote, or leaves: of letters that were given up and speak of these subjects, or were
    for this person, the content goes at once; what became of them stays known. They are opened one by one, because no
    column tells what they are about; what cannot be read now is left for when the right key is back."""
    where = (person.platform, person.space, person.channel) if person else None
    for row in session.rows(select(*_columns).where(col(Outbox.state).in_(GIVEN_UP), col(Outbox.letter).is_not(None))):
        letter = _letter(session, row)
        if letter and (set(letter.key.split(":")) & set(subjects) or _place(letter) == where):
            session.run(update(Outbox).where(col(Outbox.seq) == row.seq).values(letter=None, lane=None))


def drop_changes(session: Session, subjects: Collection[str]) -> None:
    """Somebody erases what they wrote: what would only have shown it differently, and still waits, is not carried."""
    waiting = select(*_columns).where(col(Outbox.state).in_(WAITING))
    for row in session.rows(waiting):
        letter = _letter(session, row)
        if letter and letter.key.startswith(f"{CHANGED}:") and set(letter.key.split(":")) & set(subjects):
            session.run(delete(Outbox).where(col(Outbox.seq) == row.seq))


def platforms(session: Session, rows: Sequence[Any]) -> Iterator[str]:
    """Where these letters go; rows with a token and a letter."""
    for row in rows:
        letter = _letter(session, row)
        yield letter.address.platform if letter else "?"


def _slip(session: Session, row: Any) -> Slip:
    letter = _letter(session, row)
    kind = letter.key.partition(":")[0] if letter else "?"
    return Slip(
        id=row.token,
        platform=letter.address.platform if letter else "?",
        kind=kind if kind in KINDS or letter is None else "other",
        state=row.state,
        attempts=row.attempts,
        doubts=row.doubts,
        not_before=row.not_before,
        reason=row.reason or "",
        kept=letter is not None,
    )


def _letter(session: Session, row: Any) -> Letter | None:
    """None where its content is gone, or cannot be read by this version with this key."""
    if row.letter is None:
        return None
    try:
        return opened(session, row)
    except UNREADABLE:
        return None


def _place(letter: Letter) -> tuple[str, str, str]:
    return letter.address.platform, letter.address.space, letter.address.channel
