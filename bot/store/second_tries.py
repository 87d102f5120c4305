"""Second tries of letters, when the moments they wait for no longer mean what they did."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from bot.store.models import Outbox
from bot.store.outbox import TOPIC, WAITS
from bot.store.session import Session


def hasten(session: Session, now: datetime) -> None:
    """After the clock was set back; where a platform asked to wait longer, its adapter still knows."""
    later = (WAITS, col(Outbox.attempts) > 0, col(Outbox.not_before) > now)
    session.run(update(Outbox).where(*later).values(not_before=now))
    session.announce(TOPIC)
