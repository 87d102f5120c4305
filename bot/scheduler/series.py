"""The coordinator of a series is asked about its next date, reminded once, and then that date is left out, and told."""

from datetime import datetime

from bot.chat.errors import Refused
from bot.language import workdays
from bot.routing import conference_letters
from bot.routing import series as going_on
from bot.store import occurrences, series
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.series import Date, PublicSeries
from bot.store.session import Session
from bot.views.cards import conference_series as cards
from bot.views.text import Text


def ask(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    _ask(session, occurrence, now, text, rules, "ask")


def remind(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    _ask(session, occurrence, now, text, rules, "remind")


def _ask(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules, what: str) -> None:
    """A house that slept may be too late for a question: then there is none on that date, and it is said why."""
    found, date = _waiting(session, occurrence, now, rules)
    if date.starts_at <= now:
        return _rest(session, found, date, now, text, rules)
    opens = workdays.next_working_moment(now, rules.zone)
    if now < opens < date.starts_at:  # a house that was down may come back at night
        occurrences.plan(session, occurrence.kind, occurrence.subject, opens)
        return None
    skipped = tuple(
        each
        for each in series.ahead(session, found, now, rules.zone)
        if each.off == "holiday" and each.starts_at < date.starts_at
    )
    conference_letters.tell(
        session,
        series.responsible(session, found.id),
        f"series:{occurrence.subject}:{what}",
        lambda text: cards.ask(text, found, date, skipped, again=what == "remind"),
        now,
        text,
        expires=date.starts_at,
    )
    if what == "ask":
        return going_on.plan_reminder(session, found, date, now, rules)
    return going_on.plan_end_of_waiting(session, found, date, now, rules)


def stop_waiting(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    found, date = _waiting(session, occurrence, now, rules)
    _rest(session, found, date, now, text, rules)


def _rest(session: Session, found: PublicSeries, date: Date, now: datetime, text: Text, rules: Rules) -> None:
    key = f"series:{going_on.subject(found.id, date.day)}:rested"
    caring = series.responsible(session, found.id)
    resting = going_on.rest(session, found, date, now, text, rules)
    still = date.starts_at > now
    conference_letters.tell(
        session, caring, key, lambda text: cards.rested_unanswered(text, resting, date, still=still), now, text
    )


def _waiting(session: Session, occurrence: Occurrence, now: datetime, rules: Rules) -> tuple[PublicSeries, Date]:
    """Refused where this date has been answered, or the series has ended: then nothing is to be done. Where the rule
    has no such date any more, because the community has moved to another zone, the next one is planned instead."""
    series_id, _, day = occurrence.subject.rpartition(".")
    found = series.held(session, series_id)
    try:
        date = series.on(session, found, datetime.strptime(day, "%Y%m%d").date(), rules.zone)
    except Refused:
        going_on.plan(session, found, now, rules)
        raise
    if not date.open:
        raise Refused("conference_series.answered")
    return found, date


KINDS = {going_on.ASK: ask, going_on.REMIND: remind, going_on.SILENT: stop_waiting}
