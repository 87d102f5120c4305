"""Region and role beside a worry: said by who wishes it, shown while enough others share it, wider when they leave."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.events import Press
from bot.store.members import Role
from tests.world import Person, World, open_world

K = 5
WORRY = "地域の会議で話しにくいことがあります。"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, label_members=K) as opened:
        yield opened


async def lives(world: World, name: str, square: str, area: str) -> Person:
    """Somebody who has done something in the square, and works in public health there."""
    person = await world.person(name, world.slack)
    person.place = square
    await person.commands("menu")
    person.place = ""
    await person.commands("mydata")
    await person.presses("働いている地域・立場")
    await person.fills(area, "health")
    return person


async def town(world: World, *areas: str) -> list[Person]:
    square = await world.group(world.slack, "広場")
    return [await lives(world, f"person{number}", square, area) for number, area in enumerate(areas)]


async def shares(person: Person, *choices: str) -> str:
    await person.commands("worry")
    await person.fills(WORRY)
    for choice in (*choices, "この内容で届ける"):
        await person.presses(choice)
    return beside(person.world)


def beside(world: World) -> str:
    return next(post.message.body for post in world.slack.posts if post.message.quote == WORRY)


async def test_nothing_is_shown_until_the_author_wishes_it(world: World) -> None:
    people = await town(world, *["13"] * K)
    assert await shares(people[0]) == ""


async def test_as_much_as_enough_others_share(world: World) -> None:
    people = await town(world, *["13"] * (K - 1), "14", "27")
    await people[0].commands("worry")
    shown = await people[0].fills(WORRY)
    assert shown
    shown = await people[0].presses("地域・立場を添える")
    assert shown
    assert "関東地方・保健師・保健所" in shown.note
    await people[0].presses("この内容で届ける")
    assert beside(world) == "関東地方・保健師・保健所"


async def test_it_grows_wider_when_somebody_leaves_and_never_narrower(world: World) -> None:
    people = await town(world, *["13"] * K, *["14"] * K)
    assert await shares(people[0], "地域・立場を添える") == "東京都・保健師・保健所"
    await people[4].commands("mydata")
    await people[4].presses("消して退会する")
    await people[4].presses("はい、消します")
    await world.later(minutes=2)
    assert beside(world) == "", "four are too few, and Kanto would tell of these four as well"
    await lives(world, "another", world.slack.posts[0].address.channel, "13")
    await world.later(minutes=2)
    assert beside(world) == ""


async def test_it_grows_wider_when_one_of_its_places_is_no_place_any_more(world: World) -> None:
    people = await town(world, *["13"] * (K - 1))
    other = await world.group(world.slack, "広間")
    await lives(world, "another", other, "13")
    await people[0].commands("worry")
    await people[0].fills(WORRY, "つながっているすべての場")
    for press in ("地域・立場を添える", "この内容で届ける"):
        await people[0].presses(press)
    assert beside(world) == "東京都・保健師・保健所"
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("mydata")
    shown = await sato.presses("調整役の仕事")
    assert shown
    unlink = next(each for each in shown.buttons if each.action == "place.unlink" and "広間" in each.label)
    await sato.does(Press("place.unlinked", unlink.argument))
    await world.later(minutes=2)
    assert beside(world) == ""


async def test_who_only_joined_by_a_code_does_not_make_it_narrower(world: World) -> None:
    people = await town(world, *["13"] * (K - 1))
    away = await world.person("away", world.telegram)
    await away.commands("mydata")
    await away.presses("働いている地域・立場")
    await away.fills("東京都", "保健師・保健所")
    assert await shares(people[0], "地域・立場を添える") == ""


async def test_what_is_said_stands_among_ones_own_data_and_can_be_taken_back(world: World) -> None:
    hana, *_ = await town(world, "13")
    card = await hana.commands("mydata")
    assert card
    assert "東京都・保健師・保健所" in card.body
    await hana.presses("働いている地域・立場")
    await hana.fills("unsaid", "unsaid")
    card = await hana.commands("mydata")
    assert card
    assert "立場：言わない" in card.body
