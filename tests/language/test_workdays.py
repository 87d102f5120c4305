"""Nobody is reminded at night, on a holiday or between the years."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.workdays import (
    after_working_time,
    is_workday,
    next_working_moment,
    workday_before,
    working_time_between,
)

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(
    datetime(2024, 1, 1),
    datetime(2035, 12, 1),
    timezones=st.sampled_from([TOKYO, ZoneInfo("America/New_York")]),
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-11-23", False),
        ("2026-11-24", True),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", False),
        ("2027-01-04", True),
        ("2026-04-28", True),
        ("2026-04-29", False),
        ("2026-04-30", True),
        ("2026-05-01", True),
        ("2026-05-04", False),
        ("2026-05-05", False),
        ("2026-05-06", False),
        ("2026-05-07", True),
        ("2026-09-22", False),
    ],
)
def test_offices_open_on_working_days(day: str, open_: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is open_


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 08:29", "2026-11-24 08:30"),
        ("2026-11-24 08:30", "2026-11-24 08:30"),
        ("2026-11-24 17:59", "2026-11-24 17:59"),
        ("2026-11-24 18:00", "2026-11-25 08:30"),
        ("2026-11-20 20:00", "2026-11-24 08:30"),
        ("2026-05-01 18:30", "2026-05-07 08:30"),
        ("2026-12-28 19:00", "2027-01-04 08:30"),
    ],
)
def test_a_reminder_waits_for_the_office_to_open(moment: str, expected: str) -> None:
    assert next_working_moment(_tokyo(moment), TOKYO) == _tokyo(expected)


def test_other_hours_may_be_kept() -> None:
    opens, closes = time(10), time(12)
    assert next_working_moment(_tokyo("2026-11-24 12:00"), TOKYO, opens, closes) == _tokyo("2026-11-25 10:00")


@settings(deadline=None)
@given(MOMENTS)
def test_the_next_working_moment_is_one_and_is_its_own_next(moment: datetime) -> None:
    working = next_working_moment(moment, TOKYO)
    local = working.astimezone(TOKYO)
    assert moment <= working <= moment + timedelta(days=12)
    assert is_workday(local.date())
    assert time(8, 30) <= local.time() < time(18)
    assert next_working_moment(working, TOKYO) == working


@settings(deadline=None)
@given(DAYS)
def test_between_a_day_and_the_workday_before_it_nobody_works(day: date) -> None:
    before = workday_before(day)
    assert is_workday(before)
    assert not any(is_workday(before + timedelta(days=gap)) for gap in range(1, (day - before).days))


def _tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("posted", "due"),
    [
        ("2026-11-24 10:00", "2026-11-25 10:00"),
        ("2026-11-20 15:00", "2026-11-24 15:00"),  # a Friday; Monday is a holiday
        ("2026-05-01 15:00", "2026-05-07 15:00"),  # the Golden Week
        ("2026-05-03 12:00", "2026-05-08 00:00"),
        ("2026-12-28 17:00", "2027-01-04 17:00"),
    ],
)
def test_a_days_working_time_leaves_out_every_day_of_rest(posted: str, due: str) -> None:
    assert after_working_time(_tokyo(posted), timedelta(hours=24), TOKYO) == _tokyo(due)


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 200))
def test_working_time_that_is_added_lies_between(moment: datetime, hours: int) -> None:
    wait = timedelta(hours=hours)
    later = after_working_time(moment, wait, TOKYO)
    assert working_time_between(moment, later, TOKYO) == wait
    assert later >= moment + wait
