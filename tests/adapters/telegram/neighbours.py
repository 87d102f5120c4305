"""One community on two platforms: some of its people on Telegram, some in Slack, and every worry in both places."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app.house import warm
from bot.chat.events import Address
from bot.store import places
from bot.store.members import Role
from tests.adapters.telegram.house import HANDBOOK, TelegramHouse, open_telegram_house
from tests.scenarios.lives import tokyo
from tests.slack.people import SlackPerson
from tests.slack.screen import message_words
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import TEAM
from tests.telegram.groups import TelegramGroup
from tests.telegram.people import TelegramPerson
from tests.telegram.server import FakeTelegram, open_telegram
from tests.telegram.shapes import Message
from tests.world import START, HeldClock

EVERYWHERE = "つながっているすべての場"
CONFIRM = "この内容で届ける"
_RECEIVERS = ("chat_id", "channel", "user", "users", "user_id")


@dataclass
class Neighbours:
    """Two platforms that outlive the house between them."""

    slack: FakeSlack
    telegram: FakeTelegram
    clock: HeldClock
    folder: Path
    square: TelegramGroup
    channel: str

    @asynccontextmanager
    async def house(self) -> AsyncIterator[TelegramHouse]:
        """Opening it again is a restart."""
        async with open_telegram_house(self.folder, self.telegram, self.clock, self.slack) as town:
            await self.slack.workspace.until(lambda: self.slack.socket.links, 10, "the bot coming")
            yield town

    async def settle(self, town: TelegramHouse) -> None:
        """Both places are theirs."""
        await town.place()
        group = Address("slack", TEAM, self.channel)
        await town.house.database.write(lambda session: places.link(session, group, "詰所", "ja"))

    async def in_slack(self, town: TelegramHouse, name: str, role: Role = Role.SUPPORTER) -> SlackPerson:
        person = self.slack.person(name, [self.channel])
        await town.enrolled(Address("slack", TEAM, person.id), role)
        return person

    def stands(self, words: str) -> tuple[int, int]:
        """How many messages carry this in the square on Telegram, and in the channel in Slack."""
        return sum(words in each for each in self.read_in_square), sum(words in each for each in self.read_in_channel)

    @property
    def read_in_square(self) -> list[str]:
        return [message.text for message in self.telegram.chats.by_bot(self.square.id)]

    @property
    def read_in_channel(self) -> list[str]:
        return ["\n".join(message_words(post)) for post in self.slack.workspace.by_bot(self.channel)]

    def sent(self, *besides: TelegramPerson | SlackPerson) -> str:
        """Everything that was ever sent to either platform, without whom it was for; nothing that these people got."""
        own = {str(each.id) for each in besides} | {each.im for each in besides if isinstance(each, SlackPerson)}
        calls = (*self.telegram.chats.calls, *self.slack.workspace.calls)
        return "\n".join(f"{_said(args)}" for _, args in calls if not own & _receivers(args))


@asynccontextmanager
async def neighbours(folder: Path, begins: datetime = START) -> AsyncIterator[Neighbours]:
    clock = HeldClock(begins)
    await warm(HANDBOOK)  # or the first worry waits for its index
    async with open_slack("socket", clock) as slack, open_telegram(now=clock) as telegram:
        yield Neighbours(slack, telegram, clock, folder, telegram.group("広場"), slack.channel("hiroba"))


async def writes(person: TelegramPerson, words: str, *buttons: str) -> Message:
    """Question by question; what she wrote."""
    await person.commands("worry")
    await person.sees_soon("（1/2）")
    said = await person.says(words)
    await person.sees_soon("（2/2）")
    await person.presses(EVERYWHERE)
    await _confirms(person, buttons)
    return said


async def fills(person: SlackPerson, words: str, *buttons: str) -> None:
    """In a dialog, which is closed in the end."""
    await person.slash("worry")
    await person.sees_soon("どんなことで困っていますか")
    await person.fills(words, EVERYWHERE)
    await _confirms(person, buttons)
    if buttons:
        await person.closes(everything=True)


async def _confirms(person: TelegramPerson | SlackPerson, buttons: tuple[str, ...]) -> None:
    await person.sees_soon("届ける前のたしかめ")
    for button in buttons:
        await person.sees_soon(button)
        await person.presses(button)
    if buttons:
        await person.sees_soon("お届けしています" if buttons[-1] == CONFIRM else "まだ、だれにも見えていません")


async def opens_newest(person: TelegramPerson | SlackPerson, words: str) -> None:
    """The newest content-free notice."""
    await person.sees_soon("お知らせがひとつ")
    await person.presses("ひらく")
    await person.sees_soon(words)


async def goes_on_until(town: TelegramHouse, moment: str) -> None:
    """Everything that falls due on the way happens at its moment."""
    await town.house.advance(tokyo(moment) - town.house.clock())
    await town.settled()


def _receivers(args: dict[str, object]) -> set[str]:
    return {str(args[name]) for name in _RECEIVERS if name in args}


def _said(args: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in args.items() if name not in _RECEIVERS}
