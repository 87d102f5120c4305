"""Letters for a chat that takes nothing now: they wait, untried, until it is back."""

from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.store.letters import goes_to
from bot.store.models import Outbox
from bot.store.outbox import TOPIC, Outgoing
from bot.store.session import Session

_AWAY = col(Outbox.state) == "away"
_AS_BEFORE = case((col(Outbox.doubts) > 0, "doubtful"), else_="ready")
"""What may have arrived before the chat went away still may have."""

_KEEP = timedelta(days=30)


def holds_what_it_belongs_to(session: Session, outgoing: Outgoing) -> bool:
    """Whether the letter that this one stands under, or takes the place of, waits here."""
    letter = outgoing.letter
    tokens = [session.keys.token("letter", key) for key in (letter.under, letter.replacing) if key]
    return session.scalar(select(col(Outbox.seq)).where(col(Outbox.token).in_(tokens), _AWAY)) is not None


def release(session: Session, address: Address) -> int:
    """The chat takes letters again: what was set aside for it may go now. Returns how many.

    They are opened one by one, because no column tells which letters go to the same person."""
    found = session.rows(select(col(Outbox.seq), col(Outbox.token), col(Outbox.letter)).where(_AWAY))
    theirs = [row.seq for row in found if goes_to(session, row, address)]
    for seq in theirs:  # another process may have released it meanwhile, and be sending it
        session.run(update(Outbox).where(col(Outbox.seq) == seq, _AWAY).values(state=_AS_BEFORE))
    if theirs:
        session.announce(TOPIC)
    return len(theirs)


def forget_old(session: Session, now: datetime) -> None:
    """What waited a month for a chat that did not come back."""
    session.run(delete(Outbox).where(and_(_AWAY, col(Outbox.not_before) < now - _KEEP)))
