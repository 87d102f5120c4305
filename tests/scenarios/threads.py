"""A thread on two platforms that lasts for weeks: everything is brought twice, and the house restarts in between."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.chat.events import Body, Press
from bot.chat.messages import Button, Message
from tests.scenarios.ledger import no_failure
from tests.world import HeldClock, Person, World, open_world

WORRY = "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。"


class Hasty(Person):
    """Whatever they do, the platform brings it twice."""

    async def does(self, body: Body, *, event_id: str = "") -> Message | None:
        event = self.world.event(self, body, event_id)
        with no_failure():
            reply = await self.world.house.pipeline.dispatch(event)
            assert await self.world.house.pipeline.dispatch(event) is None
        await self.world.house.settled()
        self.world.check_privacy()
        return self._take(reply)


async def hasty(world: World, name: str, *, on: str) -> Hasty:
    """A member on this platform."""
    known = await world.person(name, world.slack if on == "slack" else world.telegram)
    world.people.remove(known)
    person = Hasty(world, known.platform, known.id)
    world.people.append(person)
    return person


@asynccontextmanager
async def restarted(before: World, folder: Path) -> AsyncIterator[World]:
    """Another house on the same rows, with the platforms and the people as they were; before is over."""
    clock = HeldClock()
    clock.moment = before.house.clock()
    async with open_world(folder, clock=clock) as world:
        for old, new in ((before.slack, world.slack), (before.telegram, world.telegram)):
            new.posts, new.keys, new._numbers = old.posts, old.keys, old._numbers
        world._events, world.people = before._events, before.people
        for person in world.people:
            person.world, person.platform = world, world.slack if person.platform is before.slack else world.telegram
        yield world


async def shares(author: Person, words: str = WORRY) -> str:
    """Returns the id of the worry."""
    await author.commands("worry")
    await author.fills(words, *(["all"] if author.form and len(author.form.fields) > 1 else []))
    if not author.sees("この内容で届ける"):
        await author.presses("つながっているすべての場")
    await author.presses("この内容で届ける")
    posts = (*author.world.slack.posts, *author.world.telegram.posts)
    return next(post.message for post in posts if post.message.quote == words).buttons[0].argument


def notices(person: Person) -> list[Button]:
    """What opens the answers that this person was told of, oldest first; over weeks there are other letters, too."""
    return [each for letter in person.letters for each in letter.buttons if each.action == "worry.read"]


async def opens(person: Person) -> Message | None:
    """The newest of them."""
    newest = notices(person)[-1]
    return await person.does(Press(newest.action, newest.argument))


def standing(world: World, words: str) -> list[Message]:
    """What stands in the groups of both platforms and says this."""
    posts = (*world.slack.posts, *world.telegram.posts)
    return [each.message for each in posts if "group" in each.address.channel and words in each.message.quote]
