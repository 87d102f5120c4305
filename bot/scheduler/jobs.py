"""What becomes due, as functions of (session, now): each only reads rows and puts letters."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from bot.chat.errors import Refused
from bot.chat.moments import Moment, reached
from bot.store import away, conferences, drafts, inbox, members, occurrences, outbox
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter, shuffled
from bot.store.session import Session
from bot.views.cards import conference
from bot.views.text import Text

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


KINDS: Mapping[str, Kind] = {"conference.reminder": remind_conference}


def happen(session: Session, occurrence: Occurrence, now: datetime, text: Text) -> None:
    """One occurrence: its letters and its `done` belong in one transaction, and in no other occurrence's."""
    if occurrences.finish(session, occurrence):
        with suppress(Refused):  # what it was about is gone
            KINDS[occurrence.kind](session, occurrence, now, text)
        if __debug__:
            reached(Moment.FALLING_DUE)


def forget_old(session: Session, now: datetime) -> None:
    """Old drafts, handled events, expired invitations, settled and stranded letters and past occurrences."""
    for room in (drafts, inbox, members, outbox, away, occurrences):
        room.forget_old(session, now)
