"""Second tries of letters, when the moments they wait for no longer mean what they did."""

from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import col

from bot.store.models import Outbox
from bot.store.outbox import TOPIC
from bot.store.session import Session

_WAITS = or_(col(Outbox.state) == "ready", col(Outbox.state) == "doubtful")


def hasten(session: Session, now: datetime) -> None:
    """After the clock was set back; where a platform asked to wait longer, its adapter still knows."""
    later = (_WAITS, col(Outbox.attempts) > 0, col(Outbox.not_before) > now)
    session.run(update(Outbox).where(*later).values(not_before=now))
    session.announce(TOPIC)
