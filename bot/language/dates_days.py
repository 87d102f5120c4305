"""The kinds of day people name, and which calendar day each means on a given today."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

Question = Literal["impossible", "contradiction", "past", "unclear"]
FURTHEST_DAYS = 31
AHEAD = 14
_RULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Days:
    """The days a writing may mean, soonest first; the doubt; and the days to offer when those are gone.

    `every` is for a span of days, each of which is meant.
    """

    dates: tuple[date, ...] = ()
    doubt: Question | None = None
    instead: tuple[date, ...] = ()
    every: bool = False


NEVER = Days((), "impossible")


@dataclass(frozen=True, slots=True)
class OnDate:
    """12/3, 2026年12月3日, 来月3日; a bare 4日 has no month until the day written before it lends one."""

    day: int
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None
    years_ahead: int | None = None
    weekday: int | None = None
    era_wrong: bool = False
    every: bool = False

    @property
    def rule(self) -> str | None:
        return f"FREQ=MONTHLY;BYMONTHDAY={self.day}" if self.every else None

    def read(self, today: date) -> Days:
        if not 1 <= self.day <= 31 or not 1 <= (self.month or 1) <= 12:
            return NEVER
        if self.month is None and self.months_ahead is None:
            return checked(_next(f"FREQ=MONTHLY;BYMONTHDAY={self.day}", today), self.weekday)
        if self.months_ahead is not None:
            dated = [_months_later(today, self.months_ahead + more) for more in (0, 1)]
        else:
            dated = self._years(today)
        found = [_date(year, month, self.day) for year, month in dated]
        if found[0] is None:
            return _last_of(*dated[0])
        days = checked((found[0],), self.weekday, tuple(day for day in found[1:] if day))
        return replace(days, doubt="contradiction") if self.era_wrong else days

    def _years(self, today: date) -> list[tuple[int, int]]:
        month = self.month or today.month
        year = today.year + self.years_ahead if self.years_ahead is not None else self.year
        if year is not None:
            return [(year, month), (today.year, month), (today.year + 1, month)]
        gone = (month, self.day) < (today.month, today.day)
        return [(today.year + gone, month)]


@dataclass(frozen=True, slots=True)
class InDays:
    """今日, 明日, あさって, 20日後; `part` is 午後 in 今夜 and 午前 in 明朝."""

    days: int
    weekday: int | None = None
    part: str = ""
    rule: None = None

    def read(self, today: date) -> Days:
        return checked((today + timedelta(days=self.days),), self.weekday)


@dataclass(frozen=True, slots=True)
class InWeek:
    """火曜, 来週火曜; `later` for 次の火曜, which is never today; `of` the day whose week is meant."""

    weekday: int
    weeks: int | None = None
    later: bool = False
    of: OnDate | None = None
    interval: int = 0

    @property
    def rule(self) -> str | None:
        return self._rule(self.interval) if self.interval else None

    def _rule(self, interval: int = 1) -> str:
        every = f"INTERVAL={interval};" if interval > 1 else ""
        return f"FREQ=WEEKLY;{every}BYDAY={_RULE_DAYS[self.weekday]}"

    def read(self, today: date) -> Days:
        if self.of is not None:
            named = self.of.read(today)
            return replace(named, dates=tuple(_in_week(day, self.weekday) for day in named.dates))
        if self.weeks is not None:
            day = _in_week(today + timedelta(weeks=self.weeks), self.weekday)
            return Days((day,), None, (day + timedelta(weeks=1),))
        coming = _next(self._rule(), today + timedelta(days=self.later))
        return Days(coming, "unclear" if self.interval > 1 else None)


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """第3木曜, 12月第3木曜, 来月第3木曜; -1 is the last; `week` for 第3週の木曜, which may mean another day."""

    nth: int
    weekday: int
    month: int | None = None
    months_ahead: int | None = None
    week: bool = False
    every: bool = False

    @property
    def rule(self) -> str | None:
        return self._rule if self.every else None

    @property
    def _rule(self) -> str:
        return f"FREQ=MONTHLY;BYDAY={self.nth}{_RULE_DAYS[self.weekday]}"

    def read(self, today: date) -> Days:
        if self.nth not in (-1, 1, 2, 3, 4, 5) or not 1 <= (self.month or 1) <= 12:
            return NEVER
        if self.month is None and self.months_ahead is None:
            return Days(_next(self._rule, today), "unclear" if self.week else None)
        if self.months_ahead is not None:
            months = [_months_later(today, self.months_ahead + more) for more in (0, 1)]
        else:
            year = today.year + ((self.month or 1) < today.month)
            months = [(year, self.month or 1), (year + 1, self.month or 1)]
        found = [self._in(*month) for month in months]
        if found[0] is None:
            last = replace(self, nth=-1)._in(*months[0])
            return Days((last,) if last else (), "impossible")
        if self.months_ahead is None:
            found = [day for day in found if day and day >= today] or found
        return Days(tuple(day for day in found[:1] if day), "unclear" if self.week else None, _known(found[1:]))

    def _in(self, year: int, month: int) -> date | None:
        first = date(year, month, 1)
        if self.nth < 0:
            last = date(year, month, monthrange(year, month)[1])
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        return _date(year, month, 1 + (self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class After:
    """その翌日: so many days after a day named before it."""

    day: "Day | None"
    days: int = 1
    rule: None = None

    def read(self, today: date) -> Days:
        named = self.day.read(today) if self.day else Days((today,))
        return replace(named, dates=tuple(day + timedelta(days=self.days) for day in named.dates))


@dataclass(frozen=True, slots=True)
class Both:
    """来週火曜(6/3): one day in two writings, which may contradict each other; the written date is nearest."""

    one: "Day"
    named: "Day"

    @property
    def rule(self) -> str | None:
        return self.one.rule

    def read(self, today: date) -> Days:
        one, named = self.one.read(today), self.named.read(today)
        if named.doubt or not named.dates:
            return named
        agree = set(named.dates) & set(one.dates)
        return named if agree else replace(named, doubt="contradiction")


@dataclass(frozen=True, slots=True)
class Through:
    """12/3〜5, 月〜水: each of these days."""

    first: "Day"
    last: "Day"
    rule: None = None

    def read(self, today: date) -> Days:
        first, last = self.first.read(today), self.last.read(today)
        if not first.dates or not last.dates or first.doubt or last.doubt:
            return replace(first if first.doubt or not first.dates else last, every=False)
        start = first.dates[0]
        stop = next((day for day in last.dates if day >= start), None)
        if stop is None or (stop - start).days > FURTHEST_DAYS:
            return Days((start,), "contradiction")
        return Days(tuple(start + timedelta(days=more) for more in range((stop - start).days + 1)), every=True)


@dataclass(frozen=True, slots=True)
class Vague:
    """来週, 12月, 月末, 平日: no day by itself, but it lends its week or month to the days after it."""

    weeks: int | None = None
    month: int | None = None
    months_ahead: int | None = None
    rule: None = None

    def read(self, today: date) -> Days:  # noqa: ARG002
        return Days((), "unclear")


@dataclass(frozen=True, slots=True)
class Gone:
    """昨日, 先週火曜: what was, proposed by nobody."""

    rule: None = None

    def read(self, today: date) -> Days:  # noqa: ARG002
        return Days()


Day = OnDate | InDays | InWeek | NthWeekday | After | Both | Through | Vague | Gone


def checked(days: tuple[date, ...], weekday: int | None, instead: tuple[date, ...] = ()) -> Days:
    """These days, contradicted by a weekday that is none of the first one's."""
    wrong = bool(days) and weekday is not None and days[0].weekday() != weekday
    return Days(days, "contradiction" if wrong else None, instead)


def _next(rule: str, today: date) -> tuple[date, ...]:
    """The first days that a rule of RFC 5545 names, from today on."""
    from dateutil.rrule import rrulestr

    begin = datetime(today.year, today.month, today.day)
    found: Iterator[datetime] = iter(rrulestr(rule, dtstart=begin))
    return tuple(moment.date() for moment in islice(found, 2))


def _in_week(day: date, weekday: int) -> date:
    return day + timedelta(days=weekday - day.weekday())


def _last_of(year: int, month: int) -> Days:
    if not 1 <= year <= 9999:
        return NEVER
    return Days((date(year, month, monthrange(year, month)[1]),), "impossible")


def _known(days: list[date | None]) -> tuple[date, ...]:
    return tuple(day for day in days if day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_later(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + months, 12)
    return today.year + years, month + 1
