"""まだ答えのないこと: questions that found nothing, left by their askers' own wish; nothing leads back to anyone."""

import secrets
from datetime import datetime

from bot.store.handbook_models import Gap
from bot.store.rules import Rules
from bot.store.session import Session


def leave(session: Session, text: str, now: datetime, rules: Rules) -> None:
    """text: in words that identify nobody. The month is all that is known of when; the id is no number in a row."""
    gap_id = secrets.token_urlsafe(16)
    session.insert(
        Gap,
        id=gap_id,
        month=now.astimezone(rules.zone).strftime("%Y-%m"),
        body=session.keys.box.seal(text.encode(), place(gap_id)),
    )


def place(gap_id: str) -> str:
    """What the words are sealed to."""
    return f"gap:{gap_id}"
