"""A small community to do wrong things in, and how every one of them must end."""

from bot.chat.events import Body, Press
from bot.chat.messages import Message
from bot.store.members import Role
from tests.scenarios.ledger import inbox, no_failure, rows
from tests.world import Person, World

WORRY = "本人に会えないまま一年がたちました。"


async def refused(person: Person, body: Body, words: str, *left_out: str) -> Message:
    """One kind line with these words, no row changed beside the inbox, and nothing kept of what was sent."""
    world = person.world
    before, sent = await rows(world, *left_out), len(world.slack.posts) + len(world.telegram.posts)
    with no_failure():
        answer = await person.does(body)
    assert answer
    assert words in answer.body
    for part in (answer.title, answer.body, answer.quote, answer.note):
        part.encode()
        assert "\x00" not in part
        assert len(part) < 1000
    assert await rows(world, *left_out) == before
    assert len(world.slack.posts) + len(world.telegram.posts) == sent
    assert ("new", True) not in await inbox(world)
    return answer


async def community(world: World) -> tuple[Person, Person, Person]:
    """hana is asked question by question, ken has dialogs, sato coordinates."""
    await world.group(world.slack, "広場")
    people = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    return *people, await world.person("sato", world.slack, Role.COORDINATOR)


async def shared(world: World, author: Person) -> str:
    await author.commands("worry")
    await author.fills(WORRY)
    await author.presses("この内容で届ける")
    return next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument


async def poll(sato: Person) -> str:
    await sato.does(Press("conference.new"))
    await sato.fills("居場所づくり", "12/3 14:00\n12/4 14:00")
    return sato.screen[-1].buttons[0].argument
