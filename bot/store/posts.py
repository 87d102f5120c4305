"""What stands in the places: the keys of its letters, how long it can still be changed, and taking it back."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Literal

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import col

from bot.chat.messages import Message
from bot.store import drafts, occurrences, outbox
from bot.store.models import Outbox
from bot.store.packing import pack
from bot.store.session import Session

KEEP_REFERENCE = timedelta(days=30)
"""After what a post belongs to is over: its last change may wait this long for a place that went away."""

TAKE_BACK = "erase.post"
"""The kind of occurrence at which one post of somebody who left is replaced."""

SHOW_AGAIN = "post.again"
"""The kind of occurrence at which the posts of a worry are brought up to date."""

SHOW_ANSWER_AGAIN = "post.answer"
"""The kind of occurrence at which the posts of one answer are."""

TAKEN_BACK_WITHIN = timedelta(hours=20)
"""All of it is promised within a day; the rest is for ticks, order within the chat and a platform that says wait."""

_ERRAND_BYTES = 256
"""All of one length: it would tell a worry from an answer."""

_dice = SystemRandom()

CHANGED = "changed"
"""The beginning of the keys of letters that only change what stands."""

What = Literal["worry", "answer"]


@dataclass(frozen=True, slots=True)
class Post:
    """One letter that stands, or may stand, in one place."""

    what: What
    key: str
    place: str


def worry_key(worry_id: str, place_id: str) -> str:
    """The letter that stands for a worry in a place; answers go under it, closing takes its place."""
    return f"worry:{worry_id}:{place_id}"


def answer_key(answer_id: str, place_id: str) -> str:
    return f"answer:{answer_id}:{place_id}"


def changed_key(subject: str, place_id: str) -> str:
    """A new letter, which takes the place of a post of a worry, or of an answer, because something about it changed:
    two changes within one moment are two."""
    return f"{CHANGED}:{subject}:{place_id}:{secrets.token_hex(8)}"


def poll_key(conference_id: str, place_id: str, revision: int = 0) -> str:
    return f"conference:{conference_id}:{place_id}:{revision}"


def notice_key(answer_id: str) -> str:
    """The letter that tells the one an answer speaks to; one that waits is taken back when the worry closes."""
    return f"notice:{answer_id}"


def thanks_key(answer_id: str) -> str:
    return f"thanks:{answer_id}"


def wish_key(answer_id: str) -> str:
    """The letter that tells one of two that the other wishes to go on alone; at most one a week, however often it is
    wished and taken back."""
    return f"talk:{answer_id}"


def talk_key(answer_id: str, event: str) -> str:
    """The letter that tells one of two that something about their talk changed. event: what the other did."""
    return f"talk:{answer_id}:{event}"


def notices_about(answer_id: str) -> tuple[str, ...]:
    return notice_key(answer_id), thanks_key(answer_id), wish_key(answer_id)


_token_is = col(Outbox.token) == bindparam("which")
_look = select(col(Outbox.state), col(Outbox.reference)).where(_token_is).with_for_update()
"""Held: another process may be about to send it."""

_drop = delete(Outbox).where(_token_is)
_let_go = update(Outbox).where(_token_is).values(expires_at=bindparam("until"))


def let_go(session: Session, key: str, now: datetime) -> None:
    """Nothing new will stand under this letter or take its place: where it stands may be forgotten some day. Each has
    an end of its own: one moment for all that one person lets go would link them."""
    session.run(_let_go, which=session.keys.token("letter", key), until=_within_a_day(now) + KEEP_REFERENCE)


def forget(session: Session, key: str) -> None:
    session.run(_drop, which=session.keys.token("letter", key))


def take_back(session: Session, post: Post, now: datetime) -> bool:
    """Words that have not gone go no more; what stands is replaced at a random moment of its own, so that no two
    posts of one person change together. True where it is under way: its words must be taken out of the letter, too."""
    row = session.first(_look, which=session.keys.token("letter", post.key))
    if row is None or not _may_stand(row):
        forget(session, post.key)
        return False
    moment = _within_a_day(now)
    plain = pack({"what": post.what, "key": post.key, "place": post.place}).ljust(_ERRAND_BYTES)
    errand = drafts.leave_errand(session, plain, moment + KEEP_REFERENCE)
    occurrences.plan(session, TAKE_BACK, errand, moment)
    return row.reference is None


def _within_a_day(now: datetime) -> datetime:
    return now + timedelta(seconds=_dice.uniform(0, TAKEN_BACK_WITHIN.total_seconds()))


def _may_stand(row: Any) -> bool:
    """Not what never left, and not what nobody can name any more (given up, or the chat went away)."""
    return row.reference is not None or row.state == "sending" or row.state == "doubtful"


def reword(session: Session, post: Post, message: Message) -> None:
    """A letter that may have arrived says only this, should it go again; where nobody can look, it does not."""
    token = session.keys.token("letter", post.key)
    row = session.first(
        select(col(Outbox.seq), col(Outbox.token), col(Outbox.letter)).where(
            col(Outbox.token) == token, col(Outbox.letter).is_not(None)
        )
    )
    if row:
        letter = replace(outbox.opened(session, row), message=message, again=False)
        values = {"letter": session.keys.box.seal(outbox.packed(letter), token)}
        session.run(update(Outbox).where(col(Outbox.seq) == row.seq).values(**values))


def taken_up(session: Session, subject: str) -> Post | None:
    """The post an occurrence speaks of; nothing knows it afterwards."""
    errand = drafts.do_errand(session, subject)
    return Post(**errand) if errand else None
