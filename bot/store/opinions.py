"""役に立った and 違う: what people say of an entry, each once; only with the key could one try whose it is."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, case, delete, func, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.store.handbook_models import Opinion
from bot.store.session import Session

Value = Literal["useful", "different"]
ENOUGH = 5
"""So many must have said something of an entry before any of it is shown: one alone, that appears just after somebody
was reading, would tell who it was."""

VALUES: tuple[Value, ...] = get_args(Value)


@dataclass(frozen=True, slots=True)
class Counts:
    useful: int = 0
    different: int = 0

    @property
    def all(self) -> int:
        return self.useful + self.different


def give(session: Session, person: Address, entry_id: str, value: Value) -> None:
    """Whoever says something else later has changed their mind."""
    token = _token(session, person, entry_id)
    if not session.insert_once(Opinion, id=secrets.token_urlsafe(16), token=token, entry=entry_id, value=value):
        session.run(update(Opinion).where(col(Opinion.token) == token).values(value=value))


def counts(session: Session) -> Mapping[str, Counts]:
    """By the id of the entry."""
    useful, different = (func.sum(_is(value)) for value in VALUES)
    found = select(col(Opinion.entry), useful.label("useful"), different.label("different")).group_by(
        col(Opinion.entry)
    )
    return {row.entry: Counts(int(row.useful), int(row.different)) for row in session.rows(found)}


def needing_a_look(session: Session) -> Mapping[str, Counts]:
    """Those of which enough people have said something, and first what seems to miss."""
    found = sorted(counts(session).items(), key=lambda pair: (-pair[1].different / pair[1].all, -pair[1].all, pair[0]))
    return {entry: said for entry, said in found if said.all >= ENOUGH}


def forget(session: Session, person: Address) -> None:
    """All that one person has said: whose they are stands in no row, so that every entry is tried."""
    for row in session.rows(select(col(Opinion.entry)).distinct()):
        session.run(delete(Opinion).where(col(Opinion.token) == _token(session, person, row.entry)))


def _token(session: Session, person: Address, entry_id: str) -> str:
    return session.keys.token("opinion", person.platform, person.space, person.channel, entry_id)


def _is(value: Value) -> ColumnElement[int]:
    return case((col(Opinion.value) == value, 1), else_=0)
