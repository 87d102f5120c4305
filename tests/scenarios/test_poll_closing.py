"""A poll comes to its end: reminders to those alone who are waited for, closed once, opened again, late or not."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.chat.events import Press
from bot.language import workdays
from bot.routing import poll_closing
from bot.store import conferences, occurrences
from bot.store.members import Role
from bot.store.polls import Candidate
from bot.store.rules import Rules
from tests.scenarios.conferences import card, proposed
from tests.world import START, TOKYO, Person, World

CLOSED = "日程の回答を締め切りました"
ASKED_BACK = "お返事をお願いできますか"
YES = ("yes", "yes", "yes")


def got(person: Person, words: str) -> list[datetime]:
    """When letters with such a title came."""
    posts = [post for post in person.platform.posts if post.address.channel == person.id]
    return [post.at.astimezone(TOKYO) for post in posts if words in post.message.title]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


async def go_to(world: World, moment: datetime) -> None:
    await world.house.advance(moment - world.house.clock())


async def votes(person: Person, conference: str) -> None:
    await person.does(Press("conference.vote", conference))
    await person.fills(*YES if person.form else ("◯ 行けます",) * 3)


async def test_who_has_not_answered_is_reminded_twice_in_working_hours_and_then_it_closes(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    mio = await world.person("mio", world.slack)
    gone = await world.person("gone", world.telegram)
    sato, conference = await proposed(world)
    await votes(ken, conference)
    await mio.does(Press("conference.decline", conference))
    await gone.does(Press("mydata.erased"))
    left = len(gone.letters)
    await go_to(world, at(30, 17, 59))
    assert got(hana, ASKED_BACK) == [at(27, 9)], "half way would come later on the same day"
    for person in (ken, mio, sato):
        assert not got(person, ASKED_BACK), person.id
    await go_to(world, at(30, 18))
    assert got(sato, CLOSED) == [at(30, 18)]
    assert "締め切りました" in card(world.slack).note
    assert not card(world.slack).buttons
    await world.later(days=30)
    assert len(got(hana, ASKED_BACK)) == 1
    assert len(got(sato, CLOSED)) == 1
    assert len(gone.letters) == left
    assert await world.house.database.read(occurrences.next_due) is None


async def test_closed_by_hand_and_opened_again_nobody_is_reminded_a_third_time(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await world.person("ken", world.slack)
    sato, conference = await proposed(world, "12/24 14:00\n12/25 10:00")
    for _ in range(3):
        await sato.does(Press("conference.option", f"{conference}.until.7"))
        await world.later(days=6)
        await sato.does(Press("conference.option", f"{conference}.close"))
        reminded = len(got(hana, ASKED_BACK))
        await world.later(days=2)
        assert len(got(hana, ASKED_BACK)) == reminded, "never after it was closed"
    assert len(got(hana, ASKED_BACK)) == 2
    assert not got(sato, CLOSED), "whoever closes it knows"
    refused = await hana.does(Press("conference.vote", conference))
    assert refused
    assert "締め切りました" in refused.body
    await sato.does(Press("conference.option", f"{conference}.until.1"))
    assert "まで" in card(world.slack).note
    await hana.does(Press("conference.vote", conference))
    await hana.fills("◯ 行けます", "◯ 行けます")
    assert sato.sees("設定を変える")
    await sato.does(Press("conference.option", f"{conference}.until.7"))
    assert "候補の日よりあと" in sato.hand[-1].body


async def test_where_other_times_are_asked_for_they_have_an_end_too(world: World) -> None:
    sato, conference = await proposed(world)
    await sato.does(Press("conference.move", conference))
    await sato.fills("12/9 14:00\n12/10 10:00")
    await sato.presses("この候補で聞く")
    assert "12月1日(火) 18:00 まで" in card(world.slack).note
    await go_to(world, at(30, 18) + timedelta(days=1))
    assert got(sato, CLOSED) == [at(30, 18) + timedelta(days=1)]


async def test_a_house_that_slept_and_a_clock_that_jumps_close_once_and_say_nothing_twice(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    sato, _ = await proposed(world)
    clock = world.house.clock
    clock.advance(timedelta(days=6, hours=14))
    for _ in range(3):
        await world.house.runner.tick()
        await world.house.settled()
    assert len(got(sato, CLOSED)) == 1, "late, and once"
    assert not got(hana, ASKED_BACK), "not after the end"
    clock.advance(-timedelta(days=5))
    await world.house.runner.tick()
    await world.later(days=7)
    assert len(got(sato, CLOSED)) == 1
    assert not got(hana, ASKED_BACK)


async def test_where_the_coordinator_was_removed_the_others_are_told(world: World) -> None:
    await world.person("hana", world.telegram)
    sato, conference = await proposed(world)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await sato.does(Press("mydata.erased"))
    refused = await sato.does(Press("conference.option", f"{conference}.close"))
    assert refused
    assert (await world.house.database.read(lambda session: conferences.find(session, conference))).open
    await go_to(world, at(30, 18))
    assert got(abe, CLOSED) == [at(30, 18)]
    await abe.presses("日程を決める")


NOW = START.astimezone(TOKYO)
"""Tuesday at ten."""


@pytest.mark.parametrize(
    ("starts", "closes"),
    [
        (datetime(2026, 12, 3, 14), datetime(2026, 12, 1, 18)),
        (datetime(2026, 11, 27, 14), datetime(2026, 11, 26, 18)),
        (datetime(2026, 11, 30, 9), datetime(2026, 11, 27, 18)),
        (datetime(2026, 11, 25, 9), datetime(2026, 11, 24, 18)),
        (datetime(2026, 11, 24, 15), datetime(2026, 11, 24, 13)),
        (datetime(2026, 11, 24, 11), datetime(2026, 11, 24, 11)),
    ],
    ids=["five working days", "the day before", "over a weekend", "the same evening", "some hours", "no time at all"],
)
def test_until_when_it_is_open_where_nobody_says(starts: datetime, closes: datetime) -> None:
    candidates = [Candidate(starts.replace(tzinfo=TOKYO))]
    assert poll_closing.usual(candidates, NOW, Rules()) == closes.replace(tzinfo=TOKYO)


def test_two_reminders_half_way_and_on_the_working_day_before() -> None:
    end = datetime(2026, 12, 8, 18, tzinfo=TOKYO)
    reminders = poll_closing.reminders(NOW, end, Rules())
    assert reminders == [datetime(2026, 12, 1, 14, tzinfo=TOKYO), datetime(2026, 12, 7, 9, tzinfo=TOKYO)]


@pytest.mark.parametrize("hours", range(1, 24 * 14, 5))
def test_reminders_are_two_at_most_in_working_hours_and_well_apart(hours: int) -> None:
    now, end = NOW + timedelta(hours=hours % 23), NOW + timedelta(hours=hours + 23)
    reminders = poll_closing.reminders(now, end, Rules())
    assert len(reminders) <= 2
    if reminders:
        assert all(later - earlier >= timedelta(hours=3) for earlier, later in pairwise([now, *reminders, end]))
    for moment in reminders:
        local = moment.astimezone(TOKYO)
        assert workdays.is_workday(local.date())
        assert time(8, 30) <= local.time() < time(18)
