"""Who does what in a conference: one member for each role, and whoever would like to be relieved of it."""

from sqlalchemy import select
from sqlmodel import col

from bot.store.conference_models import ConferenceRole
from bot.store.session import Session

ROLES = ("chair", "presenter", "recorder", "timekeeper", "host", "adviser")
"""司会, 事例提供, 記録, 時間係, 裏方, 助言者."""

USUAL = ("chair", "presenter")
"""Required where nobody chose others; online there is also a host."""


def holders(session: Session, conference_id: str) -> dict[str, str]:
    """The member of each role that somebody holds."""
    found = session.rows(
        select(col(ConferenceRole.role), col(ConferenceRole.member)).where(
            col(ConferenceRole.conference) == conference_id
        )
    )
    return {row.role: row.member for row in found}


def offered(session: Session, conference_id: str) -> set[str]:
    """The roles whose holder would like somebody else to take them."""
    found = session.rows(
        select(col(ConferenceRole.role)).where(
            col(ConferenceRole.conference) == conference_id, col(ConferenceRole.offered).is_(True)
        )
    )
    return {row.role for row in found}
