"""A town in which two take their turn, and somebody calls them."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.events import Command
from bot.store import members
from bot.store.community_models import Duty
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.danger import SELF
from tests.world import TOKYO, Person, World

NOTICE = "当番のあなたを待っている"


async def on_duty(world: World, *people: Person, days: int = 3) -> None:
    today = world.house.clock().astimezone(TOKYO).date()
    await world.house.database.write(lambda session: _take_turns(session, people, today, days))


def _take_turns(session: Session, people: Sequence[Person], today: date, days: int) -> None:
    for person in people:
        member = members.find(session, person.world.event(person, Command("menu")).private)
        assert member
        for number in range(days):
            day = (today + timedelta(days=number)).isoformat()
            session.insert(Duty, day=day, member=member.id, state="on")


async def calls(person: Person, words: str = SELF) -> None:
    await person.commands("worry")
    await person.fills(words)
    await person.presses("自分のこと")
    await person.presses("当番に知らせる")


def notices(person: Person) -> int:
    return sum(NOTICE in letter.body for letter in person.letters)


def told(*people: Person) -> list[int]:
    return [notices(each) for each in people]


async def town(world: World) -> tuple[Person, Person, Person, Person, Person]:
    """hana writes; ken and mori are on duty; sato and abe coordinate."""
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    ken, mori = await world.person("ken", world.slack), await world.person("mori", world.telegram)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await on_duty(world, ken, mori)
    return hana, ken, mori, sato, abe
