"""Working days and hours in Japan: no weekends, no public holidays, no year's end."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from holidays import HolidayBase

OPENS = time(8, 30)
CLOSES = time(18, 0)
SATURDAY = 5


def is_workday(day: date) -> bool:
    """Whether public offices are open: the law closes them from 29 December to 3 January."""
    return day.weekday() < SATURDAY and not is_year_end(day) and not is_holiday(day)


def is_year_end(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


def is_holiday(day: date) -> bool:
    """By law, substitute days among them."""
    return day in _holidays()


def next_working_moment(moment: datetime, timezone: ZoneInfo, opens: time = OPENS, closes: time = CLOSES) -> datetime:
    """The moment itself inside working hours, or the next opening."""
    local = moment.astimezone(timezone)
    day = local.date()
    if is_workday(day) and opens <= local.time() < closes:
        return moment
    if local.time() >= opens:
        day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, opens, timezone)


def after_open_hours(
    moment: datetime, by: timedelta, timezone: ZoneInfo, opens: time = OPENS, closes: time = CLOSES
) -> datetime:
    """So much later, counting only the hours that are open on working days."""
    moment = next_working_moment(moment, timezone, opens, closes)
    closing = datetime.combine(moment.astimezone(timezone).date(), closes, timezone)
    if moment + by <= closing:
        return moment + by
    return after_open_hours(closing, by - (closing - moment), timezone, opens, closes)


def next_working_morning(moment: datetime, timezone: ZoneInfo, opens: time = OPENS) -> datetime:
    """The next opening that is still to come."""
    local = moment.astimezone(timezone)
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, opens, timezone)


def after_working_time(moment: datetime, wait: timedelta, timezone: ZoneInfo) -> datetime:
    """When so much time of working days has passed since this moment: each of them counts from midnight to midnight,
    all others not at all."""
    at = moment.astimezone(timezone)
    while True:
        midnight = _midnight_after(at)
        here = midnight - at if is_workday(at.date()) else timedelta()
        if wait < here:
            return at + wait
        wait -= here
        at = midnight


def working_time_between(start: datetime, end: datetime, timezone: ZoneInfo) -> timedelta:
    """How much time of working days lies between; nothing where the end is not after the start."""
    at, end = start.astimezone(timezone), end.astimezone(timezone)
    passed = timedelta()
    while at < end:
        stop = min(_midnight_after(at), end)
        if is_workday(at.date()):
            passed += stop - at
        at = stop
    return passed


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time.min, moment.tzinfo)


def workday_before(day: date) -> date:
    """The last working day before this one."""
    day -= timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def workday_after(day: date) -> date:
    """The next working day after this one."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


@cache
def _holidays() -> "HolidayBase":
    # Loading every country's calendar takes a tenth of a second, which only those who ask for it should wait.
    from holidays import country_holidays

    return country_holidays("JP")
