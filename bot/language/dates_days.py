"""The kinds of day people name, and which calendar day each means on a given today."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Reason = Literal["no_date", "no_time", "past", "weekday", "impossible", "too_many"]


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar days a writing may mean, soonest first, and why they are in doubt, if they are."""

    dates: tuple[date, ...] = ()
    doubt: Reason | None = None


IMPOSSIBLE = Days((), "impossible")


@dataclass(frozen=True, slots=True)
class OnDate:
    """12/3, 2026年12月3日, 来月3日; a bare 4日 has no month until the day written before it lends one."""

    day: int
    month: int | None = None
    year: int | None = None
    years_ahead: int | None = None
    months_ahead: int | None = None
    weekday: int | None = None

    def after(self, earlier: "Day | None") -> "Day":
        if isinstance(earlier, OnDate) and self.month is None and self.months_ahead is None:
            return replace(earlier, day=self.day, weekday=self.weekday)
        return self

    def read(self, today: date) -> Days:
        year, month = self.year, self.month
        if self.months_ahead is not None:
            year, month = _months_later(today, self.months_ahead)
        elif self.years_ahead is not None:
            year = today.year + self.years_ahead
        if month is None:
            return Days((), "no_date")
        if year is not None:
            return _checked(_date(year, month, self.day), self.weekday)
        this, following = (_date(today.year + ahead, month, self.day) for ahead in (0, 1))
        if this is not None and this < today and this.weekday() == self.weekday:
            return Days((this,), "past")
        return _checked(this if this is not None and this >= today else following, self.weekday)


@dataclass(frozen=True, slots=True)
class InDays:
    """今日, 明日, あさって, 20日後."""

    days: int
    weekday: int | None = None

    def after(self, _earlier: "Day | None") -> "Day":
        return self

    def read(self, today: date) -> Days:
        return _checked(today + timedelta(days=self.days), self.weekday)


@dataclass(frozen=True, slots=True)
class InWeek:
    """火曜, 来週火曜; `nearest_too` marks "next Tuesday": the coming one to some, next week's to others."""

    weekday: int
    weeks_ahead: int | None = None
    nearest_too: bool = False

    def after(self, earlier: "Day | None") -> "Day":
        if isinstance(earlier, InWeek) and self.weeks_ahead is None:
            return replace(earlier, weekday=self.weekday)
        return self

    def read(self, today: date) -> Days:
        coming = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        if self.weeks_ahead is None:
            return Days((coming, coming + timedelta(days=7)))
        # Weeks begin on Monday for some and on Sunday for others: only what both read alike is certain.
        from_monday = today + timedelta(days=7 * self.weeks_ahead + self.weekday - today.weekday())
        from_sunday = today + timedelta(days=7 * self.weeks_ahead + (self.weekday + 1) % 7 - (today.weekday() + 1) % 7)
        readings = {from_monday, from_sunday}
        if self.nearest_too:
            readings.add(coming if coming > today else coming + timedelta(days=7))
        return Days((from_monday,), "weekday" if len(readings) > 1 else None)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """第3木曜, 12月第3木曜, 来月第3木曜."""

    nth: int
    weekday: int
    month: int | None = None
    months_ahead: int | None = None

    def after(self, earlier: "Day | None") -> "Day":
        if isinstance(earlier, NthWeekday) and self.month is None and self.months_ahead is None:
            return replace(earlier, nth=self.nth, weekday=self.weekday)
        return self

    def read(self, today: date) -> Days:
        if not 1 <= self.nth <= 5 or not 1 <= (self.month or 1) <= 12:
            return IMPOSSIBLE
        if self.months_ahead is not None:
            found = self._in(*_months_later(today, self.months_ahead))
            return Days((found,)) if found else IMPOSSIBLE
        months = [_months_later(today, ahead) for ahead in range(14)]
        days = [self._in(year, month) for year, month in months if self.month in (None, month)]
        return Days(tuple(day for day in days if day and day >= today)) if any(days) else IMPOSSIBLE

    def _in(self, year: int, month: int) -> date | None:
        first = date(year, month, 1)
        return _date(year, month, 1 + (self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))


Day = OnDate | InDays | InWeek | NthWeekday


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_later(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + months, 12)
    return today.year + years, month + 1


def _checked(day: date | None, weekday: int | None) -> Days:
    if day is None:
        return IMPOSSIBLE
    return Days((day,), "weekday" if weekday not in (None, day.weekday()) else None)
