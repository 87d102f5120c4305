"""A worry of Tuesday 24 November, and its author who is asked how it went."""

from bot.chat.events import Press
from bot.chat.messages import Message
from tests.scenarios.community import WORRY
from tests.scenarios.lives import tokyo
from tests.world import Person, World


async def shared(world: World, author: Person) -> str:
    """Tuesday 24 November, 10:00."""
    await world.group(world.slack, "広場")
    await author.commands("worry")
    await author.fills(WORRY)
    await author.presses("この内容で届ける")
    return next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument


async def answered(world: World, worry: str) -> Person:
    """By ken, so that nobody else is called."""
    ken = await world.person("ken", world.slack)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("まず、お手紙からはいかがでしょう。")
    return ken


def asks(message: Message) -> bool:
    return any(button.action == "following_up.open" for button in message.buttons)


def asked(person: Person) -> list[Message]:
    return [letter for letter in person.letters if asks(letter)]


async def go_to(world: World, moment: str) -> None:
    await world.house.advance(tokyo(moment) - world.house.clock())
    world.check_privacy()


async def opens(person: Person) -> Message:
    button = asked(person)[-1].buttons[0]
    shown = await person.does(Press(button.action, button.argument))
    assert shown
    return shown
