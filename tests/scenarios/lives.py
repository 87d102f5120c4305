"""One community over several lives of its house: the same folder, the same people, and everything that reached them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.chat.messages import Message
from bot.store.members import Role
from tests.scenarios.community import WORRY
from tests.world import TOKYO, HeldClock, Person, World, open_world

CALL = "返信を待っている悩みがあります"


def tokyo(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=TOKYO)


class Lives:
    """heard: when, who, and what they were told alone, in the order in which it came."""

    def __init__(self, folder: Path, begins: str) -> None:
        self.folder, self.clock = folder, HeldClock(tokyo(begins))
        self.heard: list[tuple[str, str, Message]] = []
        self._names: dict[str, str] = {}
        self._births = count(0)

    @asynccontextmanager
    async def life(self) -> AsyncIterator[World]:
        """Opening it again is a restart."""
        async with open_world(self.folder, clock=self.clock) as world:
            world._events = count(1_000 * next(self._births))
            yield world
            self._listen(world)

    async def person(self, world: World, name: str, platform: str, role: Role = Role.SUPPORTER) -> Person:
        """Known already in a later life."""
        where = world.slack if platform == "slack" else world.telegram
        person_id = f"{platform}-user-{name}"
        if person_id in self._names:
            person = Person(world, where, person_id)
            world.people.append(person)
            return person
        self._names[person_id] = name
        return await world.person(name, where, role)

    async def shared(self, world: World, author: Person) -> str:
        await world.group(world.slack, "広場")
        await author.commands("worry")
        await author.fills(WORRY)
        await author.presses("この内容で届ける")
        return next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument

    async def go_to(self, world: World, moment: str) -> None:
        """Everything that falls due on the way happens at its moment."""
        await world.house.advance(tokyo(moment) - self.clock())
        world.check_privacy()

    def sleep_until(self, moment: str) -> None:
        """While no house is open."""
        self.clock.advance(tokyo(moment) - self.clock())

    def told(self, *names: str) -> list[str]:
        """ "MONTH-DAY HOUR:MINUTE NAME" of every notice; names: only to these."""
        return [f"{when} {name}" for when, name, _ in self.heard if not names or name in names]

    def _listen(self, world: World) -> None:
        sent = [(post.at, post) for platform in (world.slack, world.telegram) for post in platform.posts]
        for at, post in sorted(sent, key=lambda each: each[0]):
            if name := self._names.get(post.address.channel):
                self.heard.append((f"{at.astimezone(TOKYO):%m-%d %H:%M}", name, post.message))


async def takes_duty(person: Person, day: str) -> None:
    await person.commands("menu")
    await person.presses("当番")
    if "当番に加わる" in person.buttons[-12:]:
        await person.presses("当番に加わる")
    await person.presses(f"{day} を引き受ける")
