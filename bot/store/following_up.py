"""その後どうですか: when the author of a worry is asked how it went, and that they do not wish to be."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import drafts, members, mutes, occurrences, worries
from bot.store.looking_after import ASK as ASK
from bot.store.members import Recipient
from bot.store.models import Worry
from bot.store.seal import same
from bot.store.session import Session

AFTER = (timedelta(days=7), timedelta(days=30))
LATER = timedelta(days=3)

DIALOG_STANDS = timedelta(hours=1)
"""So long after it was opened a dialog may still be on the screen; nothing tells that it was closed."""


def plan(session: Session, worry_id: str, now: datetime, zone: ZoneInfo) -> None:
    for after in AFTER:
        _ask_after(session, worry_id, now, after, zone)


def put_off(session: Session, worry_id: str, now: datetime, zone: ZoneInfo) -> None:
    """あとで: some days later once more."""
    _ask_after(session, worry_id, now, LATER, zone)


def _ask_after(session: Session, worry_id: str, now: datetime, after: timedelta, zone: ZoneInfo) -> None:
    """From the beginning of that day on; the clock waits for a morning of work."""
    day = now.astimezone(zone).date() + after
    occurrences.plan(session, ASK, worry_id, datetime.combine(day, time.min, zone))


_wished = select(col(Worry.asks_later)).where(col(Worry.id) == bindparam("which"))


def is_wished(session: Session, worry_id: str) -> bool:
    return bool(session.scalar(_wished, which=worry_id))


def stop(session: Session, worry_id: str, person: Address) -> None:
    """For good. Refused for anyone but the author."""
    _, item, row = worries.unsealed(session, worry_id, to_change=True, states=worries.LIVING)
    if not same(item.token(person), row.closing_token):
        raise Refused("worry.gone")
    session.run(update(Worry).where(col(Worry.id) == worry_id).values(asks_later=False))


def author(session: Session, worry_id: str) -> Recipient | None:
    """Opened for a letter that is made in this transaction, and kept nowhere. None where they have left, or want no
    notices of it."""
    _, item, row = worries.unsealed(session, worry_id, states=worries.LIVING)
    address = item.open_address(row.return_address, "author")
    member = members.find(session, address)
    if member is None or mutes.holds(session, worry_id, address):
        return None
    return Recipient(address, member.language)


def is_in_dialogue(session: Session, person: Address, now: datetime) -> bool:
    """A question of ours is open before this person."""
    asking = drafts.latest(session, person, "asking", now)
    return asking is not None or drafts.latest(session, person, "dialog", _would_expire(now)) is not None


def _would_expire(now: datetime) -> datetime:
    """A dialog that was opened too long ago to stand there still, had it been opened at the last moment."""
    return now - DIALOG_STANDS + drafts.LIFETIME
