"""That somebody is to be told of two dates at the same time."""

from datetime import datetime

from bot.store import clashes, occurrences
from bot.store.conferences import PublicConference
from bot.store.rules import Rules
from bot.store.session import Session

CLASH = "conference.clash"


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:  # noqa: ARG001
    """At once, and only where it may be so."""
    if clashes.any_near(session, fixed):
        occurrences.plan(session, CLASH, fixed.occasion, now)
