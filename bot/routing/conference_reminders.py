"""When those who come to a conference are reminded of it."""

from datetime import datetime, time, timedelta

from bot.language import workdays
from bot.store import occurrences
from bot.store.conferences import PublicConference
from bot.store.rules import Rules
from bot.store.session import Session

REMINDER = "conference.reminder"
REMIND_AT = time(9, 0)

JUST_TOLD = timedelta(hours=3)
"""So soon after the decision a reminder would only say it twice."""


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:
    """The morning of the working day before, or the next working moment where that has passed; nothing where a
    reminder would come too late or only say again what was just said."""
    if fixed.chosen is None:
        return
    starts_at = fixed.chosen.starts_at
    day_before = workdays.workday_before(starts_at.astimezone(rules.zone).date())
    moment = max(datetime.combine(day_before, REMIND_AT, rules.zone), workdays.next_working_moment(now, rules.zone))
    if now + JUST_TOLD < moment < starts_at:
        occurrences.plan(session, REMINDER, fixed.occasion, moment)
