"""What scenes about case conferences have in common: one is proposed, answered, and its date is fixed."""

from bot.chat.events import Address, Press
from bot.chat.messages import Message
from bot.store import conferences, members
from bot.store.conference_models import ConferenceRole
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.poll_posts import EVERY
from bot.store.session import Session
from tests.world import FakePlatform, Person, World

THEME = "長く会えていない方への手紙"
MANY = "\n".join(f"12/{day} 14:00" for day in range(1, 9))
"""More than a card takes the answers of."""

TIMES = "12/3 14:00\n12/4 10:00\n来週火曜 9時半"


async def proposed(world: World, times: str = TIMES, platform: FakePlatform | None = None) -> tuple[Person, str]:
    """The coordinator, on Slack unless it is said, and the conference's id."""
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "広場")
    sato = await world.person("sato", platform or world.slack, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    await sato.presses("事例検討会")
    await sato.fills(THEME, times)
    (ahead,) = await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))
    return sato, ahead.id


def card(platform: FakePlatform) -> Message:
    return next(post.message for post in platform.posts if "group" in post.address.channel)


async def fresh(world: World) -> None:
    """The cards show what was answered last."""
    await world.later(seconds=int(EVERY.total_seconds()))


async def in_group(world: World, name: str, platform: FakePlatform) -> Person:
    """Somebody who looks at the place where the card stands."""
    person = await world.person(name, platform)
    person.place = f"{platform.name}-group-広場"
    return person


async def answers(world: World, name: str, platform: FakePlatform, conference: str, *votes: str) -> Person:
    person = await world.person(name, platform)
    await person.does(Press("conference.vote", conference))
    await person.fills(*votes)
    await fresh(world)
    return person


async def further(person: Person, label: str) -> Message | None:
    """Presses it on the newest card, or behind ほかのこと."""
    if label not in [button.label for button in person.screen[-1].buttons]:
        await person.presses("ほかのこと")
    return await person.presses(label)


async def decides(sato: Person, when: str) -> None:
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    proposal = await sato.presses("日程を決める")
    assert proposal
    if proposal.title != when:
        await _chooses(sato, when)
    if f"{when} に決める" in sato.buttons:
        await sato.presses(f"{when} に決める")
        return
    assert sato.sees("決めると")
    await sato.presses("この日に決める")


async def _chooses(sato: Person, when: str) -> None:
    """Beside the proposal, or behind one more press."""
    labels = [button.label for button in sato.screen[-1].buttons]
    if f"{when} に決める" in labels:
        return
    if when not in labels:
        await sato.presses("ほかの日も見る")
    await sato.presses(when)


async def holds(world: World, person: Person, conference: str, role: str) -> None:
    def take(session: Session) -> None:
        found = members.find(session, Address(person.platform.name, "team", person.id))
        assert found
        session.insert(ConferenceRole, conference=conference, role=role, member=found.id, offered=False)

    await world.house.database.write(take)


async def changed(world: World, conference: str, **values: object) -> PublicConference:
    """As a handler of another room would change it."""
    return await world.house.database.write(lambda session: conferences.change(session, conference, **values))


async def found(world: World, conference: str) -> PublicConference:
    return await world.house.database.read(lambda session: conferences.find(session, conference))
