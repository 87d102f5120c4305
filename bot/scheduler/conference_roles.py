"""A role that must be there is still free: those who come are asked once whether one of them would take it."""

from datetime import datetime

from bot.language import workdays
from bot.routing import conference_roles
from bot.routing.conference_roles import AGAIN, MISSING
from bot.store import conferences, occurrences
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.text import Text


def call(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """For all of them in one letter."""
    found = conferences.on_occasion(session, occurrence.subject)
    if _waits(session, occurrence, now, rules):
        return
    missing = conference_roles.still_missing(session, found, found.required)
    conference_roles.call(session, found, missing, f"call:{found.occasion}", now, text)


def call_again(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """For the one that became free, unless somebody has taken it meanwhile."""
    occasion, _, role = occurrence.subject.rpartition(".")
    found = conferences.on_occasion(session, occasion)
    if _waits(session, occurrence, now, rules):
        return
    missing = conference_roles.still_missing(session, found, (role,))
    conference_roles.call(session, found, missing, f"call:{occurrence.subject}", now, text)


def _waits(session: Session, occurrence: Occurrence, now: datetime, rules: Rules) -> bool:
    """A house that was down may come back at night: it is planned for when people work."""
    opens = workdays.next_working_moment(now, rules.zone)
    if opens > now:
        occurrences.plan(session, occurrence.kind, occurrence.subject, opens)
    return opens > now


KINDS = {MISSING: call, AGAIN: call_again}
