"""A series goes on: when its coordinator is asked about the next date, and what is told once that is answered."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.errors import Refused
from bot.chat.events import Submit
from bot.chat.messages import Message, Reply
from bot.language import dates, repeating, workdays
from bot.routing import conference_letters, conference_plans, poll_closing, working_days
from bot.routing.turn import Turn
from bot.store import asked, occurrences, series, series_dates
from bot.store.conferences import PublicConference
from bot.store.polls import DEFAULT_MINUTES, Candidate
from bot.store.rules import Rules
from bot.store.series import Date, PublicSeries
from bot.store.session import Session
from bot.views.cards import conference as conference_cards
from bot.views.cards import conference_series as cards
from bot.views.text import Text

ASK, REMIND, SILENT = "series.ask", "series.remind", "series.silent"
"""The kinds of occurrence at which a coordinator is asked, reminded, and no longer waited for."""

ASKED_BEFORE, REMINDED_BEFORE, WAITED_UNTIL = timedelta(days=14), timedelta(days=7), timedelta(days=3)
TIME_TO_ANSWER = timedelta(days=1)
"""At least so much lies between two letters about one date, however late the first was."""

MORNING = time(9)


def subject(series_id: str, day: date) -> str:
    """What an occurrence, a letter and a button say of one date of a series."""
    return f"{series_id}.{day:%Y%m%d}"


async def begun(turn: Turn, submit: Submit, theme: str, kind: str) -> Reply | None:
    """Where every time in the form repeats it is a series and no poll. One about a worry is never one."""
    parsed = dates.parse(submit.answers["times"], turn.now.astimezone(turn.text.timezone))
    if submit.argument or not repeating.all_repeat(parsed):
        return None
    slot = repeating.wished(parsed)
    if slot is None:
        if parsed.doubts or parsed.cut:
            return None
        raise Refused("conference_series.one", field="times")
    minutes = int((slot.end - slot.start).total_seconds() // 60) if slot.end else DEFAULT_MINUTES
    await working_days.loaded(turn)

    def write(session: Session) -> Reply:
        made = series.begin(session, theme, minutes, kind, slot.rule or "", slot.start, turn.member.id)
        return Reply(started(turn, session, made))

    return await turn.db.write(write)


def started(turn: Turn, session: Session, made: PublicSeries) -> Message:
    """It stands: where the first date is near, it is asked about here and now."""
    first = series.next_open(session, made, turn.now, turn.rules.zone)
    if first is None:
        raise Refused("conference_series.no_date")
    plan(session, made, turn.now, turn.rules, asked=is_near(first, turn.now))
    return home(turn, session, made)


def home(turn: Turn, session: Session, found: PublicSeries) -> Message:
    ahead = series.ahead(session, found, turn.now, turn.rules.zone)
    waits = series.next_open(session, found, turn.now, turn.rules.zone)
    near = waits if waits and is_near(waits, turn.now) else None
    return cards.home(turn.text, found, ahead, near)


def is_near(date: Date, now: datetime) -> bool:
    return date.starts_at - ASKED_BEFORE <= now


def plan(session: Session, found: PublicSeries, now: datetime, rules: Rules, *, asked: bool = False) -> None:
    """The coordinator is asked about the next date that is open. asked: they see the question at this moment."""
    if upcoming := series.next_open(session, found, now, rules.zone):
        if asked:
            plan_reminder(session, found, upcoming, now, rules)
        else:
            due = workdays.next_working_moment(max(upcoming.starts_at - ASKED_BEFORE, now), rules.zone)
            occurrences.plan(session, ASK, subject(found.id, upcoming.day), due)


def plan_reminder(session: Session, found: PublicSeries, date: Date, now: datetime, rules: Rules) -> None:
    """Left out where it would come within a day of the end."""
    due, ends = working(date, REMINDED_BEFORE, now, rules.zone), waits_until(date, now, rules.zone)
    if due + TIME_TO_ANSWER < ends:
        occurrences.plan(session, REMIND, subject(found.id, date.day), due)
    else:
        occurrences.plan(session, SILENT, subject(found.id, date.day), ends)


def plan_end_of_waiting(session: Session, found: PublicSeries, date: Date, now: datetime, rules: Rules) -> None:
    occurrences.plan(session, SILENT, subject(found.id, date.day), waits_until(date, now, rules.zone))


def waits_until(date: Date, now: datetime, zone: ZoneInfo) -> datetime:
    """Three days before, and never after its beginning."""
    return min(working(date, WAITED_UNTIL, now, zone), date.starts_at)


def working(date: Date, before: timedelta, now: datetime, zone: ZoneInfo) -> datetime:
    """So long before the date, in working hours, and a day from now at the earliest. Where these come only on the day
    itself or later, as after Golden Week, it is the morning of the working day before."""
    earliest = now + TIME_TO_ANSWER
    due = workdays.next_working_moment(max(date.starts_at - before, earliest), zone)
    if due.astimezone(zone).date() < date.day:
        return due
    morning = datetime.combine(workdays.workday_before(date.day), MORNING, zone)
    return morning if morning >= earliest else due


def hold(turn: Turn, session: Session, found: PublicSeries, day: date, candidates: list[Candidate]) -> PublicConference:
    """Fixed on one date and told, or asked for where there are several; the next date of the series is planned."""
    was_next = is_next(session, found, day, turn.now, turn.rules)
    made = series_dates.hold(session, found, day, candidates, turn.member.id, turn.now)
    if not made.chosen:
        asked.everybody(session, made)
        made = poll_closing.begin(session, made, candidates, turn.now, turn.rules)
    conference_letters.post(session, made, turn.now, turn.text)
    company = [each for each in series.company(session, found.id) if each != turn.member.id]
    card = cards.invited if made.chosen else conference_cards.poll
    key = f"fixed:{made.occasion}" if made.chosen else f"series:{made.id}:poll"
    conference_letters.tell(session, company, key, lambda text: card(text, made), turn.now, turn.text)
    if made.chosen:
        conference_plans.plan(session, made, turn.now, turn.rules)
    go_on(session, found, turn.now, turn.rules, was_next=was_next)
    return made


def is_next(session: Session, found: PublicSeries, day: date, now: datetime, rules: Rules) -> bool:
    upcoming = series.next_open(session, found, now, rules.zone)
    return upcoming is not None and upcoming.day == day


def go_on(session: Session, found: PublicSeries, now: datetime, rules: Rules, *, was_next: bool) -> None:
    """Each date is asked about once: the next one only when that before it is answered."""
    if was_next:
        plan(session, series.find(session, found.id), now, rules)


def rest(session: Session, found: PublicSeries, date: Date, now: datetime, text: Text, rules: Rules) -> PublicSeries:
    """None on this date: who came lately is told while it is still ahead, and the next date is planned."""
    was_next = date.starts_at <= now or is_next(session, found, date.day, now, rules)
    resting = series.rest(session, found, date.day, rests=True)
    following = series.next_open(session, resting, date.starts_at, rules.zone)
    conference_letters.tell(
        session,
        series.company(session, found.id) if date.starts_at > now else (),
        f"series:{subject(found.id, date.day)}:rests",
        lambda text: cards.none_this_time(text, resting, date, following),
        now,
        text,
    )
    go_on(session, resting, now, rules, was_next=was_next)
    return resting
