"""Files for a calendar: read alike by others, right in every zone, and nobody's words become lines of their own."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import calendar_files
from bot.language.cleaning import clean, shorten
from bot.store.meetings import Meeting
from bot.views import calendar, calendar_zones
from bot.views.text import Text

TOKYO = Text("ja", ZoneInfo("Asia/Tokyo"))
STARTS = datetime(2026, 12, 3, 5, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 1, 23, 45, tzinfo=UTC)
MEETING = Meeting("conference-of-a-random-id", "case", STARTS, STARTS + timedelta(minutes=90), 0, place="市民会館")
ALWAYS = {
    "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "CLASS", "DESCRIPTION",
}  # fmt: skip


def lines(content: bytes) -> list[str]:
    """Unfolded, as RFC 5545 says: over octets, before anything is decoded."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_generated_conferences_are_read_alike_by_another_library() -> None:
    assert calendar_files.judge(150).unequal == []


def test_the_comparison_sees_what_is_wrong() -> None:
    right = calendar.alone(TOKYO, MEETING, NOW)
    assert calendar_files.is_read_alike(TOKYO, MEETING, right)
    for wrong in (
        right.replace(b"T140000", b"T150000"),
        right.replace(b"TZOFFSETTO:+0900", b"TZOFFSETTO:+0800"),
        right.replace(b"SEQUENCE:0", b"SEQUENCE:1"),
        right.replace(b"REQUEST", b"PUBLISH"),
    ):
        assert wrong != right
        assert not calendar_files.is_read_alike(TOKYO, MEETING, wrong)


def test_one_date_as_it_is_written() -> None:
    written = lines(calendar.alone(TOKYO, MEETING, NOW))
    assert {"METHOD:REQUEST", "SUMMARY:事例検討会", "SEQUENCE:0", "STATUS:CONFIRMED", "LOCATION:市民会館"} <= set(
        written
    )
    assert {"DTSTART;TZID=Asia/Tokyo:20261203T140000", "DTEND;TZID=Asia/Tokyo:20261203T153000"} <= set(written)
    assert "DTSTAMP:20261124T000000Z" in written, "the moment would tell when somebody acted"
    assert not {line.partition(":")[0].partition(";")[0] for line in written} & {"ORGANIZER", "ATTENDEE", "URL"}
    assert MEETING.id not in "\n".join(written)


def test_a_cancelled_one_comes_after_every_date_it_had() -> None:
    gone = replace(MEETING, sequence=2, cancelled=True)
    written = set(lines(calendar.alone(TOKYO, gone, NOW)))
    assert {"METHOD:CANCEL", "SEQUENCE:3", "STATUS:CANCELLED", "SUMMARY:【中止】事例検討会"} <= written
    assert f"UID:{calendar.uid(MEETING.id)}" in written


def test_a_subscribed_calendar_is_right_even_when_it_is_empty() -> None:
    empty = icalendar.Calendar.from_ical(calendar.subscribed(TOKYO, [], NOW))
    assert [each.name for each in empty.subcomponents] == ["VTIMEZONE"]
    full = calendar.subscribed(
        TOKYO, [MEETING, replace(MEETING, id="b", sure=False), replace(MEETING, id="c", cancelled=True)], NOW
    )
    found = icalendar.Calendar.from_ical(full)
    assert [str(event["status"]) for event in found.events] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert {"METHOD:PUBLISH", "X-WR-CALNAME:よりそいの予定", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"} <= set(lines(full))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "\r\n", "\n", "\r", "\x85", "\u2028", "\x0b", "\x00", "\x1b", "\ud83d", "\udc00", ";", ",", "\\", "\\n",
                ":", '"', "^n", "ATTENDEE:mailto:a@example.jp", "BEGIN:VALARM", "END:VEVENT", " ", "\t", "会議室", "🏠",
                "が", "a",
            ]
        )
        | st.text(st.characters(), max_size=5),
        max_size=60,
    ).map("".join)
)  # fmt: skip
def test_no_place_becomes_more_than_a_place(place: str) -> None:
    content = calendar.alone(TOKYO, replace(MEETING, place=place), NOW)
    physical = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert not any(octet < 32 or octet == 127 for line in physical for octet in line)
    for line in physical:
        line.decode()  # no character is cut in two
    wanted = shorten(clean(place, lines=False), calendar.PLACE_LIMIT)
    found = icalendar.Calendar.from_ical(content)
    assert [each.name for each in found.walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"]
    (event,) = found.events
    assert set(event) == ALWAYS | ({"LOCATION"} if wanted else set())
    assert str(event.get("location", "")) == wanted


def strictly(zone: icalendar.Timezone, local: datetime) -> timedelta:
    """The offset of a wall time: that of the last change before it, each change where it lies on the older clock."""
    clocks: list[Any] = [*zone.standard, *zone.daylight]
    offset = max((each for each in clocks if local >= each.DTSTART), key=lambda each: each.DTSTART).TZOFFSETTO
    assert isinstance(offset, timedelta)
    return offset


def moments(zone: ZoneInfo) -> Iterator[datetime]:
    """Every hour around each change of clocks in these years, and a moment in each quarter."""
    for change in calendar_zones._changes(zone, datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC)):
        yield from (change + timedelta(hours=hours) for hours in range(-3, 4))
    yield from (datetime(2026, month, 15, 3, tzinfo=UTC) for month in (1, 4, 7, 10))


def test_the_clocks_of_every_zone_are_written_as_they_go() -> None:
    looked_at = 0
    for name in sorted(set(sorted(available_timezones())[::25]) | set(calendar_files.ZONES)):
        zone = ZoneInfo(name)
        written = calendar_zones.written(zone, 2025, 2027)
        for moment in moments(zone):
            local = moment.astimezone(zone)
            if local.fold == 0:
                assert strictly(written, local.replace(tzinfo=None)) == local.utcoffset(), f"{name} {moment}"
                looked_at += 1
    assert looked_at > 300


def test_the_day_that_apia_never_had() -> None:
    zone = ZoneInfo("Pacific/Apia")
    written = calendar_zones.written(zone, 2011, 2012)
    for hours in (-2, 0, 2):
        local = (datetime(2011, 12, 30, 10, tzinfo=UTC) + timedelta(hours=hours)).astimezone(zone)
        assert strictly(written, local.replace(tzinfo=None)) == local.utcoffset()


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    new_york = Text("en", ZoneInfo("America/New_York"))
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    for starts_at in (first, first + timedelta(hours=1)):
        meeting = replace(MEETING, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90))
        assert calendar_files.is_read_alike(new_york, meeting, calendar.alone(new_york, meeting, NOW))


@pytest.mark.parametrize("server", ["UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_it_does_not_matter_where_the_server_stands(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = replace(
        MEETING, starts_at=datetime(2026, 4, 4, 15, tzinfo=UTC), ends_at=datetime(2026, 4, 4, 16, tzinfo=UTC)
    )
    texts = [Text("ja", ZoneInfo(name)) for name in calendar_files.ZONES]
    here = [calendar.alone(text, meeting, NOW) for text in texts]
    with monkeypatch.context() as there:
        there.setenv("TZ", server)
        time.tzset()
        calendar_zones.written.cache_clear()
        assert [calendar.alone(text, meeting, NOW) for text in texts] == here
        assert all(calendar_files.is_read_alike(text, meeting, each) for text, each in zip(texts, here, strict=True))
    time.tzset()
