"""What scenes about meetings have in common: a date stands, and some of those who come have a role."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.events import Address, Press
from bot.routing import conference_plans
from bot.store import conferences, polls
from bot.store.conference_models import ConferenceRole
from bot.store.conferences import PublicConference
from bot.store.members import find
from bot.store.session import Session
from tests.scenarios.conferences import proposed
from tests.world import TOKYO, Person, World

TIMES = "11/24 13:00\n12/8 14:00"


@dataclass
class Held:
    """hana is chair, ken takes the minutes, mori keeps the time, yui just comes; all at 13:00, for 90 minutes."""

    world: World
    conference: str
    sato: Person
    hana: Person
    ken: Person
    mori: Person
    yui: Person

    async def at(self, hour: int, minute: int = 0, day: int = 24, month: int = 11) -> None:
        moment = datetime(2026, month, day, hour, minute, tzinfo=TOKYO)
        await self.world.later(seconds=int((moment - self.world.house.clock()).total_seconds()))

    async def found(self) -> PublicConference:
        return await self.world.house.database.read(lambda session: conferences.find(session, self.conference))

    async def writes(self, person: Person, kind: str, words: str) -> None:
        await person.does(Press("conference.write", f"{self.conference}.{kind}"))
        await person.fills(words)

    async def writes_step(self, person: Person, words: str, window: str = "week") -> None:
        """In a dialog."""
        await person.does(Press("conference.write_step", self.conference))
        await person.fills(words, "supporter", window)


async def held(world: World, times: str = TIMES, roles: str = "chair recorder timekeeper") -> Held:
    sato, conference = await proposed(world, times)

    hana, mori = await world.person("hana", world.telegram), await world.person("mori", world.telegram)
    ken, yui = await world.person("ken", world.slack), await world.person("yui", world.slack)
    coming = [await member_id(world, each) for each in (hana, mori, ken, yui)]

    def decide(session: Session) -> None:
        now = world.house.clock()
        for member in coming:
            polls.vote(session, conference, member, {1: "yes", 2: "yes"}, now)
        conference_plans.plan(session, polls.decide(session, conference, 1, now), now, world.house.rules)

    await world.house.database.write(decide)
    holders = {"chair": hana, "recorder": ken, "timekeeper": mori}
    for role in roles.split():
        await has_role(world, holders[role], conference, role)
    return Held(world, conference, sato, hana, ken, mori, yui)


async def member_id(world: World, person: Person) -> str:
    private = Address(person.platform.name, "team", person.id)
    known = await world.house.database.read(lambda session: find(session, private))
    assert known
    return known.id


async def has_role(world: World, person: Person, conference: str, role: str) -> None:
    member = await member_id(world, person)

    def give(session: Session) -> None:
        session.insert(ConferenceRole, conference=conference, role=role, member=member, offered=False)

    await world.house.database.write(give)


def titles(person: Person, *containing: str) -> list[str]:
    """Of the letters to this person, whose title or body holds any of these words."""
    said = [letter.title or letter.body for letter in person.letters]
    return [each for each in said if any(words in each for words in containing)]
