"""A time zone as RFC 5545 wants it written: every change of its clocks in some years, taken from the tz database.

The library can write one too, but begins summer time an hour late (docs/decisions/0034)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

EPOCH = datetime(1970, 1, 1)
_STEP = timedelta(days=7)
"""No clock is changed and changed back within a week."""

_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=64)
def written(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """first, last: the years for which it must hold. Not to be changed by whoever gets it."""
    component = Timezone()
    component.add("tzid", zone.key)
    begins = datetime(first, 1, 1, tzinfo=UTC)
    component.add_component(_observance(begins.astimezone(zone), _offset(begins, zone), EPOCH))
    for moment in _changes(zone, begins, datetime(last + 1, 1, 1, tzinfo=UTC)):
        before = _offset(moment - _SECOND, zone)
        component.add_component(_observance(moment.astimezone(zone), before, (moment + before).replace(tzinfo=None)))
    return component


def _observance(local: datetime, before: timedelta, since: datetime) -> TimezoneDaylight | TimezoneStandard:
    """since: on the clocks as they went before."""
    found = TimezoneDaylight() if local.dst() else TimezoneStandard()
    found.add("dtstart", since)
    found.add("tzoffsetfrom", before)
    found.add("tzoffsetto", local.utcoffset())
    found.add("tzname", local.tzname())
    return found


def _changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The first second of each new offset."""
    moment = begins
    while moment < ends:
        later = moment + _STEP
        if _offset(moment, zone) != _offset(later, zone):
            yield _first_second(zone, moment, later)
        moment = later


def _first_second(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(before, zone)
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(middle, zone) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
