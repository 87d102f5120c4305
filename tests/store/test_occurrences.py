"""What becomes due is one row, finished once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import occurrences
from bot.store.session import Session
from tests.store.people import LATER, NOW

ZONES = st.sampled_from(["Asia/Tokyo", "UTC", "America/New_York", "Asia/Kathmandu"]).map(ZoneInfo)


def test_the_same_thing_is_planned_once(session: Session) -> None:
    assert occurrences.plan(session, "reminder", "a", LATER)
    assert not occurrences.plan(session, "reminder", "a", LATER)
    assert occurrences.plan(session, "reminder", "b", LATER)
    assert occurrences.plan(session, "digest", "a", LATER)
    assert occurrences.plan(session, "reminder", "a", LATER + timedelta(seconds=1))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), ZONES, ZONES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_moment_is_one_occurrence_however_the_zone_writes_it(
    session: Session, local: datetime, zone: ZoneInfo, other: ZoneInfo
) -> None:
    moment = local.replace(tzinfo=zone)
    occurrences.plan(session, "reminder", "zones", moment)
    assert not occurrences.plan(session, "reminder", "zones", moment.astimezone(other))


def test_nothing_is_due_early_and_everything_late_in_order(session: Session) -> None:
    for hours in (3, 1, 2):
        occurrences.plan(session, "reminder", f"in {hours}", NOW + timedelta(hours=hours))
    assert occurrences.due(session, NOW + timedelta(minutes=59)) == []
    due = occurrences.due(session, NOW + timedelta(hours=2))
    assert [each.subject for each in due] == ["in 1", "in 2"]
    assert occurrences.next_due(session) == NOW + timedelta(hours=1)


def test_it_is_finished_by_the_first_who_comes(session: Session) -> None:
    occurrences.plan(session, "reminder", "a", NOW)
    (due,) = occurrences.due(session, NOW)
    assert occurrences.finish(session, due)
    assert not occurrences.finish(session, due)
    assert occurrences.due(session, NOW) == []
    assert occurrences.next_due(session) is None
    assert not occurrences.plan(session, "reminder", "a", NOW), "what is done is not planned anew"


def test_only_what_is_done_and_old_is_forgotten(session: Session) -> None:
    for subject in ("done", "open"):
        occurrences.plan(session, "reminder", subject, NOW)
    done = next(each for each in occurrences.due(session, NOW) if each.subject == "done")
    occurrences.finish(session, done)
    occurrences.forget_old(session, NOW + timedelta(days=30))
    assert not occurrences.plan(session, "reminder", "done", NOW)
    occurrences.forget_old(session, NOW + timedelta(days=31))
    assert occurrences.plan(session, "reminder", "done", NOW), "the row is gone"
    assert {each.subject for each in occurrences.due(session, NOW)} == {"done", "open"}
