"""The days in which a next small step is taken: a window, never one day that can be missed."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Name = Literal["week", "fortnight", "month", "quarter"]
NAMES: tuple[Name, ...] = get_args(Name)

SHORTEST = 7
"""Days by which a window moves on at least: two more days would be no kindness."""

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day."""

    opens: date
    closes: date

    @property
    def days(self) -> int:
        return (self.closes - self.opens).days + 1


def from_today(name: str, today: date) -> Window:
    """A KeyError for anything that is no window."""
    ends = {
        "week": today + timedelta(days=SUNDAY - today.weekday()),
        "fortnight": today + timedelta(days=13),
        "month": today.replace(day=monthrange(today.year, today.month)[1]),
        "quarter": _months_later(today, 3) - timedelta(days=1),
    }
    return Window(today, ends[name])


def moved_on(window: Window, today: date) -> Window:
    """As long once more, from where it ends, or from today where that is over."""
    opens = max(window.closes + timedelta(days=1), today)
    return Window(opens, opens + timedelta(days=max(window.days, SHORTEST) - 1))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
