"""Telling one person that something is there: without content, opened alone, and never where they want no notices."""

from collections.abc import Callable

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.routing.turn import Turn
from bot.store import members, mutes, outbox
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views.text import Text

Card = Callable[[Text], Message]


def tell(turn: Turn, session: Session, worry_id: str, whom: Address | None, key: str, card: Card) -> None:
    """whom: None where there is nobody. Who has left is told nothing more."""
    member = members.find(session, whom) if whom else None
    if whom is None or member is None or mutes.holds(session, worry_id, whom):
        return
    notice = card(turn.text.speaking(member.language))
    outbox.put(session, Letter(key, whom, notice, turn.now, alone=True))
