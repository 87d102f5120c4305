"""The window of a next small step lies where people would say it does, and moves on by as much as it is long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.step_windows import NAMES, SHORTEST, Window, from_today, moved_on

DAYS = st.dates(date(2024, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("name", "today", "closes"),
    [
        ("week", date(2026, 11, 24), date(2026, 11, 29)),
        ("week", date(2026, 11, 29), date(2026, 11, 29)),
        ("fortnight", date(2026, 11, 24), date(2026, 12, 7)),
        ("month", date(2028, 2, 1), date(2028, 2, 29)),
        ("quarter", date(2026, 11, 30), date(2027, 2, 27)),
        ("quarter", date(2026, 11, 24), date(2027, 2, 23)),
        ("quarter", date(2026, 12, 1), date(2027, 2, 28)),
    ],
)
def test_what_people_say_ends_when_they_mean(name: str, today: date, closes: date) -> None:
    assert from_today(name, today) == Window(today, closes)


@given(st.sampled_from(NAMES), DAYS)
def test_a_window_never_ends_before_it_begins(name: str, today: date) -> None:
    window = from_today(name, today)
    assert window.opens == today
    assert 1 <= window.days <= 92


@given(st.sampled_from(NAMES), DAYS, st.integers(0, 400))
def test_moved_on_it_is_ahead_and_as_long_as_before(name: str, written: date, later: int) -> None:
    window, today = from_today(name, written), written + timedelta(days=later)
    moved = moved_on(window, today)
    assert moved.opens > window.closes
    assert moved.closes >= today
    assert moved.days == max(window.days, SHORTEST)
    assert moved.opens in (window.closes + timedelta(days=1), today)
