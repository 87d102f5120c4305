"""What is one person's own, found by trying the key of every open worry: no row could list it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bot.chat.events import Address
from bot.store.darkening import to_the_hour
from bot.store.items import Item
from bot.store.models import Answer, ItemKey, Worry
from bot.store.seal import WrongKey, same
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Own:
    """Ids: worries this person opened, the oldest first; answers they wrote, each with its worry."""

    worries: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    def __or__(self, other: "Own") -> "Own":
        return Own(_joined(self.worries, other.worries), _joined(self.answers, other.answers))


_open = (
    select(col(Worry.id), col(Worry.closing_token), col(ItemKey.wrapped))
    .join(ItemKey, col(ItemKey.item) == col(Worry.id))
    .where(col(Worry.state) != "closed")
    .order_by(col(Worry.opened_at), col(Worry.id))
)
_spoken = select(col(Answer.id), col(Answer.worry), col(Answer.voice_token)).where(col(Answer.body) != b"")
_last = func.coalesce(col(Worry.active_at), col(Worry.opened_at))


def own(session: Session, person: Address, since: datetime | None = None) -> Own:
    """since: only in worries that began, or were answered, after it."""
    tried, spoken = _open, _spoken
    if since is not None:
        lately = _last >= to_the_hour(since - timedelta(hours=1))
        tried = tried.where(lately)
        spoken = spoken.where(col(Answer.worry).in_(select(col(Worry.id)).where(lately)))
    tokens: dict[str, str] = {}
    worries = []
    for row, token in _tokens(session, person, tried):
        tokens[row.id] = token
        if same(token, row.closing_token):
            worries.append(row.id)
    answers = session.rows(spoken.order_by(col(Answer.worry), col(Answer.seq)))
    mine = ((row.id, row.worry) for row in answers if same(tokens.get(row.worry, ""), row.voice_token))
    return Own(tuple(worries), tuple(mine))


def own_worries(session: Session, person: Address) -> list[str]:
    """The ids of the open worries of this person, the oldest first."""
    return [row.id for row, token in _tokens(session, person, _open) if same(token, row.closing_token)]


def _tokens(session: Session, person: Address, tried: Any) -> Iterator[tuple[Any, str]]:
    """Every open worry, with what this person would be called in it. One whose key is rotten opens to nobody, and must
    keep nobody from leaving."""
    for row in session.rows(tried):
        try:
            key = session.keys.item_key(row.id, row.wrapped)
        except WrongKey:
            continue
        yield row, Item(row.id, key).token(person)


def _joined(some: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*some, *others)))
