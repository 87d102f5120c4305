"""学んだこと: what somebody leaves for others when a worry is closed; nothing leads from it to a person or a worry."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import occurrences
from bot.store.community_models import Learning as Row
from bot.store.outbox import shuffled
from bot.store.rules import Rules
from bot.store.session import Session

ARRIVES = "learning.arrives"
"""The kind of occurrence from which on coordinators see one."""

ARRIVES_WITHIN = timedelta(days=3)
"""At a random moment of these: seen at once, it would tell which worry was closed just before."""

_dice = SystemRandom()


@dataclass(frozen=True, slots=True)
class Learning:
    """month: like 2026-11."""

    id: str
    month: str
    text: str


_which = col(Row.id) == bindparam("which")
_in_state = (
    select(col(Row.id), col(Row.month), col(Row.body))
    .where(col(Row.state) == bindparam("state"))
    .order_by(col(Row.month), col(Row.id))
)


def leave(session: Session, text: str, now: datetime, rules: Rules) -> None:
    learning_id = secrets.token_urlsafe(16)
    session.insert(
        Row,
        id=learning_id,
        month=now.astimezone(rules.zone).strftime("%Y-%m"),
        state="resting",
        body=session.keys.box.seal(text.encode(), _place(learning_id)),
    )
    after = timedelta(seconds=_dice.uniform(0, ARRIVES_WITHIN.total_seconds()))
    occurrences.plan(session, ARRIVES, learning_id, now + after)


def arrive(session: Session, learning_id: str) -> None:
    session.run(update(Row).where(_which, col(Row.state) == "resting").values(state="waiting"), which=learning_id)


def waiting(session: Session) -> list[Learning]:
    """Those that a coordinator should read, in no order."""
    return shuffled(_learning(session, row) for row in session.rows(_in_state, state="waiting"))


def released(session: Session) -> list[Learning]:
    """Those that everybody may read, the oldest month first."""
    return [_learning(session, row) for row in session.rows(_in_state, state="released")]


def release(session: Session, learning_id: str) -> None:
    """Refused where another coordinator has decided already."""
    if not session.run(
        update(Row).where(_which, col(Row.state) == "waiting").values(state="released"), which=learning_id
    ):
        raise Refused("learning.decided")


def hide(session: Session, learning_id: str) -> None:
    """Nothing of it is kept."""
    if not session.run(delete(Row).where(_which), which=learning_id):
        raise Refused("learning.decided")


def _learning(session: Session, row: Any) -> Learning:
    return Learning(row.id, row.month, session.keys.box.open(row.body, _place(row.id)).decode())


def _place(learning_id: str) -> str:
    return f"learning:{learning_id}"
