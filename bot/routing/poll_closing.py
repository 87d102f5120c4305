"""Until when a poll is open, who is reminded before, and what happens when it closes."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from bot.language import workdays
from bot.routing import conference_letters
from bot.store import asked, conferences, occurrences
from bot.store.conferences import PublicConference
from bot.store.polls import Candidate
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_polls as cards
from bot.views.text import Text

CLOSES, REMINDS = "poll.closes", "poll.reminds"
"""The kinds of occurrence."""

OPEN_FOR = 5
"""Working days, where the first time is not nearer."""

A_FEW_HOURS = timedelta(hours=3)
"""So long everybody has at least, and so long there is between what is said about it."""

MORNING = time(9)


def usual(candidates: list[Candidate], now: datetime, rules: Rules) -> datetime:
    """18:00 of the working day before the first time, or of the fifth from now: whichever comes first. Never so near
    that nobody could answer, and never after the last time."""
    starts = [each.starts_at for each in candidates]
    last_day = now.astimezone(rules.zone).date()
    for _ in range(OPEN_FOR):
        last_day = workdays.workday_after(last_day)
    before = workdays.workday_before(min(starts).astimezone(rules.zone).date())
    evening = datetime.combine(min(last_day, before), workdays.CLOSES, rules.zone)
    return min(max(evening, now + A_FEW_HOURS), max(starts))


def in_days(days: int, now: datetime, rules: Rules) -> datetime:
    """The evening so many days from now."""
    day = now.astimezone(rules.zone).date() + timedelta(days=days)
    return datetime.combine(day, workdays.CLOSES, rules.zone)


def begin(
    session: Session, found: PublicConference, candidates: list[Candidate], now: datetime, rules: Rules
) -> PublicConference:
    """Where other times are asked for: their usual end, and what is planned before it."""
    asking = conferences.change(session, found.id, closes_at=usual(candidates, now, rules))
    plan(session, asking, now, rules)
    return asking


def plan(session: Session, found: PublicConference, now: datetime, rules: Rules) -> None:
    """Its end, and before it at most two reminders: half way, and on the morning of the working day before. What was
    planned for another end lapses by itself."""
    if found.closes_at is None:
        return
    end = found.closes_at
    occurrences.plan(session, CLOSES, f"{found.id}.{found.revision}", end)
    moments = [*reminders(now, end, rules), end]
    for due, until in pairwise(moments):
        occurrences.plan(session, REMINDS, _subject(found, until), due)


def reminders(now: datetime, end: datetime, rules: Rules) -> list[datetime]:
    """In working hours, and none within hours of the beginning, the end, or each other."""
    day = workdays.workday_before(end.astimezone(rules.zone).date())
    before = datetime.combine(day, MORNING, rules.zone)
    half = workdays.next_working_moment(now + (end - now) / 2, rules.zone)
    wanted = [half, before] if half + A_FEW_HOURS <= before else [before]
    return [moment for moment in wanted if now + A_FEW_HOURS <= moment <= end - A_FEW_HOURS]


def _subject(found: PublicConference, until: datetime) -> str:
    """The conference; the end it is planned for, by which it lapses; and until when it may still happen."""
    return f"{found.id}.{_seconds(found.closes_at)}.{_seconds(until)}"


def planned(session: Session, subject: str, now: datetime) -> PublicConference | None:
    """None where it is not open any more, has another end now, or it is too late for this."""
    conference_id, end, until = subject.split(".")
    found = conferences.held(session, conference_id)
    if not found.open or _seconds(found.closes_at) != int(end) or int(until) <= now.timestamp():
        return None
    return found


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def look(session: Session, changed: PublicConference, now: datetime, text: Text) -> PublicConference:
    """Called in the transaction of a vote: closes the poll where everybody who was asked has answered.

    Where a code was passed on nobody knows who else will come: such a poll closes at its end, or by hand."""
    if not changed.open or changed.audience != asked.EVERYBODY:
        return changed
    if not asked.is_somebody(session, changed.id) or asked.waited_for(session, changed, now):
        return changed
    return close(session, changed, now, text)


def waits(session: Session, found: PublicConference, now: datetime) -> bool:
    """Whether anybody is waited for whose answer may end it."""
    return found.open and found.audience == asked.EVERYBODY and bool(asked.waited_for(session, found, now))


def close(session: Session, found: PublicConference, now: datetime, text: Text) -> PublicConference:
    """Nobody answers any more; whoever looks after it is told, once."""
    closed = conferences.change(session, found.id, state="closed")
    conference_letters.update_posts(session, closed, now, text)
    conference_letters.tell(
        session,
        conference_letters.responsible(session, closed.id),
        f"conference:closed:{closed.id}:{closed.revision}",
        lambda speaking: cards.closed(speaking, closed),
        now,
        text,
    )
    return closed
