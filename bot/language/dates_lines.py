"""Writes times so that they can be mended by hand and are read back as the same."""

from collections.abc import Sequence
from datetime import datetime

from bot.language.dates import Slot, parse

_WEEKDAYS = "月火水木金土日"


def lines(slots: Sequence[Slot], now: datetime, locale: str) -> str:
    """One a line: 12/3(木) 14:00-15:30, in the zone of now; with the year where it is another one."""
    return "\n".join(_line(slot, now, locale) for slot in slots)


def readable(slots: Sequence[Slot], now: datetime, locale: str) -> str:
    """The same; nothing where it would not be read back as these very times."""
    written = lines(slots, now, locale)
    back = parse(written, now)
    same = [(slot.start, slot.end) for slot in back.slots] == [(slot.start, slot.end) for slot in slots]
    return written if same and not back.question else ""


def _line(slot: Slot, now: datetime, locale: str) -> str:
    start = slot.start.astimezone(now.tzinfo)
    year = f"{start.year}/" if start.year != now.year else ""
    weekday = f"({_WEEKDAYS[start.weekday()]})" if locale.startswith("ja") else ""
    end = f"-{slot.end.astimezone(now.tzinfo):%H:%M}" if slot.end else ""
    return f"{year}{start.month}/{start.day}{weekday} {start:%H:%M}{end}"
