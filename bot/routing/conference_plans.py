"""What is planned when the date of a conference stands: each planner adds its own occurrences, in the same transaction.

What it plans carries the conference's occasion as its subject, so that another date makes it lapse.
"""

from collections.abc import Callable
from datetime import datetime

from bot.routing import (
    aftermath,
    conference_clashes,
    conference_reminders,
    conference_roles,
    conference_seats,
    meetings,
    sheets,
)
from bot.store.conferences import PublicConference
from bot.store.rules import Rules
from bot.store.session import Session

Planner = Callable[[Session, PublicConference, datetime, Rules], None]

PLANNERS: tuple[Planner, ...] = (
    conference_seats.plan,
    conference_reminders.plan,
    conference_roles.plan,
    sheets.plan,
    aftermath.plan,
    conference_clashes.plan,
    meetings.plan,
)


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:
    for planner in PLANNERS:
        planner(session, fixed, now, rules)
