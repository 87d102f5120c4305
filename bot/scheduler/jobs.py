"""What becomes due, as functions of (session, now): each only reads rows and puts letters."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from bot.chat.errors import Refused
from bot.chat.moments import Moment, reached
from bot.routing.closing import replace_post, tell_closed
from bot.store import away, conferences, drafts, inbox, members, occurrences, outbox, posts, tombstones, worries
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter, shuffled
from bot.store.retention import Retention
from bot.store.session import Session
from bot.views.cards import conference
from bot.views.text import Text

CLOSED_AT_ONCE = 20
"""Most worries that one tick closes because nothing was said in them: places must not fill with our lines."""

Kind = Callable[[Session, Occurrence, datetime, Text], None]


def remind_conference(session: Session, occurrence: Occurrence, now: datetime, text: Text) -> None:
    """The day before, to who can or may come and to who proposed it; nothing once it has begun."""
    found = conferences.find(session, occurrence.subject)
    if found.chosen is None or found.chosen.starts_at <= now:
        return
    coming = conferences.answered_by(session, found.id, ("yes", "maybe"), found.chosen.number)
    for member_id in shuffled({*coming, conferences.proposer_of(session, found.id)}):
        recipient = members.recipient(session, member_id)
        if recipient:
            card = conference.reminder(text.speaking(recipient.language), found)
            key = f"reminder:{found.id}:{found.revision}:{member_id}"
            expires = found.chosen.starts_at
            outbox.put(session, Letter(key, recipient.address, card, now, expires=expires, again=False))


def take_post_back(session: Session, occurrence: Occurrence, now: datetime, text: Text) -> None:
    """Of somebody who left: this one, at its own moment, and nothing says afterwards what else went then."""
    if post := posts.named(session, occurrence.subject):
        replace_post(session, post, now, text)
    occurrences.forget(session, occurrence)


KINDS: Mapping[str, Kind] = {"conference.reminder": remind_conference, posts.TAKE_BACK: take_post_back}


def happen(session: Session, occurrence: Occurrence, now: datetime, text: Text) -> None:
    """One occurrence: its letters and its `done` belong in one transaction, and in no other occurrence's."""
    if occurrences.finish(session, occurrence):
        with suppress(Refused):  # what it was about is gone
            KINDS[occurrence.kind](session, occurrence, now, text)
        if __debug__:
            reached(Moment.FALLING_DUE)


def forget_old(session: Session, now: datetime, keep: Retention, text: Text) -> None:
    """Everything whose time has come; docs/privacy.md lists it."""
    for room in (drafts, inbox, members, outbox, away, occurrences, worries):
        room.forget_old(session, now)
    conferences.forget_past(session, now - keep.conferences)
    tombstones.forget_old(session, now, keep.tombstones)
    for closed in worries.close_unanswered(session, now - keep.worries, now, CLOSED_AT_ONCE):
        tell_closed(session, closed, now, text)
