"""What stands in the places about a poll: it is changed once in a while at most, and always to the newest state."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, update
from sqlmodel import col, select

from bot.store import outbox, posts
from bot.store.conference_models import Conference
from bot.store.models import Outbox
from bot.store.outbox import WAITS, Letter
from bot.store.session import Session

EVERY = timedelta(seconds=3)
"""Between two changes of one card: a group of Telegram takes 20 messages a minute, Slack about 50 changes."""

_shown_at = select(col(Conference.shown_at)).where(col(Conference.id) == bindparam("which"))
_waiting = (col(Outbox.token) == bindparam("which"), or_(WAITS, col(Outbox.state) == "away"))
_reworded = update(Outbox).where(*_waiting).values(letter=bindparam("words"))
_hurried = (
    update(Outbox)
    .where(*_waiting, col(Outbox.attempts) == 0, col(Outbox.not_before) > bindparam("moment"))
    .values(not_before=bindparam("moment"))
)
_open = or_(WAITS, col(Outbox.state) == "sending", col(Outbox.state) == "away")
_settled = delete(Outbox).where(col(Outbox.token) == bindparam("which"), ~_open)


def due(session: Session, conference_id: str, now: datetime) -> datetime:
    """When the next change may go: at once after a pause, and never later than one such while from now."""
    shown = session.scalar(_shown_at, which=conference_id)
    return min(max(now, shown + EVERY), now + EVERY) if isinstance(shown, datetime) else now


def will_be_shown(session: Session, conference_id: str, moment: datetime) -> None:
    session.run(update(Conference).where(col(Conference.id) == conference_id).values(shown_at=moment))


def renew(session: Session, letter: Letter) -> bool:
    """Puts this change of letter.replacing, or says it in place of one that still waits, which keeps its turn and its
    moment unless this one may go earlier. True where it is put anew.

    Letters of one chat go one after the other, so that of two keys at most one is being carried."""
    keys = [f"{letter.replacing}:{turn}" for turn in ("now", "next")]
    if any(_reword(session, replace(letter, key=key)) for key in keys):
        return False
    for key in (*keys, f"{letter.replacing}:{secrets.token_hex(8)}"):
        session.run(_settled, which=session.keys.token("letter", key))
        if outbox.put(session, replace(letter, key=key)):
            break
    return True


def _reword(session: Session, letter: Letter) -> bool:
    token = session.keys.token("letter", letter.key)
    if not session.run(_reworded, which=token, words=session.keys.box.seal(outbox.packed(letter), token)):
        return False
    if session.run(_hurried, which=token, moment=letter.not_before):
        session.announce(outbox.TOPIC)
    return True


def forget(session: Session, conference_id: str, place_id: str) -> None:
    """What leads to the post of a poll that is over, and its changes."""
    first = posts.poll_key(conference_id, place_id)
    for key in (first, f"{first}:now", f"{first}:next"):
        posts.forget(session, key)
