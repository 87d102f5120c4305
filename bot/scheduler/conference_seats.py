"""A date stands, and who waits hears it; a conference begins, and everybody is asked whether they are there."""

from datetime import datetime
from functools import partial

from bot.routing import conference_letters
from bot.routing.conference_reminders import REMINDER
from bot.routing.conference_seats import BEGINS, SEATED
from bot.scheduler import conference_reminders
from bot.store import conference_roles, conferences, meeting_notes, members, occurrences, outbox, participants, seats
from bot.store.conferences import PublicConference
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter, shuffled
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_seats
from bot.views.text import Text


def tell_seats(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """Who waits, with their place in the line."""
    found = conferences.on_occasion(session, occurrence.subject)
    for turn, member in enumerate(participants.of(session, found.id, ("waiting",)), start=1):
        conference_letters.tell(
            session,
            [member],
            f"seat:{found.occasion}:waits",
            partial(conference_seats.waits, found=found, turn=turn),
            now,
            text,
            expires=found.ends_at,
        )


def ask_who_is_there(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """To everybody who comes; nothing where nobody could be reminded, or so late that the card must do."""
    found = conferences.on_occasion(session, occurrence.subject)
    if not asks(session, found, now):
        return
    leads = leading(session, found) if not meeting_notes.began(found) else set()
    for member in shuffled(seats.coming_to(session, found.id)):
        if recipient := members.recipient(session, member):
            place = seats.place_of(session, found.id, member)
            card = conference_seats.begins(text.speaking(recipient.language), found, place, leads=member in leads)
            key = f"begins:{found.occasion}:{member}"
            outbox.put(session, Letter(key, recipient.address, card, now, expires=found.ends_at, again=False))


def asks(session: Session, found: PublicConference, now: datetime) -> bool:
    """Whether everybody is asked: in time, and where somebody could be reminded."""
    late = found.chosen is None or now - found.chosen.starts_at > conference_reminders.LATE_AFTER
    return not (late or _missed(session, found))


def leading(session: Session, found: PublicConference) -> set[str]:
    """Who may say that it begins. A statutory meeting is run by others."""
    holders = {} if found.kind == "support" else conference_roles.holders(session, found.id)
    return {holders[role] for role in ("chair", "timekeeper") if role in holders}


def _missed(session: Session, found: PublicConference) -> bool:
    """A reminder was to go out, and reached nobody."""
    return occurrences.planned(session, REMINDER, found.occasion) and conference_reminders.unreminded(session, found)


KINDS = {SEATED: tell_seats, BEGINS: ask_who_is_there}
