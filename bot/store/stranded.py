"""Letters whose sender was lost while sending them: killed, frozen, or cut off from the rows."""

from sqlalchemy import select, update
from sqlmodel import col

from bot.store.models import Outbox
from bot.store.outbox import OURS, Outgoing
from bot.store.session import Session

_sending = select(col(Outbox.seq), col(Outbox.attempts), col(Outbox.lane)).where(col(Outbox.state) == "sending")
_still_ours = select(col(Outbox.seq)).where(*OURS)
_doubt = update(Outbox).values(state="doubtful", doubts=Outbox.doubts + 1)
_doubt_all = _doubt.where(col(Outbox.state) == "sending")
_doubt_one = _doubt.where(*OURS)


def recover(session: Session) -> int:
    """What they were sending may or may not have arrived. Returns how many letters.

    Where no other process sends, that is all that is being sent when we begin; else what nobody holds any more."""
    if session.alone:
        return session.run(_doubt_all)
    sending = {(row.seq, row.attempts): row.lane for row in session.rows(_sending)}
    return sum(session.run(_doubt_one, which=seq, attempt=attempts) for seq, attempts in session.stranded(sending))


def still_ours(session: Session, outgoing: Outgoing) -> bool:
    """False where another process has taken it over, because we stood still for so long."""
    if session.scalar(_still_ours, which=outgoing.seq, attempt=outgoing.attempts + 1) is not None:
        return True
    session.leave_lane(outgoing.lane)
    return False
