"""Who is on duty is told without a name, and silence goes to the next at exact times."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.events import Press
from bot.store.members import Role
from tests.scenarios.danger import SELF, signs
from tests.scenarios.duty import NOTICE, calls, notices, told, town
from tests.scenarios.ledger import no_failure
from tests.world import HeldClock, Person, World, open_world, spoken

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")


async def test_one_tap_tells_one_of_those_on_duty_and_nobody_else(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)
    assert sum(told(ken, mori)) == 1
    assert told(hana, sato, abe) == [0, 0, 0]
    (letter,) = (each for each in (*ken.letters, *mori.letters) if NOTICE in each.body)
    assert SELF not in spoken(letter)
    assert hana.sees("名前を出さずに、当番に知らせました")
    assert world.slack.posts + world.telegram.posts == [
        post for post in world.slack.posts + world.telegram.posts if post.address.channel in (ken.id, mori.id)
    ], "nothing stands in any place"


async def test_silence_goes_to_the_next_and_then_to_every_coordinator_at_exact_times(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)  # 10:00
    first, second = (ken, mori) if notices(ken) else (mori, ken)
    await world.later(minutes=14)
    assert told(first, second, sato, abe) == [1, 0, 0, 0]
    await world.later(minutes=1)
    assert told(first, second, sato, abe) == [1, 1, 0, 0]
    await world.later(minutes=14)
    assert told(first, second, sato, abe) == [1, 1, 0, 0]
    await world.later(minutes=1)
    assert told(first, second, sato, abe) == [1, 1, 1, 1]
    await world.later(days=2)
    assert told(first, second, sato, abe) == [1, 1, 1, 1], "everybody was told once"


async def test_whoever_opens_it_ends_the_calling(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    assert first.sees(SELF)
    await world.later(days=2)
    assert sum(told(ken, mori, sato, abe)) == 1


async def test_the_evening_ends_the_patience_and_the_morning_goes_on_with_it(world: World) -> None:
    hana, ken, mori, sato, _ = await town(world)
    await world.later(hours=7, minutes=50)  # 17:50
    await calls(hana)
    await world.later(hours=14, minutes=44)  # 08:34 on the next working day
    assert sum(told(ken, mori)) == 1
    await world.later(minutes=1)
    assert told(ken, mori, sato) == [1, 1, 0]


async def test_at_night_nobody_is_woken_and_in_the_morning_who_is_on_duty_then_is_told(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await world.later(hours=17)  # 03:00
    await calls(hana)
    assert hana.sees("それまで人の返事はありません")
    await world.later(hours=5, minutes=29)
    assert told(ken, mori) == [0, 0]
    await world.later(minutes=1)
    assert sum(told(ken, mori)) == 1


async def test_over_the_new_year_it_waits_for_the_first_working_morning(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await world.later(days=36, hours=2)  # 30 December, 12:00; nobody has taken a turn, so coordinators are on duty
    await calls(hana)
    assert hana.sees("1月4日(月) 08:30 から")
    await world.later(days=4, hours=20, minutes=29)
    assert sum(told(ken, mori, sato, abe)) == 0
    await world.later(minutes=1)
    assert sum(told(sato, abe)) == 1


async def test_where_nobody_takes_turns_the_coordinators_are_called(world: World) -> None:
    await world.group(world.slack, "広場")
    hana, sato = await world.person("hana", world.slack), await world.person("sato", world.slack, Role.COORDINATOR)
    await calls(hana)
    assert notices(sato) == 1
    await sato.presses("ひらく")
    assert sato.sees(SELF)


async def test_a_coordinator_who_calls_is_not_answered_by_themselves(world: World) -> None:
    """They are called like everybody else, so that nothing tells who wrote; but the calling goes on."""
    await world.group(world.slack, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await calls(sato)
    await world.later(minutes=15)
    assert told(sato, abe) == [1, 1]
    await sato.presses("ひらく")
    await world.later(minutes=15)
    assert told(sato, abe) == [2, 2], "at last everybody, once more"
    await abe.presses("ひらく")
    assert abe.sees(SELF)


async def test_a_second_tap_calls_nobody_twice(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    with no_failure():
        answer = await hana.does(Press("danger.tell"))
    assert answer and "もう知らせてあります" in answer.body
    assert sum(told(ken, mori)) == 1


@pytest.mark.parametrize("minutes", [0, 1, 14, 15, 29, 30])
async def test_a_restart_at_any_moment_changes_nothing(tmp_path: Path, minutes: int) -> None:
    """At 0 right after the tap, at 15 and 30 at the very moment somebody is told."""
    clock = HeldClock()
    async with open_world(tmp_path, clock=clock) as world:
        people = [each.id for each in await town(world)]
        await calls(world.people[0])
        await world.later(minutes=minutes)
        before = [notices(each) for each in world.people]
    async with open_world(tmp_path, clock=clock) as world:
        world.people = [_again(world, name) for name in people]
        await world.house._catch_up()
        assert [notices(each) for each in world.people] == [0] * 5, "nothing is told twice"
        await world.later(minutes=30 - minutes)
        total = [one + other for one, other in zip(before, map(notices, world.people), strict=True)]
    assert total == [0, 1, 1, 1, 1]


def _again(world: World, name: str) -> Person:
    return Person(world, world.slack if name.startswith("slack") else world.telegram, name)


async def test_a_house_that_was_away_tells_the_next_when_it_is_back(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_world(tmp_path, clock=clock) as world:
        people = [each.id for each in await town(world)]
        await calls(world.people[0])
        before = [notices(each) for each in world.people]
    clock.advance(timedelta(hours=2))
    async with open_world(tmp_path, clock=clock) as world:
        world.people = [_again(world, name) for name in people]
        await world.house._catch_up()
        total = [one + other for one, other in zip(before, map(notices, world.people), strict=True)]
        assert total == [0, 1, 1, 0, 0], "and each still has a quarter of an hour"
        await world.later(minutes=15)
        assert [notices(each) for each in world.people[3:]] == [1, 1]


async def test_on_postgresql_too(tmp_path: Path, postgres_url: str) -> None:
    async with open_world(tmp_path, url=postgres_url) as world:
        hana, ken, mori, sato, abe = await town(world)
        await calls(hana)
        await world.later(minutes=15)
        assert told(ken, mori, sato, abe) == [1, 1, 0, 0]
        await ken.presses("ひらく")
        await ken.presses("返事を書く")
        await ken.fills("読みました。")
        await hana.presses("ひらく")
        assert hana.sees("読みました。")
        await world.later(days=1)
        assert told(ken, mori, sato, abe) == [1, 1, 0, 0]
        await hana.does(Press("worry.mine"))
        await hana.presses(hana.buttons[-1])
        await hana.presses("みなさんにも届ける")
        await hana.presses("この内容で届ける")
        assert [post.message.quote for post in world.slack.posts if post.address.channel == "slack-group-広場"] == [
            SELF
        ]
