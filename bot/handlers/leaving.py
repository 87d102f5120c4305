"""Whoever leaves hands over what they look after; the last coordinator is told first that nobody would be there."""

from collections.abc import Callable, Sequence

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.routing import conference_seats
from bot.routing.turn import Turn
from bot.store import coordination, members, outbox, withdrawing
from bot.store.conferences import PublicConference
from bot.store.members import Member, Role
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views.cards import coordinating

ANYWAY = "anyway"
"""The argument of a button that was pressed after the warning."""


class _NobodyLeft(Exception):
    """Rolls back what would leave the place to nobody."""


async def leave(turn: Turn, press: Press, effects: Callable[[Session], None]) -> Message | None:
    """Everything that ends with a membership, in one transaction with the rest of it; letters still waiting for this
    person are taken back. Returns the warning, and does nothing, where nobody would look after the place."""

    def write(session: Session) -> None:
        withdrawing.all_to(session, turn.private)
        about = conference_seats.leaving(session, turn.member.id, turn.now)
        effects(session)
        conference_seats.left(session, about, turn.now, turn.text, turn.rules)

    return await _unless_last(turn, press, write, leaves=True)


async def step_down(turn: Turn, press: Press, effects: Callable[[Session], None]) -> Message | None:
    """The same for who stays as a supporter."""
    return await _unless_last(turn, press, effects, leaves=False)


async def _unless_last(turn: Turn, press: Press, effects: Callable[[Session], None], *, leaves: bool) -> Message | None:
    def write(session: Session) -> None:
        _hand_over(turn, session, anyway=press.argument == ANYWAY)
        effects(session)

    try:
        await turn.db.write(write)
    except _NobodyLeft:
        return coordinating.last_one(turn.text, ANYWAY, leaves=leaves)
    return None


def _hand_over(turn: Turn, session: Session, *, anyway: bool) -> None:
    """Looks at the rows of this moment: another coordinator may have gone since the question was asked."""
    leaving = members.find(session, turn.private)
    if leaving is None or not leaving.may(Role.COORDINATOR):
        return
    coordination.hold(session)
    successor = coordination.successor(session, leaving.id)
    if not successor and not anyway:
        raise _NobodyLeft
    _ask(turn, session, successor, coordination.hand_over(session, leaving.id, successor, turn.now))


def take_over(turn: Turn, session: Session, arrived: Member) -> None:
    """Who joins as a coordinator gets what nobody has looked after since the last one left."""
    if arrived.may(Role.COORDINATOR):
        coordination.hold(session)
        _ask(turn, session, arrived.id, coordination.take_over(session, arrived.id, turn.now))


def _ask(turn: Turn, session: Session, successor: str, handed: Sequence[PublicConference]) -> None:
    recipient = members.recipient(session, successor) if handed else None
    if recipient:
        card = coordinating.handed_over(turn.text.speaking(recipient.language), handed)
        key = f"handover:{turn.event.address.platform}:{turn.event.id}"
        outbox.put(session, Letter(key, recipient.address, card, turn.now))
