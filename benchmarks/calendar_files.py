"""Generated conferences written for a calendar and read again by another library: a section of docs/quality.md."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import vobject

from bot.language.cleaning import clean
from bot.store.meetings import Meeting
from bot.views import calendar
from bot.views.text import Text

CONFERENCES = 10_000
ZONES = (
    "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin", "Africa/Casablanca",
    "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "UTC",
)  # fmt: skip
PLACES = (
    "",
    "市民会館 二階の和室（駅から歩いて五分、入口は裏手にあります。迷ったらそのままお電話ください）",
    "https://meet.example.jp/j/123?pwd=a,b;c\\d",
    "公民館\r\nATTENDEE:mailto:someone@example.jp\r\nBEGIN:VALARM",
    "🏠の隣；会議室A、B:C\tD",
)
TURNS = (
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
)
"""Clocks are changed then in New York, twice, and on Lord Howe Island."""


@dataclass(slots=True)
class Figures:
    files: int = 0
    unequal: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


def generated(count: int, seed: int = 8) -> Iterator[tuple[Text, Meeting]]:
    """Half of them within hours of a change of clocks somewhere."""
    dice = Random(seed)
    for number in range(count):
        near = dice.choice(TURNS) if number % 2 else datetime(2026, 1, 1, tzinfo=UTC) + timedelta(dice.randrange(3650))
        starts_at = near + timedelta(minutes=5 * dice.randrange(-72, 72))
        yield (
            Text(dice.choice(("ja", "en")), ZoneInfo(dice.choice(ZONES))),
            Meeting(
                id=f"{dice.getrandbits(128):032x}",
                kind=dice.choice(("case", "support")),
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=dice.choice((30, 60, 90, 120, 600))),
                sequence=dice.randrange(4),
                cancelled=dice.random() < 0.25,
                sure=dice.random() < 0.75,
                place=dice.choice(PLACES),
            ),
        )


def is_read_alike(text: Text, meeting: Meeting, content: bytes) -> bool:
    """Instants, UID, SEQUENCE, METHOD, SUMMARY and LOCATION, as a program reads them that knows nothing of ours."""
    found = vobject.readOne(content.decode())
    event, kind = found.vevent, text(f"conference_calendar.{meeting.kind}")
    read = (
        found.method.value,
        _instant(found, event.dtstart),
        _instant(found, event.dtend),
        event.uid.value,
        int(event.sequence.value),
        event.summary.value,
        event.location.value if "location" in event.contents else "",
    )
    return read == (
        "CANCEL" if meeting.cancelled else "REQUEST",
        meeting.starts_at,
        meeting.ends_at,
        calendar.uid(meeting.id),
        meeting.sequence + meeting.cancelled,
        text("conference_calendar.cancelled", what=kind) if meeting.cancelled else kind,
        clean(meeting.place, lines=False),
    )


def _instant(calendar: Any, moment: Any) -> datetime:
    """By the zone written in the file itself, which vobject passes over where it knows one of that name."""
    value: datetime = moment.value
    by_name = "X-VOBJ-ORIGINAL-TZID" in moment.params
    return (value.replace(tzinfo=calendar.vtimezone.tzinfo) if by_name else value).astimezone(UTC)


def judge(count: int) -> Figures:
    figures, now = Figures(count), datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
    for number, (text, meeting) in enumerate(generated(count)):
        begun = time.process_time()
        content = calendar.alone(text, meeting, now)
        figures.took.append((time.process_time() - begun) * 1000)
        if not is_read_alike(text, meeting, content):
            figures.unequal.append(number)
    return figures


def lines(count: int = CONFERENCES) -> Iterator[str]:
    figures = judge(count)
    took = sorted(figures.took)
    yield from (
        f"## Calendar files ({figures.files:,} conferences)",
        "",
        f"Generated in {len(ZONES)} time zones, half of them within six hours of a change of clocks; a quarter",
        "cancelled; places with line breaks and marks that mean something in a calendar. Written with icalendar, read",
        "with vobject: UTC instants, UID, SEQUENCE, METHOD, SUMMARY and LOCATION.",
        "",
        "| | measured | wanted |",
        "|---|---|---|",
        f"| read equal | {figures.files - len(figures.unequal):,} | {figures.files:,} |",
        f"| one file, p50 / p99 | {took[len(took) // 2]:.1f} / {took[len(took) * 99 // 100]:.1f} ms | |",
    )


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(int(sys.argv[1]) if len(sys.argv) > 1 else CONFERENCES)) + "\n")
