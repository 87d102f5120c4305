"""Whenever a worry is shared, and wherever: who is called is called late enough, and never outside hours of duty."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.language.workdays import is_workday, working_time_between
from bot.scheduler import jobs
from bot.store import following_up, members, month_counts, occurrences, outbox, rota, unanswered, worries
from bot.store.members import Role
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.text import Text
from tests.store.people import HANA, KEN, MIO, NOW
from tests.world import TOKYO

ZONES = [TOKYO, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 12, 1), timezones=st.sampled_from(ZONES))
HOURS = [(time(8, 30), time(18)), (time(13), time(17)), (time(0), time(23, 59))]


def still_to_come(session: Session, worry_id: str, kind: str) -> list[Occurrence]:
    every = occurrences.due(session, datetime(2040, 1, 1, tzinfo=TOKYO))
    return [each for each in every if each.subject == worry_id and each.kind == kind]


def happens(session: Session, worry_id: str, kind: str, rules: Rules) -> list[datetime]:
    """Lets everything of this kind happen at its moment; the moments at which a letter was written."""
    moments = []
    while due := still_to_come(session, worry_id, kind):
        before = sum(outbox.open_count(session).values())
        jobs.happen(session, due[0], due[0].due_at, Text("ja", rules.zone), rules)
        if sum(outbox.open_count(session).values()) > before:
            moments.append(due[0].due_at)
    return moments


@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from(HOURS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_is_called_once_late_enough_and_in_hours_of_duty(
    session: Session, moment: datetime, zone: ZoneInfo, hours: tuple[time, time]
) -> None:
    rules = Rules(zone=zone, duty_opens=hours[0], duty_closes=hours[1])
    if not members.find(session, KEN):
        members.enter(session, KEN, Role.COORDINATOR, "ja", NOW)
    worry = worries.share(session, "返信を待つ", [], HANA, moment)
    unanswered.plan(session, worry.id, moment, zone)
    for kind, wait in unanswered.WAITS.items():
        (called,) = happens(session, worry.id, kind, rules)
        assert working_time_between(moment, called, zone) >= wait
        local = called.astimezone(zone)
        assert is_workday(local.date())
        assert rules.duty_opens <= local.time() < rules.duty_closes
        due = moment + wait
        if working_time_between(moment, due, zone) == wait and rota.next_open(due, rules) == due:
            assert called == due, "not a minute later than needed"


@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from(HOURS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_author_is_asked_in_working_mornings_on_the_days_promised(
    session: Session, moment: datetime, zone: ZoneInfo, hours: tuple[time, time]
) -> None:
    rules = Rules(zone=zone, duty_opens=hours[0], duty_closes=hours[1])
    if not members.find(session, HANA):
        members.enter(session, HANA, Role.SUPPORTER, "ja", NOW)
    worry = worries.share(session, "返信を待つ", [], HANA, moment)
    following_up.plan(session, worry.id, moment, zone)
    asked = happens(session, worry.id, following_up.ASK, rules)
    assert len(asked) == 2
    for each, after in zip(asked, following_up.AFTER, strict=True):
        local = each.astimezone(zone)
        assert is_workday(local.date())
        assert rules.duty_opens <= local.time() < rules.duty_closes
        late = local.date() - (moment.astimezone(zone).date() + after)
        assert timedelta(0) <= late <= timedelta(days=10)


def test_only_the_first_answer_counts_and_by_hours_none_in_time_that_was_late(either: Session) -> None:
    """Shared on a Tuesday at 10:00; the day of work ends on Wednesday at 10:00."""
    for hours, in_time in ((1, 1), (23, 2), (24, 2), (30, 2)):
        worry = worries.share(either, "返信を待つ", [], HANA, NOW)
        for _ in range(2):
            unanswered.answered(either, worry.id, NOW + timedelta(hours=hours, minutes=59), TOKYO)
        assert month_counts.every(either)["2026-11"].get("answered_in_time", 0) == in_time
    assert month_counts.every(either)["2026-11"]["answered"] == 4
    assert unanswered.look(either, worry.id) == "over"


def test_the_first_who_takes_an_offered_day_has_it(either: Session) -> None:
    rules, day = Rules(), "2026-11-25"
    people = [members.enter(either, who, Role.SUPPORTER, "ja", NOW).id for who in (HANA, KEN, MIO)]
    for person in people:
        rota.volunteer(either, person)
    hana, ken, mio = people
    rota.take(either, hana, day, NOW, rules)
    rota.change(either, hana, day, "offered", NOW, rules)
    relieved = rota.take_over(either, ken, day, NOW, rules)
    assert relieved
    assert relieved.address == HANA
    with pytest.raises(Exception, match=r"duty\.taken"):
        rota.take_over(either, mio, day, NOW, rules)
    noon = NOW + timedelta(days=1)
    assert [each.address for each in rota.on_duty(either, noon, rules)] == [KEN]
    rota.forget_old(either, NOW + timedelta(days=4))
    assert rota.own_days(either, ken) == []
