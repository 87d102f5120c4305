"""The codes that are out: what each allows, and taking one back. The codes themselves are stored nowhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from bot.store.members import Role
from bot.store.models import Invitation as Row
from bot.store.session import Session

_SHOWN = 8
"""Signs of the digest that name an invitation to the operator; nobody joins with them."""


@dataclass(frozen=True, slots=True)
class Invitation:
    id: str
    role: Role
    uses_left: int
    expires: datetime


def usable(session: Session, now: datetime) -> list[Invitation]:
    """Those that still let somebody in, the first to end first."""
    found = session.rows(
        select(col(Row.token), col(Row.role), col(Row.uses_left), col(Row.expires_at))
        .where(col(Row.uses_left) > 0, col(Row.expires_at) > now)
        .order_by(col(Row.expires_at), col(Row.token))
    )
    return [Invitation(row.token[:_SHOWN], Role(row.role), row.uses_left, row.expires_at) for row in found]


def revoke(session: Session, invitation_id: str) -> bool:
    """False where no invitation has this id, whole."""
    tokens = [row.token for row in session.rows(select(col(Row.token)))]
    wanted = [token for token in tokens if token[:_SHOWN] == invitation_id]
    for token in wanted:
        session.run(delete(Row).where(col(Row.token) == token))
    return bool(wanted)
