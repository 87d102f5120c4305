"""Reads the dates people propose, and never guesses: what is in doubt is asked back with the nearest reading."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.language.cleaning import shorten
from bot.language.dates_days import Days, Question, Vague
from bot.language.dates_groups import Pair, pairs
from bot.language.dates_times import Hours
from bot.language.dates_tokens import tokens
from bot.language.dates_verdicts import judged
from bot.language.dates_writing import normalise, without_numbers

MOST = 100
LONGEST = 10_000
SHOWN = 80
_WEIGHTIEST: tuple[Question, ...] = ("impossible", "contradiction", "past", "unclear")

_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A proposed time; `end` is None when nobody said it, `rule` repeats it (RFC 5545)."""

    start: datetime
    end: datetime | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that are no sure moment, why, and the slot they may have meant."""

    text: str
    question: Question
    nearest: Slot | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text proposes. `slots` holds the sure ones and the nearest readings of those in doubt."""

    slots: tuple[Slot, ...] = ()
    question: Question | None = None
    doubts: tuple[Doubt, ...] = ()
    cut: bool = False


def parse(text: str, now: datetime) -> Parsed:
    """Every time the text proposes, seen from `now` (aware), in the zone of `now`."""
    plain = normalise(text[:LONGEST])
    cut = max(len(text), len(plain)) > LONGEST
    masked = without_numbers(plain[:LONGEST])
    found = judged(masked, tokens(masked))
    proposed = pairs(masked, found, MOST + 1)
    readings = [reading for pair in proposed[:MOST] for reading in _read(pair, now)]
    cut = cut or len(proposed) > MOST or len(readings) > MOST
    slots: dict[tuple[datetime, datetime | None], Slot] = {}
    doubts: list[Doubt] = []
    for reading in readings[:MOST]:
        slot = reading.nearest if isinstance(reading, Doubt) else reading
        if isinstance(reading, Doubt) and reading not in doubts:
            doubts.append(reading)
        if slot is not None:
            slots.setdefault((slot.start, slot.end), slot)
    questions = {doubt.question for doubt in doubts} | ({"unclear"} if cut else set())
    question = next((one for one in _WEIGHTIEST if one in questions), None)
    return Parsed(tuple(sorted(slots.values(), key=_order)), question, tuple(doubts), cut)


def say(moment: datetime, timezone: ZoneInfo, locale: str, now: datetime | None = None) -> str:
    """12月3日(木) 10:00 or Thu 3 Dec, 10:00; with the year when it is not the year of `now`."""
    local = moment.astimezone(timezone)
    year = local.year if now and now.astimezone(timezone).year != local.year else None
    clock = f"{local.hour:02}:{local.minute:02}"
    day = say_day(local.date(), locale)
    if locale.startswith("ja"):
        return f"{year}年{day} {clock}" if year else f"{day} {clock}"
    return f"{day} {year}, {clock}" if year else f"{day}, {clock}"


def say_day(day: date, locale: str) -> str:
    """12月3日(木) or Thu 3 Dec."""
    if locale.startswith("ja"):
        return f"{day.month}月{day.day}日({_WEEKDAYS_JA[day.weekday()]})"
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"


def _order(slot: Slot) -> tuple[datetime, bool, datetime]:
    return slot.start, slot.end is not None, slot.end or slot.start


def _read(pair: Pair, now: datetime) -> list[Slot | Doubt]:
    words = shorten(pair.text.replace("\x00", " "), SHOWN)
    try:
        if pair.moment:
            return [Slot(now.replace(second=0, microsecond=0) + timedelta(minutes=pair.moment.minutes))]
        days = pair.day.read(now.date())
        hours = pair.span.read() if pair.span else Hours(None, None, "unclear")
        if not days.dates or hours.start is None:
            unsure = {days.doubt, hours.doubt} if days.doubt or days.dates else set()
            if isinstance(pair.day, Vague) and hours.doubt is None:
                unsure = {"unclear"}
            weightiest = next((one for one in _WEIGHTIEST if one in unsure), None)
            return [Doubt(words, weightiest)] if weightiest else []
        every = [Days((day,), days.doubt) for day in days.dates] if days.every else [days]
        return [_reading(pair, each, hours, words, now) for each in every]
    except (OverflowError, ValueError):
        return [Doubt(words, "impossible")]


def _reading(pair: Pair, days: Days, hours: Hours, words: str, now: datetime) -> Slot | Doubt:
    starts = [_moment(day, hours.start or 0, now) for day in days.dates]
    start = next((start for start in starts if start and start > now), None)
    doubts = {days.doubt, hours.doubt, "unclear" if pair.lent else None}
    day = days.dates[0]
    if start is not None:
        day = days.dates[starts.index(start)]
    elif starts[0] is None:
        return Doubt(words, "impossible")
    else:
        doubts.add("past")
        later = [(one, _moment(one, hours.start or 0, now)) for one in days.instead]
        day, start = next(((one, at) for one, at in later if at and at > now), (day, None))
    question = next((one for one in _WEIGHTIEST if one in doubts), None)
    if start is None:
        return Doubt(words, "past" if question == "unclear" else question or "past")
    slot, unsure = _ending(pair, day, start, hours, now)
    question = question or unsure
    return Doubt(words, question, slot) if question else slot


def _ending(pair: Pair, day: date, start: datetime, hours: Hours, now: datetime) -> tuple[Slot, Question | None]:
    end = _moment(day, hours.end, now) if hours.end is not None else None
    if pair.span and pair.span.end_day and pair.span.end:
        last, clock = pair.span.end_day.read(day), pair.span.end.read()[0]
        end = _moment(last.dates[0], clock, now) if last.dates and clock is not None else None
    if end is not None and end <= start:
        return Slot(start, None, pair.day.rule), "contradiction"
    return Slot(start, end, pair.day.rule), None


def _moment(day: date, minutes: int, now: datetime) -> datetime | None:
    """None for a moment that no clock shows, as when summer time begins."""
    try:
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        start = wall.replace(tzinfo=now.tzinfo)
        return start if start.astimezone(UTC).astimezone(now.tzinfo).replace(tzinfo=None) == wall else None
    except OverflowError:
        return None
