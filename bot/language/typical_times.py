"""Times that suit many workers, for those who have none in mind: working days of the next weeks, never a holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.language.workdays import is_workday

TUESDAY, THURSDAY = 1, 3
EVERY_DAY = range(5)
LOOKED_AHEAD = timedelta(days=70)
"""As far as is looked; no run of holidays is so long."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """weekdays: from Monday on. after: so many weeks from this one. number: how many times it proposes."""

    name: str
    weekdays: tuple[int, ...]
    at: time
    number: int
    after: int = 1


PATTERNS = (
    Pattern("tuesdays_thursdays", (TUESDAY, THURSDAY), time(14), 4),
    Pattern("mornings", tuple(EVERY_DAY), time(10), 5),
    Pattern("afternoons", tuple(EVERY_DAY), time(15), 5),
    Pattern("week_after", tuple(EVERY_DAY), time(14), 5, after=2),
)


def moments(pattern: Pattern, now: datetime) -> list[datetime]:
    """In the zone of now. Days on which offices are closed make room for the next ones."""
    return [datetime.combine(day, pattern.at, now.tzinfo) for day in _days(pattern, now.date())]


def _days(pattern: Pattern, today: date) -> Iterator[date]:
    day = today - timedelta(days=today.weekday()) + timedelta(weeks=pattern.after)
    left, last = pattern.number, day + LOOKED_AHEAD
    while left and day < last:
        if day.weekday() in pattern.weekdays and is_workday(day):
            left -= 1
            yield day
        day += timedelta(days=1)
