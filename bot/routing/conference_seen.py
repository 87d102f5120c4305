"""What whoever acts is to one conference: the one way in for every door about it."""

from bot.routing.turn import Turn
from bot.store import conference_standing
from bot.store.conference_standing import Standing
from bot.store.members import Role
from bot.store.session import Session


def seen(turn: Turn, session: Session, conference_id: str) -> Standing:
    """Refused where they may not see it."""
    coordinator = turn.member.may(Role.COORDINATOR)
    return conference_standing.of(session, conference_id, turn.member.id, turn.now, coordinator=coordinator)
