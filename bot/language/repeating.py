"""Dates that repeat (RFC 5545), in the wall-clock time of one zone: two in the afternoon stays so in summer time."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.language import workdays
from bot.language.dates import Parsed, Slot

FURTHEST = 400
"""Dates of a rule that are looked at before one gives up."""

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def moments(rule: str, starts_at: datetime, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Those later than `after`. A date that a month does not have, and a time that no clock shows, are left out, as
    RFC 5545 says; of a time that a clock shows twice it is the first."""
    from dateutil.rrule import rrulestr

    begins = starts_at.astimezone(zone).replace(tzinfo=None)
    since = after.astimezone(zone).replace(tzinfo=None) - timedelta(hours=3)
    for wall in islice(rrulestr(rule, dtstart=begins).xafter(since), FURTHEST):
        moment = wall.replace(tzinfo=zone)
        if moment > after and moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall:
            yield moment


def is_off(day: date) -> bool:
    """A holiday by law, or the turn of the year. A weekend is not: whoever writes 毎週土曜 means it."""
    return workdays.is_holiday(day) or workdays.is_year_end(day)


def wished(parsed: Parsed) -> Slot | None:
    """The one series that a text asks for; nothing where any of its times stands alone, or they are more than one
    series. 毎月第1・第3木曜 is one. In which week 隔週 begins is no
    doubt here: the answer says it, and it can be moved."""
    if parsed.cut or not parsed.slots or any(not _settled(doubt.nearest, doubt.question) for doubt in parsed.doubts):
        return None
    rule = _together([slot.rule for slot in parsed.slots])
    first = parsed.slots[0]
    clocks = {(slot.start.time(), slot.end and slot.end.time()) for slot in parsed.slots}
    return Slot(first.start, first.end, rule) if rule and len(clocks) == 1 else None


def all_repeat(parsed: Parsed) -> bool:
    return bool(parsed.slots) and all(slot.rule for slot in parsed.slots)


def _settled(nearest: Slot | None, question: str) -> bool:
    return question == "unclear" and nearest is not None and "INTERVAL=2" in (nearest.rule or "")


def _together(rules: Sequence[str | None]) -> str | None:
    """One rule for all of them, where they differ in their days alone."""
    several = list(dict.fromkeys(rules))
    if len(several) == 1:
        return several[0]
    parts = [dict(part.split("=") for part in rule.split(";")) for rule in several if rule]
    days = [part.pop("BYDAY", "") for part in parts]
    same = len(parts) == len(several) and all(part == parts[0] for part in parts)
    if not same or not all(days) or "INTERVAL" in parts[0]:
        return None
    return ";".join([*(f"{name}={value}" for name, value in parts[0].items()), f"BYDAY={','.join(days)}"])


def offered(starts_at: datetime, zone: ZoneInfo) -> dict[str, str]:
    """The rules that a date fits, by a short name each; the likeliest first."""
    day = starts_at.astimezone(zone).date()
    weekday, nth = DAYS[day.weekday()], (day.day - 1) // 7 + 1
    last = (day + timedelta(days=7)).month != day.month
    rules = {"nth": f"FREQ=MONTHLY;BYDAY={nth}{weekday}"} if nth < 5 else {}
    if last:
        rules["last"] = f"FREQ=MONTHLY;BYDAY=-1{weekday}"
    return {
        **rules,
        "week": f"FREQ=WEEKLY;BYDAY={weekday}",
        "other": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={weekday}",
        "day": f"FREQ=MONTHLY;BYMONTHDAY={day.day}",
    }
