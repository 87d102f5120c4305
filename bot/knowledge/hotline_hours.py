"""When a line is answered: days of the week or of the month, hours past midnight, holidays left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.knowledge.errors import HotlinesError
from bot.language.workdays import is_holiday, is_year_end

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSED = frozenset({"holidays", "year_end"})
_MIDNIGHT = "24:00"
_KEYS = {"days", "dates", "from", "to", "closed"}


@dataclass(frozen=True, slots=True)
class Window:
    """days: of the week, Monday is 0. dates: of the month, instead. lasts: from its opening."""

    days: frozenset[int]
    dates: frozenset[int]
    opens: time
    lasts: timedelta
    closed: frozenset[str]

    @property
    def whole_week(self) -> bool:
        return len(self.days) == len(DAYS) and self.lasts == timedelta(days=1) and not self.closed

    def on(self, day: date) -> bool:
        if ("holidays" in self.closed and is_holiday(day)) or ("year_end" in self.closed and is_year_end(day)):
            return False
        return day.weekday() in self.days or day.day in self.dates


def open_until(hours: Iterable[Window], local: datetime) -> datetime | None:
    """When a line that is answered now stops being; None where nobody answers.

    local: as the clocks of the line show it. What opened yesterday may last into today."""
    ends = []
    for window in hours:
        for day in (local.date(), local.date() - timedelta(days=1)):
            opened = datetime.combine(day, window.opens, local.tzinfo)
            if window.on(day) and opened <= local < opened + window.lasts:
                ends.append(opened + window.lasts)
    return max(ends, default=None)


def windows(written: object, entry: str) -> tuple[Window, ...]:
    if not isinstance(written, list) or not all(isinstance(each, dict) for each in written):
        raise HotlinesError(f"{entry}: hours must be a list of {{ days, from, to }}; empty where nobody can say")
    return tuple(_window(each, entry) for each in written)


def _window(table: Mapping[str, Any], entry: str) -> Window:
    if unknown := sorted(set(table) - _KEYS):
        raise HotlinesError(f"{entry}: hours know no {', '.join(unknown)}")
    days, dates, closed = (_list(table.get(key, []), key, entry) for key in ("days", "dates", "closed"))
    if bool(days) == bool(dates):
        raise HotlinesError(f"{entry}: hours are for days of the week or for dates of the month")
    if not (set(days) <= set(DAYS) and set(dates) <= set(range(1, 32)) and set(closed) <= CLOSED):
        raise HotlinesError(f"{entry}: days are {', '.join(DAYS)}; dates 1 to 31; closed {', '.join(sorted(CLOSED))}")
    opens = _time(table.get("from"), entry)
    return Window(
        days=frozenset(DAYS.index(day) for day in days),
        dates=frozenset(dates),
        opens=opens,
        lasts=_lasting(opens, table.get("to"), entry),
        closed=frozenset(closed),
    )


def _lasting(opens: time, written: object, entry: str) -> timedelta:
    """To a time not after the opening means until then on the next day."""
    start = timedelta(hours=opens.hour, minutes=opens.minute)
    if written == _MIDNIGHT:
        return timedelta(days=1) - start
    closes = _time(written, entry)
    end = timedelta(hours=closes.hour, minutes=closes.minute)
    return end - start if end > start else end - start + timedelta(days=1)


def _time(written: object, entry: str) -> time:
    try:
        return datetime.strptime(written, "%H:%M").time() if isinstance(written, str) else _no_time(entry)
    except ValueError:
        return _no_time(entry)


def _no_time(entry: str) -> time:
    raise HotlinesError(f'{entry}: from and to are times such as "16:00"; to may be "{_MIDNIGHT}"')


def _list(found: object, key: str, entry: str) -> list[Any]:
    if not isinstance(found, list):
        raise HotlinesError(f"{entry}: {key} of its hours must be a list")
    return found
