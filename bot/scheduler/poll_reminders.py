"""A poll comes to its end, and before it whoever has not answered is asked once more."""

from datetime import datetime

from bot.language import workdays
from bot.routing import conference_letters, poll_closing
from bot.store import asked, conferences, occurrences
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_polls as cards
from bot.views.text import Text


def come_to_its_end(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """However late that is noticed; not where it was given another end since."""
    conference_id = occurrence.subject.partition(".")[0]
    found = conferences.held(session, conference_id)
    if found.open and found.closes_at and found.closes_at <= now:
        poll_closing.close(session, found, now, text)


def remind(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """Only who was asked and has not answered, in working hours, and never after the end. Whoever left meanwhile is
    not waited for: perhaps everybody has answered."""
    found = poll_closing.planned(session, occurrence.subject, now)
    if found is None or not poll_closing.look(session, found, now, text).open:
        return
    opens = workdays.next_working_moment(now, rules.zone)
    if opens > now:
        occurrences.plan(session, occurrence.kind, occurrence.subject, opens)
        return
    conference_letters.tell(
        session,
        asked.remindable(session, found, now),
        f"reminder:poll:{occurrence.token}",
        lambda speaking: cards.reminder(speaking, found),
        now,
        text,
        expires=found.closes_at,
        again=False,
    )


KINDS = {poll_closing.CLOSES: come_to_its_end, poll_closing.REMINDS: remind}
