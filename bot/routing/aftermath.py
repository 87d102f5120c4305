"""That somebody is asked what became of a case is planned with the date of its conference."""

from datetime import datetime

from bot.store import aftermath
from bot.store.conferences import PublicConference
from bot.store.rules import Rules
from bot.store.session import Session


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:  # noqa: ARG001
    aftermath.plan(session, fixed, rules.zone)
