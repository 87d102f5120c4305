"""Reads candidate dates as coordinators write them, and never guesses: what is unsure is Unclear."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.language.cleaning import shorten
from bot.language.dates_days import Reason
from bot.language.dates_pairs import Pair, pairs
from bot.language.dates_times import DAY
from bot.language.dates_writing import leftovers, normalise, tokens

MOST = 100
LONGEST = 10_000
LINE_SHOWN = 80

_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A moment someone proposes, how long it takes if they said so, and the words it was read from."""

    start: datetime
    minutes: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that are no sure moment, why, and the moment they may have meant."""

    text: str
    reason: Reason
    nearest: datetime | None = None


def candidates(text: str, now: datetime, timezone: ZoneInfo) -> tuple[list[Candidate], list[Unclear]]:
    """Every date in the text, one or more on a line, seen from `now` (aware) in `timezone`."""
    plain = normalise(text[:LONGEST])
    cut = max(len(text), len(plain)) > LONGEST
    lines = [line for line in plain[:LONGEST].split("\n") if line]
    too_many = cut or len(lines) > MOST
    if cut:
        lines = lines[:-1]
    readings: list[Candidate | Unclear] = []
    for line in lines[:MOST]:
        readings.extend(_read_line(line, now.astimezone(timezone), timezone))
        if len(readings) > MOST:
            too_many = True
            break
    readings = readings[:MOST]
    if too_many:
        readings.append(Unclear("", "too_many"))
    return (
        [reading for reading in readings if isinstance(reading, Candidate)],
        [reading for reading in readings if isinstance(reading, Unclear)],
    )


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


def _read_line(line: str, now: datetime, timezone: ZoneInfo) -> Iterator[Candidate | Unclear]:
    found = tokens(line)
    proposed = pairs(line, found, MOST + 1)
    readings = [_read_pair(pair, now, timezone) for pair in proposed.pairs]
    unread = leftovers(line, found)
    if readings and not proposed.doubt and not unread:
        yield from readings
        return
    moments = {reading.start if isinstance(reading, Candidate) else reading.nearest for reading in readings}
    yield Unclear(
        shorten(line, LINE_SHOWN),
        "no_time" if readings and not (unread and any(pair.span for pair in proposed.pairs)) else "no_date",
        moments.pop() if len(moments) == 1 else None,
    )


def _read_pair(pair: Pair, now: datetime, timezone: ZoneInfo) -> Candidate | Unclear:
    days = pair.day.read(now.date())
    if not days.dates:
        return Unclear(pair.text, days.doubt or "no_date")
    if pair.span is None:
        return Unclear(pair.text, "no_time")
    hours = pair.span.read()
    starts = [start for start in (_start(day, hours.start, timezone) for day in days.dates) if start]
    minutes = hours.minutes or pair.minutes
    if hours.doubt == "impossible" or not starts or (minutes is not None and not 0 < minutes <= DAY):
        return Unclear(pair.text, "impossible")
    start = next((start for start in starts if start > now), starts[0])
    doubt = days.doubt or hours.doubt or ("no_time" if pair.minutes not in (None, minutes) else None)
    if doubt is None and start <= now:
        doubt = "past"
    return Unclear(pair.text, doubt, start) if doubt else Candidate(start, minutes, pair.text)


def _start(day: date, minutes: int, timezone: ZoneInfo) -> datetime | None:
    """None for a moment that no clock shows, as when summer time begins."""
    try:
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        start = wall.replace(tzinfo=timezone)
        return start if start.astimezone(UTC).astimezone(timezone).replace(tzinfo=None) == wall else None
    except OverflowError:
        return None
