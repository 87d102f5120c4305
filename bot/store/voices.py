"""Who speaks to whom in a thread: without a name everyone has one voice there, and with a name another."""

from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store.items import Item
from bot.store.models import Answer
from bot.store.pseudonyms import BIRDS, fresh
from bot.store.session import Session

AUTHOR = "author"
"""The voice of whoever opened the worry."""


def listener(session: Session, item: Item, worry: Any, to: str, own: tuple[str, str]) -> tuple[Address | None, str]:
    """Whom an answer speaks to: the writer of the answer named, else the one who asked; and what they are called.

    worry: its row. own: what whoever speaks is called here."""
    if to:
        found = session.first(
            select(col(Answer.voice_token), col(Answer.return_address)).where(
                col(Answer.id) == to, col(Answer.worry) == item.id
            )
        )
        if found is None:
            raise Refused("worry.gone")
        if found.voice_token not in own:
            left = not found.return_address
            return None if left else item.open_address(found.return_address, f"writer:{to}"), found.voice_token
    return item.open_address(worry.return_address, "author"), worry.closing_token


def voice(session: Session, worry_id: str, token: str, closing_token: str) -> str:
    if token == closing_token:
        return AUTHOR
    heard = select(col(Answer.voice_token), col(Answer.voice)).where(col(Answer.worry) == worry_id)
    voices = {row.voice_token: row.voice for row in session.rows(heard)}
    return voices.get(token) or fresh(BIRDS, set(voices.values()).__contains__)


def next_seq(session: Session, worry_id: str) -> int:
    last = session.scalar(select(func.max(col(Answer.seq))).where(col(Answer.worry) == worry_id))
    return int(last or 0) + 1


def number(session: Session, worry_id: str, seq: int) -> int:
    """Which of the answers that everybody sees: a gap would tell that two talk alone."""
    before = (col(Answer.worry) == worry_id, col(Answer.aside).is_(False), col(Answer.seq) <= seq)
    return int(session.scalar(select(func.count()).select_from(Answer).where(*before)) or 0)
