"""What is planned for a worry from its publishing on, and goes with it."""

from sqlalchemy import delete
from sqlmodel import col

from bot.store.models import Occurrence
from bot.store.session import Session

DAY, TWO_DAYS = "unanswered.day", "unanswered.two_days"
"""Nobody has answered for so long: others are called."""

ASK = "following_up.ask"
"""The author is asked how it went."""


def forget(session: Session, worry_id: str) -> None:
    """Whether it is still to come or over."""
    kinds = (DAY, TWO_DAYS, ASK)
    session.run(delete(Occurrence).where(col(Occurrence.subject) == worry_id, col(Occurrence.kind).in_(kinds)))
