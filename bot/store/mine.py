"""What is one person's own, found by trying the key of every open worry: no row could list it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from bot.chat.events import Address
from bot.store.community_models import Mute, Reaction
from bot.store.hours import to_the_hour
from bot.store.items import Item
from bot.store.models import Answer, ItemKey, Worry
from bot.store.seal import WrongKey, same
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Own:
    """Ids: worries this person opened, the oldest first; answers they wrote, each with its worry. muted: worries whose
    notices they do not want, and the row's token. pressed: what it was said to, what was said, and the token."""

    worries: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    muted: tuple[tuple[str, str], ...] = ()
    pressed: tuple[tuple[str, str, str], ...] = ()

    def __or__(self, other: "Own") -> "Own":
        return Own(
            _joined(self.worries, other.worries),
            _joined(self.answers, other.answers),
            _joined(self.muted, other.muted),
            _joined(self.pressed, other.pressed),
        )


_open = (
    select(col(Worry.id), col(Worry.closing_token), col(ItemKey.wrapped))
    .join(ItemKey, col(ItemKey.item) == col(Worry.id))
    .where(col(Worry.state) != "closed")
    .order_by(col(Worry.opened_at), col(Worry.id))
)
_spoken = select(col(Answer.id), col(Answer.worry), col(Answer.voice_token)).where(col(Answer.body) != b"")
_muted = select(col(Mute.worry), col(Mute.token)).order_by(col(Mute.worry))
_pressed = select(col(Reaction.worry), col(Reaction.subject), col(Reaction.kind), col(Reaction.token))
_last = func.coalesce(col(Worry.active_at), col(Worry.opened_at))


def own(session: Session, person: Address, since: datetime | None = None) -> Own:
    """since: only in worries that began, or were answered, after it."""
    tried, spoken = _open, _spoken
    if since is not None:
        lately = _last >= to_the_hour(since - timedelta(hours=1))
        tried = tried.where(lately)
        spoken = spoken.where(col(Answer.worry).in_(select(col(Worry.id)).where(lately)))
    tokens: dict[str, tuple[str, str]] = {}
    worries = []
    for row, item in _tried(session, tried):
        tokens[row.id] = item.tokens(person)
        if same(tokens[row.id][0], row.closing_token):
            worries.append(row.id)

    def mine(statement: Any, column: str) -> Iterator[Any]:
        for row in session.rows(statement):
            if any(same(token, getattr(row, column)) for token in tokens.get(row.worry, ())):
                yield row

    return Own(
        tuple(worries),
        tuple((row.id, row.worry) for row in mine(spoken.order_by(col(Answer.worry), col(Answer.seq)), "voice_token")),
        tuple((row.worry, row.token) for row in mine(_muted, "token")),
        tuple((row.subject, row.kind, row.token) for row in mine(_pressed, "token")),
    )


def own_worries(session: Session, person: Address) -> list[str]:
    """The ids of the open worries of this person, the oldest first."""
    return [row.id for row, item in _tried(session, _open) if same(item.token(person), row.closing_token)]


def muted(session: Session, person: Address) -> list[str]:
    """The ids of the worries whose notices this person does not want."""
    tried = _open.where(col(Worry.id).in_(select(col(Mute.worry))))
    wanted = {(row.worry, row.token) for row in session.rows(_muted)}
    return [row.id for row, item in _tried(session, tried) if (row.id, item.token(person)) in wanted]


def _tried(session: Session, tried: Any) -> Iterator[tuple[Any, Item]]:
    """Every open worry, with what its key can do. One whose key is rotten opens to nobody, and must keep nobody from
    leaving."""
    for row in session.rows(tried):
        try:
            key = session.keys.item_key(row.id, row.wrapped)
        except WrongKey:
            continue
        yield row, Item(row.id, key)


def _joined(some: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*some, *others)))
