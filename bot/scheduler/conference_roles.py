"""A role that must be there is still free: those who come are asked once whether one of them would take it."""

from datetime import datetime

from bot.routing import conference_roles
from bot.routing.conference_roles import AGAIN, MISSING
from bot.store import conferences
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.text import Text


def call(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """For all of them in one letter."""
    found = conferences.on_occasion(session, occurrence.subject)
    missing = conference_roles.still_missing(session, found, found.required)
    conference_roles.call(session, found, missing, f"call:{found.occasion}", now, text)


def call_again(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """For the one that became free, unless somebody has taken it meanwhile."""
    occasion, _, role = occurrence.subject.rpartition(".")
    found = conferences.on_occasion(session, occasion)
    missing = conference_roles.still_missing(session, found, (role,))
    conference_roles.call(session, found, missing, f"call:{occurrence.subject}", now, text)


KINDS = {MISSING: call, AGAIN: call_again}
