"""Hours in which nothing was heard: one letter to every coordinator, with the times, and nothing where all was well."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Address, Event, News
from bot.scheduler.gaps import Gaps
from bot.store import outbox
from bot.store.members import Role
from bot.store.models import Outbox
from bot.store.session import Session
from tests.world import Person, World, open_world, spoken

BOTH = ("slack", "telegram")
TITLE = "お休みしていた時間"


@asynccontextmanager
async def restarted(folder: Path, after: timedelta, platforms: Sequence[str] = BOTH) -> AsyncIterator[World]:
    """The same house, so much later, started as serve starts it."""
    async with open_world(folder) as world:
        world.house.clock.advance(after)
        await world.house.gaps.begin(platforms, world.house.clock())
        await world.house.settled()
        yield world


async def serving(world: World) -> tuple[Person, Person, Person]:
    """A house that has ticked, with two coordinators and one who is none."""
    await world.house.gaps.begin(BOTH, world.house.clock())
    people = (
        await world.person("sato", world.slack, Role.COORDINATOR),
        await world.person("mori", world.telegram, Role.COORDINATOR),
        await world.person("hana", world.telegram),
    )
    await world.house.runner.tick()
    return people


async def minutes(world: World, count: int) -> None:
    """They pass, each with a tick."""
    for _ in range(count):
        await world.later(minutes=1)


def told(world: World) -> list[str]:
    """What was said of gaps, to whom, in the order in which it came."""
    posts = [post for platform in (world.slack, world.telegram) for post in platform.posts]
    return [f"{post.address.channel}: {spoken(post.message)}" for post in posts if post.message.title == TITLE]


async def test_a_house_that_was_away_for_an_hour_says_so_once_to_every_coordinator(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await serving(world)
    async with restarted(tmp_path, timedelta(hours=1)) as world:
        letters = told(world)
        assert len(letters) == 2
        assert all("11月24日(火) 10:00 から 11月24日(火) 11:00 まで" in letter for letter in letters)
        assert all("もう一度押して" in letter and "1日をこえた" not in letter for letter in letters)
        await minutes(world, 40)
        assert len(told(world)) == 2
    async with restarted(tmp_path, timedelta(hours=1, minutes=41)) as world:
        assert told(world) == [], "a second start a minute later has nothing to tell"


async def test_the_letters_lie_in_no_order_of_the_members(tmp_path: Path) -> None:
    """The lane of somebody's chat stands beside each: its place in the line would tell whose it is."""
    async with open_world(tmp_path) as world:
        await serving(world)
        for number in range(10):
            await world.person(f"coordinator{number}", world.slack, Role.COORDINATOR)
        world.house.clock.advance(timedelta(hours=1))
        await world.house.gaps.begin(BOTH, world.house.clock())
        lie = await world.house.database.read(_numbers_of_waiting_letters)
    assert len(lie) == 12
    assert lie != sorted(lie)


def _numbers_of_waiting_letters(session: Session) -> list[int]:
    waiting = (
        select(col(Outbox.token), col(Outbox.letter)).where(col(Outbox.state) == "ready").order_by(col(Outbox.seq))
    )
    return [int(outbox.opened(session, row).key.rpartition(":")[2]) for row in session.rows(waiting)]


async def test_an_update_of_a_few_minutes_is_no_gap(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await serving(world)
    async with restarted(tmp_path, timedelta(minutes=10)) as world:
        assert told(world) == []


async def test_the_very_first_start_has_missed_nothing(tmp_path: Path) -> None:
    async with restarted(tmp_path, timedelta(days=100)) as world:
        await serving(world)
        assert told(world) == []


async def test_more_than_a_day_says_that_something_may_be_lost_and_telegram_does_not_say_it_again(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await serving(world)
    async with restarted(tmp_path, timedelta(hours=25)) as world:
        assert len(told(world)) == 2
        assert all("1日をこえた" in letter for letter in told(world))
        since = world.house.clock() - timedelta(hours=25)
        await heard_of_gap(world, since.isoformat())
        posts = [*world.slack.posts, *world.telegram.posts]
        assert not any("受け取れていませんでした" in post.message.body for post in posts)


async def heard_of_gap(world: World, since: str) -> None:
    """As Telegram tells it when it hears again."""
    event = Event(f"gap:{since}", "", Address("telegram"), True, False, world.house.clock(), News("gap", since))
    await world.house.pipeline.dispatch(event)
    await world.house.settled()


async def test_what_telegram_has_told_itself_is_not_told_again(world: World) -> None:
    await serving(world)
    since = world.house.clock()
    world.telegram.hearing = False
    await world.later(minutes=1)
    world.house.clock.advance(timedelta(hours=30))
    await heard_of_gap(world, since.isoformat())
    world.telegram.hearing = True
    await minutes(world, 5)
    assert told(world) == []


@pytest.mark.parametrize(("silent", "letters"), [(25, 0), (35, 2)])
async def test_a_platform_that_was_silent_for_long_is_told_when_it_is_back(
    world: World, silent: int, letters: int
) -> None:
    await serving(world)
    world.telegram.hearing = False
    await minutes(world, silent)
    assert told(world) == []
    world.telegram.hearing = True
    await minutes(world, 10)
    assert len(told(world)) == letters
    assert all("10:00 から 11月24日(火) 10:36 まで、Telegram とつながって" in letter for letter in told(world))


async def test_platforms_that_went_together_make_one_letter(world: World) -> None:
    await serving(world)
    world.slack.hearing = world.telegram.hearing = False
    await minutes(world, 60)
    world.slack.hearing = True
    await minutes(world, 2)
    assert told(world) == []
    world.telegram.hearing = True
    await minutes(world, 10)
    assert len(told(world)) == 2
    assert all("Slack と Telegram とつながって" in letter for letter in told(world))


async def test_a_platform_that_stays_away_keeps_nobody_from_telling_of_the_other(world: World) -> None:
    await serving(world)
    world.slack.hearing = world.telegram.hearing = False
    await minutes(world, 60)
    world.slack.hearing = True
    await minutes(world, 5)
    assert len(told(world)) == 2
    assert not any("Telegram" in letter for letter in told(world))
    world.telegram.hearing = True
    await minutes(world, 5)
    assert len(told(world)) == 4, "a longer gap of its own"


async def test_a_gap_that_a_restart_falls_into_keeps_its_beginning(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await serving(world)
        world.telegram.hearing = False
        await minutes(world, 40)
    async with restarted(tmp_path, timedelta(minutes=42)) as world:
        await minutes(world, 3)
        letters = told(world)
        assert len(letters) == 2
        assert all("10:00 から" in letter and "Telegram" in letter for letter in letters)


async def test_two_processes_on_one_database_tell_it_once(world: World) -> None:
    """The other one heard all the while; or both did not."""
    await serving(world)
    other = Gaps(world.house.database, {"telegram": world.slack}, world.house.text)
    world.telegram.hearing = False
    for _ in range(40):
        await world.later(minutes=1)
        await other.watch_platforms(world.house.clock())
    world.telegram.hearing = True
    await minutes(world, 5)
    assert told(world) == []


async def test_it_stands_in_the_outbox_under_a_key_of_its_own(tmp_path: Path) -> None:
    """A crash between telling and noting it tells it once."""
    async with open_world(tmp_path) as world:
        await serving(world)
    async with restarted(tmp_path, timedelta(hours=2)) as world:
        twice = Gaps(world.house.database, world.house.adapters, world.house.text)
        await twice.begin(BOTH, world.house.clock())
        await world.house.settled()
        assert len(told(world)) == 2
        assert (await world.house.database.read(outbox.open_count)).keys() == {"delivered"}
