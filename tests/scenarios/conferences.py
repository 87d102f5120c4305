"""What scenes about case conferences have in common: one is proposed, answered, and its date is fixed."""

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store import conferences
from bot.store.members import Role
from tests.world import FakePlatform, Person, World

THEME = "長く会えていない方への手紙"
TIMES = "12/3 14:00\n12/4 10:00\n来週火曜 9時半"


async def proposed(world: World, times: str = TIMES) -> tuple[Person, str]:
    """The coordinator, and the conference's id."""
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    await sato.presses("事例検討会")
    await sato.fills(THEME, times)
    (found,) = await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))
    return sato, found.id


def card(platform: FakePlatform) -> Message:
    return next(post.message for post in platform.posts if "group" in post.address.channel)


async def answers(world: World, name: str, platform: FakePlatform, conference: str, *votes: str) -> Person:
    person = await world.person(name, platform)
    await person.does(Press("conference.vote", conference))
    await person.fills(*votes)
    return person


async def decides(sato: Person, when: str) -> None:
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    await sato.presses("日程を決める")
    await sato.presses(when)
    assert sato.sees("決めると")
    await sato.presses("この日に決める")
