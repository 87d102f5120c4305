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
    _call(session, occurrence, now, text, rules)


def _call(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """After a sleep both may be due at once: then who is on duty is called beside the coordinators, and the author
    told once."""
    worry_id, kind = occurrence.subject, occurrence.kind
    overtaken = kind == unanswered.DAY and unanswered.has_waited_two_days(session, worry_id, now)
    called, recipients = _whom(session, kind, now, rules)
    if overtaken and called != "duty":
        return
    call(session, worry_id, kind, recipients, now, text)
    if not overtaken:
        tell_author(session, worry_id, kind, called, now, text)


def _whom(session: Session, kind: str, now: datetime, rules: Rules) -> tuple[str, list[Recipient]]:
    """A day that nobody took falls to the coordinators; where there are none, who is on duty is asked once more."""
    on_duty = "duty", rota.volunteers_of(session, now, rules)
    coordinating = "coordinators", shuffled(members.coordinators(session))
    order = (on_duty, coordinating) if kind == unanswered.DAY else (coordinating, on_duty)
    return next((each for each in order if each[1]), ("nobody", []))


KINDS = dict.fromkeys(unanswered.WAITS, call_others)
