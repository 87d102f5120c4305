"""Answers one by one: as they stand in the places, and as whoever they were written to goes through them."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import worries
from bot.store.items import Item
from bot.store.models import Answer
from bot.store.session import Session
from bot.store.worries import PublicAnswer

STANDS = "open"
"""The state of an answer that may be read."""


def find(session: Session, answer_id: str) -> PublicAnswer:
    """As everybody sees it. Refused where it does not stand in the places."""
    row = standing(worries.answer_row(session, answer_id))
    worry, item, _ = worries.unsealed(session, row.worry)
    return worries.open_answer(session, worry, item, row)


def standing(row: Any) -> Any:
    """The row of an answer, where it stands in the places; what two say alone is there for nobody else."""
    if row.aside:
        raise Refused("worry.gone")
    if row.state != STANDS or not row.body:
        raise Refused("worry.withdrawn")
    return row


def way_back(session: Session, item: Item, answer_id: str) -> Address | None:
    """To whoever wrote it; None where they have left."""
    sealed = session.scalar(select(col(Answer.return_address)).where(col(Answer.id) == answer_id))
    return item.open_address(sealed, f"writer:{answer_id}") if sealed else None


def earlier(session: Session, answer_id: str, reader: Address) -> str:
    """The one before it that was written to the same reader; "" where it was the first. Refused for anyone else."""
    row = _to(session, answer_id, reader)[0]
    before = (col(Answer.worry) == row.worry, col(Answer.reader_token) == row.reader_token, col(Answer.seq) < row.seq)
    found = select(col(Answer.id)).where(*before, col(Answer.body) != b"", col(Answer.state) == STANDS)
    return str(session.scalar(found.order_by(col(Answer.seq).desc()).limit(1)) or "")


def name_spoken_to(session: Session, answer_id: str, reader: Address) -> str:
    """The name its reader gave in this thread, where it speaks to what they said under one: whoever answers it goes on
    under that name, or their two voices would be known for one."""
    row, item = _to(session, answer_id, reader)
    if row.reader_token == item.token(reader):
        return ""
    named = (col(Answer.worry) == row.worry, col(Answer.voice_token) == row.reader_token, col(Answer.name).is_not(None))
    found = session.first(select(col(Answer.id), col(Answer.name)).where(*named).order_by(col(Answer.seq).desc()))
    return item.open(found.name, f"name:{found.id}") if found else ""


def _to(session: Session, answer_id: str, reader: Address) -> tuple[Any, Item]:
    row = worries.answer_row(session, answer_id)
    _, item, _ = worries.unsealed(session, row.worry, states=worries.ANSWERED)
    if row.reader_token not in item.tokens(reader):
        raise Refused("worry.gone")
    return row, item
