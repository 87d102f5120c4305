"""Nobody waits in silence: after a day of working time who is on duty is called, after two the coordinators."""

from datetime import datetime

from bot.language.workdays import next_working_morning
from bot.routing.calling import call, tell_author
from bot.store import members, occurrences, rota, unanswered
from bot.store.members import Recipient
from bot.store.occurrences import Occurrence
from bot.store.outbox import shuffled
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.text import Text


def call_others(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """In hours of duty, and at once where they are over; a worry that is out of sight is looked at every morning."""
    state = unanswered.look(session, occurrence.subject)
    if state == "over":
        return
    begins = rota.next_open(now, rules)
    if state == "out of sight":
        begins = next_working_morning(now, rules.zone, rules.duty_opens)
    if begins > now:
        occurrences.plan(session, occurrence.kind, occurrence.subject, begins)
        return
    called, recipients = _whom(session, occurrence.kind, now, rules)
    call(session, occurrence.subject, occurrence.kind, recipients, now, text)
    tell_author(session, occurrence.subject, occurrence.kind, called if recipients else "nobody", now, text)


def _whom(session: Session, kind: str, now: datetime, rules: Rules) -> tuple[str, list[Recipient]]:
    """A day that nobody took falls to the coordinators."""
    if kind == unanswered.DAY and (volunteers := rota.volunteers_of(session, now, rules)):
        return "duty", volunteers
    return "coordinators", shuffled(members.coordinators(session))


KINDS = dict.fromkeys(unanswered.WAITS, call_others)
