"""Dates that repeat: the same hour on the wall all year, and what a month or a clock does not have is left out."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.language import dates, repeating

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 10, tzinfo=TOKYO)


def first(rule: str, starts_at: datetime, zone: ZoneInfo, many: int) -> list[str]:
    found = repeating.moments(rule, starts_at, zone, starts_at - timedelta(seconds=1))
    return [f"{each:%Y-%m-%d %H:%M}" for each in islice(found, many)]


def test_two_in_the_afternoon_stays_so_in_summer_time() -> None:
    starts_at = datetime(2027, 3, 18, 14, tzinfo=BERLIN)
    found = list(islice(repeating.moments("FREQ=WEEKLY;BYDAY=TH", starts_at, BERLIN, starts_at), 2))
    assert [each.hour for each in found] == [14, 14]
    assert found[1].astimezone(UTC) - found[0].astimezone(UTC) == timedelta(days=7) - timedelta(hours=1)


def test_a_time_that_no_clock_shows_is_left_out() -> None:
    starts_at = datetime(2027, 3, 21, 2, 30, tzinfo=BERLIN)
    assert first("FREQ=WEEKLY;BYDAY=SU", starts_at, BERLIN, 2) == ["2027-03-21 02:30", "2027-04-04 02:30"]


def test_a_day_that_a_month_does_not_have_is_left_out() -> None:
    starts_at = datetime(2026, 12, 31, 10, tzinfo=TOKYO)
    assert [each[:10] for each in first("FREQ=MONTHLY;BYMONTHDAY=31", starts_at, TOKYO, 3)] == [
        "2026-12-31", "2027-01-31", "2027-03-31",
    ]  # fmt: skip


def test_the_29th_of_february_comes_in_leap_years_alone() -> None:
    starts_at = datetime(2026, 12, 29, 10, tzinfo=TOKYO)
    months = [each[:7] for each in first("FREQ=MONTHLY;BYMONTHDAY=29", starts_at, TOKYO, 14)]
    assert "2027-02" not in months
    assert "2028-02" in months or months[-1] < "2028-02"
    assert "2028-02-29 10:00" in first("FREQ=MONTHLY;BYMONTHDAY=29", starts_at, TOKYO, 16)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("毎月第3木曜14時", "FREQ=MONTHLY;BYDAY=3TH"),
        ("毎週火曜10時", "FREQ=WEEKLY;BYDAY=TU"),
        ("隔週木曜 14:00-15:30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("毎月31日 10時", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("毎月最終金曜15時", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("毎月第1・第3木曜14時", "FREQ=MONTHLY;BYDAY=1TH,3TH"),
        ("毎週火曜と木曜10時", "FREQ=WEEKLY;BYDAY=TH,TU"),
        ("毎週火曜10時、毎月第3木曜14時", None),
        ("毎週火曜10時 毎週木曜14時", None),
        ("毎月第3木曜14時 12/3 10時", None),
        ("12/3 14時 12/4 14時", None),
        ("毎月第3木曜", None),
        ("隔週木曜", None),
        ("", None),
    ],
)
def test_what_is_a_series_and_what_is_none(written: str, rule: str | None) -> None:
    slot = repeating.wished(dates.parse(written, NOW))
    assert (slot and slot.rule) == rule


@given(some.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31)), some.sampled_from((TOKYO, BERLIN)))
def test_every_offered_rule_names_the_day_it_was_offered_for(wall: datetime, zone: ZoneInfo) -> None:
    moment = wall.replace(hour=14, minute=0, second=0, microsecond=0, tzinfo=zone)
    rules = repeating.offered(moment, zone)
    assert len(set(rules.values())) == len(rules) >= 4
    for rule in rules.values():
        found = list(islice(repeating.moments(rule, moment, zone, moment - timedelta(seconds=1)), 6))
        assert found[0] == moment
        assert found == sorted(set(found)), "each once, in order"
        assert {(each.hour, each.minute) for each in found} == {(14, 0)}
        assert not [each for each in found if each.astimezone(UTC).astimezone(zone) != each]


def test_holidays_and_the_turn_of_the_year_are_off_and_weekends_are_not() -> None:
    off = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3), date(2027, 5, 3), date(2027, 3, 22)]
    assert all(repeating.is_off(day) for day in off)
    assert not any(repeating.is_off(day) for day in (date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 4)))
