"""How many say わかります to a worry or an answer; below three nobody is told how many."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bot.store.community_models import Reaction

UNDERSTOOD = "understood"

SHOWN_FROM = 3


def count_of(subject: Any) -> Any:
    """subject: an id, or the column that holds it."""
    counted = select(func.count()).where(col(Reaction.subject) == subject, col(Reaction.kind) == UNDERSTOOD)
    return counted.scalar_subquery().label("understood")


def shown(count: int) -> int:
    return count if count >= SHOWN_FROM else 0
