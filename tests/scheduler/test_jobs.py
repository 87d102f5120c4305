"""A reminder comes once, at the right working day, to those who come, and never after the beginning."""

import asyncio
from datetime import date, datetime, time, timedelta

import pytest

from bot.chat.events import Press
from bot.routing import duty, noticing
from bot.routing.conference_reminders import REMINDER
from bot.routing.sheets import READY
from bot.scheduler import conference_roles, conference_seats, jobs, meetings
from bot.scheduler.conference_reminders import BEGUN, MISSED
from bot.store import (
    aftermath,
    daily_lines,
    following_up,
    labels,
    learnings,
    occurrences,
    outbox,
    peer_notes,
    polls,
    posts,
    publishing,
    rota,
    unanswered,
)
from bot.store.members import Role
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.world import TOKYO, Person, World

REMINDING = (REMINDER, BEGUN, MISSED)
REMINDED = "事例検討会が近づきました"


def tokyo(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), TOKYO)


async def decided(world: World, starts: datetime) -> dict[str, Person]:
    """A conference at this time: hana comes, ken may come, mio cannot; satomi proposed it."""
    people = {
        "satomi": await world.person("satomi", world.slack, Role.COORDINATOR),
        "hana": await world.person("hana", world.telegram),
        "ken": await world.person("ken", world.slack),
        "mio": await world.person("mio", world.slack),
    }
    place = await world.group(world.slack, "広場")
    satomi = people["satomi"]
    await satomi.does(Press("conference.new"))
    other = starts + timedelta(days=1)
    await satomi.fills("長く会えていない方への手紙", f"{starts:%Y/%m/%d %H:%M}\n{other:%Y/%m/%d %H:%M}")
    card = next(post.message for post in world.slack.posts if post.address.channel == place)
    conference = card.buttons[0].argument.split(".")[0]
    answers = {"hana": ("◯ 行けます", "✕ 行けません"), "ken": ("maybe", "no"), "mio": ("no", "no")}
    for name, given in answers.items():
        await people[name].does(Press("conference.vote", conference))
        await people[name].fills(*given)
    await satomi.does(Press("conference.fix", f"{conference}.1"))
    return people


def reminders(people: dict[str, Person]) -> dict[str, int]:
    return {
        name: sum(message.title == REMINDED for message in person.letters)
        for name, person in people.items()
        if any(message.title == REMINDED for message in person.letters)
    }


async def still_planned(world: World, since: datetime) -> list[str]:
    """The kinds of what is planned for the year that follows."""
    planned = await world.house.database.read(lambda session: occurrences.due(session, since + timedelta(days=365)))
    return [each.kind for each in planned]


async def go_to(world: World, moment: datetime) -> None:
    await world.house.advance(moment - world.house.clock())


ONCE = {"satomi": 1, "hana": 1, "ken": 1}


@pytest.mark.parametrize(
    ("conference", "reminder"),
    [
        pytest.param(date(2026, 12, 3), date(2026, 12, 2), id="the day before"),
        pytest.param(date(2026, 11, 30), date(2026, 11, 27), id="over a weekend"),
        pytest.param(date(2027, 1, 4), date(2026, 12, 28), id="over the turn of the year"),
        pytest.param(date(2027, 5, 6), date(2027, 4, 30), id="over Golden Week"),
        pytest.param(date(2027, 4, 30), date(2027, 4, 28), id="the day after a holiday in Golden Week"),
    ],
)
async def test_the_reminder_comes_on_the_morning_of_the_working_day_before(
    world: World, conference: date, reminder: date
) -> None:
    people = await decided(world, tokyo(conference, 14))
    await go_to(world, tokyo(reminder, 8, 59))
    assert reminders(people) == {}
    await go_to(world, tokyo(reminder, 9))
    assert reminders(people) == ONCE
    await go_to(world, tokyo(conference, 18))
    assert reminders(people) == ONCE


async def test_ticks_that_repeat_and_race_remind_once(world: World) -> None:
    people = await decided(world, tokyo(date(2026, 12, 3), 14))
    world.house.clock.advance(tokyo(date(2026, 12, 2), 9) - world.house.clock())
    now = world.house.clock()
    await asyncio.gather(*(world.house.run_due(now) for _ in range(8)), *(world.house.runner.tick() for _ in "abc"))
    await asyncio.gather(*(world.house.settled() for _ in range(4)))
    assert reminders(people) == ONCE


async def test_a_house_that_slept_through_the_reminder_does_not_send_it_after_the_beginning(world: World) -> None:
    starts = tokyo(date(2026, 12, 3), 14)
    people = await decided(world, starts)
    world.house.clock.advance(starts - world.house.clock())
    await world.house.runner.tick()
    await world.house.settled()
    assert reminders(people) == {}
    assert "dead" not in await world.house.database.read(outbox.open_count), "nothing was even put"
    await world.later(minutes=5)
    assert reminders(people) == {}
    missed = [letter for letter in people["satomi"].letters if "始まる前のお知らせ" in letter.body]
    assert ["長く会えていない方への手紙" in letter.quote for letter in missed] == [True], "the coordinator knows, once"
    assert not [each for each in await still_planned(world, starts) if each in REMINDING], "and it is done"


async def test_a_house_that_slept_through_the_morning_reminds_late(world: World) -> None:
    starts = tokyo(date(2026, 12, 3), 14)
    people = await decided(world, starts)
    world.house.clock.advance(starts - timedelta(minutes=1) - world.house.clock())
    await world.house.runner.tick()
    await world.house.settled()
    assert reminders(people) == ONCE
    [reminder] = [letter for letter in people["hana"].letters if letter.title == REMINDED]
    assert "※遅延：" in reminder.note


async def test_a_reminder_a_minute_late_needs_no_excuse(world: World) -> None:
    people = await decided(world, tokyo(date(2026, 12, 3), 14))
    world.house.clock.advance(tokyo(date(2026, 12, 2), 9, 1) - world.house.clock())
    await world.house.runner.tick()
    await world.house.settled()
    assert reminders(people) == ONCE
    assert not [letter for letter in people["hana"].letters if "遅延" in letter.note]


async def test_a_reminder_that_could_not_be_carried_in_time_is_not_carried_later(world: World) -> None:
    starts = tokyo(date(2026, 12, 3), 14)
    people = await decided(world, starts)
    await go_to(world, starts - timedelta(hours=6, days=1))
    world.slack.broken = [ConnectionError() for _ in range(2)]
    await go_to(world, starts - timedelta(hours=5, days=1))
    assert reminders(people) == {"hana": 1}
    world.house.clock.advance(starts - world.house.clock())
    await world.house.settled()
    assert reminders(people) == {"hana": 1}
    assert (await world.house.database.read(outbox.open_count))["dead"] == 2


async def test_a_conference_that_is_gone_stops_no_other_reminder(world: World) -> None:
    people = await decided(world, tokyo(date(2026, 12, 3), 14))
    ghost_time = tokyo(date(2026, 12, 2), 8, 30)
    await world.house.database.write(
        lambda session: occurrences.plan(session, "conference.reminder", "gone", ghost_time)
    )
    world.house.clock.advance(tokyo(date(2026, 12, 2), 9) - world.house.clock())
    await world.house.runner.tick()
    await world.house.settled()
    assert reminders(people) == ONCE


async def test_a_conference_without_a_date_reminds_nobody(world: World) -> None:
    def plan(session: Session) -> None:
        now = world.house.clock()
        proposed = polls.propose(session, Plan("テーマ", 60), [Candidate(now + timedelta(days=n)) for n in (1, 2)], "m")
        occurrences.plan(session, "conference.reminder", proposed.occasion, now)

    await world.house.database.write(plan)
    await world.house.run_due(world.house.clock())
    assert await world.house.database.read(occurrences.next_due) is None
    assert await world.house.database.read(outbox.open_count) == {}


async def test_what_is_old_is_forgotten_and_what_is_not_settled_is_kept(world: World) -> None:
    await decided(world, tokyo(date(2026, 12, 3), 14))
    await world.later(days=60)
    left = await world.house.database.read(outbox.open_count)
    lasting = {"delivered": 1}
    assert left == lasting, "only the posted card stays: later letters may take its place"


def test_every_kind_that_a_handler_plans_is_known() -> None:
    assert set(jobs.KINDS) == {
        "conference.clash",
        "conference.reminder",
        "conference.begun",
        "conference.missed",
        *meetings.KINDS,
        "poll.closes",
        "poll.reminds",
        *conference_roles.KINDS,
        *conference_seats.KINDS,
        aftermath.ASK,
        READY,
        posts.TAKE_BACK,
        posts.SHOW_AGAIN,
        posts.SHOW_ANSWER_AGAIN,
        learnings.ARRIVES,
        peer_notes.ARRIVES,
        daily_lines.DUE,
        *unanswered.WAITS,
        following_up.ASK,
        "series.ask",
        "series.remind",
        "series.silent",
        rota.REMINDER,
        publishing.TOGETHER,
        publishing.ALONE,
        labels.WIDEN,
        duty.STEP,
        noticing.ASK_AGAIN,
    }
