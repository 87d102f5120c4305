"""The reminder before a conference, and what is told where nobody could be reminded in time."""

from datetime import datetime, timedelta

from bot.chat.errors import Refused
from bot.routing.conference_reminders import REMINDER
from bot.store import conference_roles, conferences, members, occurrences, outbox, participants, seats
from bot.store.conferences import PublicConference
from bot.store.members import Recipient
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter, shuffled
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference, conference_seats
from bot.views.text import Text

BEGUN, MISSED = "conference.begun", "conference.missed"

LATE_AFTER = timedelta(minutes=10)
"""A reminder that comes so much after its time says so."""

GATHERED = timedelta(minutes=5)
"""Reminders that nobody got are told together, so long after the first is found."""


def remind(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """The day before, to who can or may come and to who proposed it; once it has begun, only that nobody was told."""
    found = conferences.on_occasion(session, occurrence.subject)
    if found.chosen is None:
        return
    if found.chosen.starts_at <= now:
        occurrences.plan(session, MISSED, found.id, now + GATHERED)
        return
    late = occurrence.due_at if now - occurrence.due_at > LATE_AFTER else None
    expires, invited = found.chosen.starts_at, set(participants.of(session, found.id))
    for member, recipient in _reminded(session, found).items():
        own = seats.place_of(session, found.id, member), conference_roles.held_of(session, found.id, member)
        card = conference_seats.reminder(text.speaking(recipient.language), found, *own, late, comes=member in invited)
        key = _key(found, member)
        outbox.put(session, Letter(key, recipient.address, card, now, expires=expires, again=False))
    occurrences.plan(session, BEGUN, found.occasion, expires)


def look_back(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """It begins: what is still on its way now comes too late."""
    found = conferences.on_occasion(session, occurrence.subject)
    if unreminded(session, found):
        occurrences.plan(session, MISSED, found.id, now + GATHERED)


def unreminded(session: Session, found: PublicConference) -> bool:
    """Whether a reminder reached none of those it was for."""
    return bool(_reminded(session, found)) and not _arrived(session, found)


def _arrived(session: Session, found: PublicConference) -> bool:
    return any(outbox.may_have_arrived(session, _key(found, each)) for each in _reminded(session, found))


def _key(found: PublicConference, member: str) -> str:
    return f"reminder:{found.occasion}:{member}"


def _reminded(session: Session, found: PublicConference) -> dict[str, Recipient]:
    """Who can or may come, and who proposed it."""
    wanted = shuffled({*participants.of(session, found.id), conferences.proposer_of(session, found.id)})
    every = {each: members.recipient(session, each) for each in wanted}
    return {each: who for each, who in every.items() if who}


def tell_missed(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """One letter to every coordinator, whatever was missed meanwhile; what was in doubt then may be known to have
    arrived by now."""
    subjects = [occurrence.subject, *occurrences.finish_all(session, MISSED)]
    missed = [found for each in subjects if (found := _still_there(session, each)) and found.chosen]
    missed = [found for found in missed if not _arrived(session, found)]
    if not missed:
        return
    for number, recipient in shuffled(enumerate(members.coordinators(session))):
        card = conference.missed(text.speaking(recipient.language), missed)
        outbox.put(session, Letter(f"missed:{occurrence.token}:{number}", recipient.address, card, now))


def _still_there(session: Session, conference_id: str) -> PublicConference | None:
    try:
        return conferences.find(session, conference_id)
    except Refused:
        return None


KINDS = {REMINDER: remind, BEGUN: look_back, MISSED: tell_missed}
