"""Takes back every letter that waits for one chat: whoever left is not written to any more."""

from sqlalchemy import delete, select
from sqlmodel import col

from bot.chat.events import Address
from bot.store.letters import goes_to
from bot.store.models import Outbox
from bot.store.session import Session

_WAITS = col(Outbox.state).in_(("ready", "doubtful", "sending", "away"))
"""What is being carried at this very moment arrives or not; it is not tried again."""


def all_to(session: Session, address: Address) -> int:
    """Returns how many. Those that stand alone have no lane in common and are opened one by one."""
    chat = session.keys.token("lane", address.platform, address.space, address.channel)
    alone = session.rows(
        select(col(Outbox.seq), col(Outbox.token), col(Outbox.letter)).where(
            _WAITS, col(Outbox.lane) == col(Outbox.token)
        )
    )
    theirs = [row.seq for row in alone if goes_to(session, row, address)]
    for seq in theirs:
        session.run(delete(Outbox).where(col(Outbox.seq) == seq))
    return len(theirs) + session.run(delete(Outbox).where(_WAITS, col(Outbox.lane) == chat))
