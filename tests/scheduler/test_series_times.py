"""When a coordinator is asked about a date of a series: in time, in working hours, and with a day to answer."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.language import workdays
from bot.routing import series as going_on
from bot.store.series import Date
from tests.world import TOKYO

MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31))


@settings(max_examples=300)
@given(MOMENTS, some.integers(60, 60 * 24 * 40), some.integers(0, 23))
def test_the_end_of_waiting_is_in_time_and_in_working_hours(wall: datetime, minutes: int, hour: int) -> None:
    now = wall.replace(tzinfo=TOKYO)
    later = now + timedelta(minutes=minutes)
    starts_at = max(later.replace(hour=hour, minute=0, second=0, microsecond=0), now + timedelta(minutes=1))
    ends = going_on.waits_until(Date(starts_at, ""), now, TOKYO)
    assert now < ends <= starts_at
    if ends < starts_at:
        assert ends - now >= going_on.TIME_TO_ANSWER
        assert workdays.next_working_moment(ends, TOKYO) == ends, "nobody is written to at night"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        pytest.param(date(2026, 12, 17), datetime(2026, 12, 14, 14), id="three days before"),
        pytest.param(date(2026, 12, 15), datetime(2026, 12, 14, 8, 30), id="over a weekend"),
        pytest.param(date(2027, 5, 6), datetime(2027, 4, 30, 9), id="after Golden Week"),
        pytest.param(date(2027, 1, 4), datetime(2026, 12, 28, 9), id="after the turn of the year"),
    ],
)
def test_three_days_before_or_the_last_working_morning(starts: date, ends: datetime) -> None:
    starts_at = datetime(starts.year, starts.month, starts.day, 14, tzinfo=TOKYO)
    now = starts_at - timedelta(days=14)
    assert going_on.waits_until(Date(starts_at, ""), now, TOKYO) == ends.replace(tzinfo=TOKYO)
