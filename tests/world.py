"""A small world to play scenes in: two fake platforms, a clock we hold, people who say, press and see.

Every message that reaches a place or another person is held against every person's id, name and handle:
promise 1 is an invariant of this world, not of one test.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.house import House
from bot.chat.errors import Unreachable
from bot.chat.events import Address, Body, Command, Event, Press, Submit, Text
from bot.chat.messages import File, Form, Message, Reply
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members, places
from bot.store.database import Database
from bot.store.keyring import KeySource
from bot.store.members import Role
from bot.store.seal import Keys

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:00 in Tokyo."""


class HeldClock(Clock):
    """Moves only when a scene says so."""

    def __init__(self, moment: datetime = START) -> None:
        super().__init__()
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class Posted:
    reference: str
    address: Address
    message: Message
    at: datetime = START


class FakePlatform:
    """Keeps what was sent to it. dialogs: whether a dialog can open from a button or command."""

    can_look = True
    hearing = True
    hears_alone = False

    def __init__(self, name: str, *, dialogs: bool, clock: Callable[[], datetime] = lambda: START) -> None:
        self.name, self.dialogs, self.clock = name, dialogs, clock
        self.posts: list[Posted] = []
        self.keys: dict[str, str] = {}
        self.broken: list[Exception] = []
        """Raised by the next sends, one each."""
        self.unreachable: set[str] = set()
        self.blocking: set[str] = set()
        """Unreachable until they let the bot in again; the platform tells then."""
        self._numbers = count(1)

    async def run(self, dispatch: object) -> None:
        """Scenes dispatch by themselves."""

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        if self.broken:
            raise self.broken.pop(0)
        if address.channel in self.unreachable:
            raise Unreachable("left")
        if address.channel in self.blocking:
            raise Unreachable("blocked", for_now=True)
        if replacing:
            post = next(post for post in self.posts if post.reference == replacing)
            post.message = message
            return replacing
        reference = f"{self.name}-{next(self._numbers)}"
        self.posts.append(Posted(reference, address, message, self.clock()))
        self.keys[key] = reference
        return reference

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        return self.keys.get(key)


@dataclass
class Person:
    """Someone in front of a screen: what they see is what they were shown or sent, newest last."""

    world: "World"
    platform: FakePlatform
    id: str
    place: str = ""
    """Empty: alone with the bot. Otherwise the group they look at."""
    hand: list[Message] = field(default_factory=list)
    form: Form | None = None
    files: list[File] = field(default_factory=list)

    async def says(self, text: str) -> Message | None:
        return await self.does(Text(text))

    async def commands(self, name: str, argument: str = "") -> Message | None:
        return await self.does(Command(name, argument))

    async def presses(self, label: str) -> Message | None:
        """Presses the newest button with this label that is in front of this person."""
        for message in reversed(self.screen):
            for button in message.buttons:
                if button.label == label:
                    return await self.does(Press(button.action, button.argument))
        raise AssertionError(f"{self.id} sees no button {label!r}; there is {self.buttons}")

    async def fills(self, *answers: str) -> Message | None:
        """Answers every field: at once in a dialog, one after the other where none can open."""
        if self.form is not None:
            form, self.form = self.form, None
            names = [each.name for each in form.fields]
            assert len(answers) == len(names), f"the form asks for {names}"
            return await self.does(Submit(form.name, dict(zip(names, answers, strict=True)), form.argument))
        last = None
        for answer in answers:
            labels = self.screen[-1].buttons if self.screen else ()
            choice = next((button for button in labels if button.label == answer), None)
            last = await (self.presses(answer) if choice else self.says(answer))
        return last

    async def does(self, body: Body, *, event_id: str = "") -> Message | None:
        event = self.world.event(self, body, event_id)
        reply = await self.world.house.pipeline.dispatch(event)
        await self.world.house.settled()
        self.world.check_privacy()
        return self._take(reply)

    def _take(self, reply: Reply | None) -> Message | None:
        if reply is None:
            return None
        if reply.form is not None:
            self.form = reply.form
        self.files.extend(reply.files)
        if reply.message is not None:
            self.hand.append(reply.message)
        return reply.message

    @property
    def letters(self) -> list[Message]:
        """What was sent to this person alone."""
        return [post.message for post in self.platform.posts if post.address.channel == self.id]

    @property
    def screen(self) -> list[Message]:
        """Where this person looks: the group, or their own place with what they hold in hand."""
        if self.place:
            return [post.message for post in self.platform.posts if post.address.channel == self.place]
        return [*self.letters, *self.hand]

    @property
    def buttons(self) -> list[str]:
        return [button.label for message in self.screen for button in message.buttons]

    def sees(self, words: str) -> bool:
        return any(words in spoken(message) for message in self.screen)


def spoken(message: Message) -> str:
    labels = [button.label for button in message.buttons]
    return "\n".join([message.title, message.body, message.quote, message.note, *labels])


class World:
    """slack has dialogs, telegram has none; both have one group, and their people are members."""

    def __init__(self, house: House, slack: FakePlatform, telegram: FakePlatform, folder: Path) -> None:
        self.house, self.slack, self.telegram, self.folder = house, slack, telegram, folder
        self.people: list[Person] = []
        self._events = count(1)

    async def person(self, name: str, platform: FakePlatform, role: Role | None = Role.SUPPORTER) -> Person:
        """role: None for a stranger."""
        person = Person(self, platform, f"{platform.name}-user-{name}")
        self.people.append(person)
        if role is not None:
            expires = self.house.clock() + timedelta(days=1)
            code = await self.house.database.write(lambda session: members.invite(session, role, 1, expires))
            await person.commands("join", code)
            person.hand.clear()
        return person

    async def group(self, platform: FakePlatform, name: str) -> str:
        channel = f"{platform.name}-group-{name}"
        address = Address(platform.name, "team", channel)
        await self.house.database.write(lambda session: places.link(session, address, name, "ja"))
        return channel

    def event(self, person: Person, body: Body, event_id: str = "") -> Event:
        return Event(
            id=event_id or f"event-{next(self._events)}",
            sender=person.id,
            address=Address(person.platform.name, "team", person.place or person.id),
            direct=not person.place,
            modal=person.platform.dialogs and not isinstance(body, Text),
            at=self.house.clock(),
            body=body,
        )

    async def later(self, **time: int) -> None:
        """Time passes, and everything that falls due happens at its moment."""
        await self.house.advance(timedelta(**time))
        self.check_privacy()

    def check_privacy(self) -> None:
        """No message carries anybody's id, and none for another person carries a sender's."""
        for platform in (self.slack, self.telegram):
            for post in platform.posts:
                shown = f"{spoken(post.message)} {[button.argument for button in post.message.buttons]}"
                for person in self.people:
                    assert person.id not in shown, f"{person.id} stands in a message to {post.address.channel}"

    def files(self) -> bytes:
        """Every byte that is on the disk now, the write-ahead log among them, the key left out."""
        kept = (file for file in sorted(self.folder.iterdir()) if file.is_file() and file.suffix != ".key")
        return b"\n".join(file.read_bytes() for file in kept)


@asynccontextmanager
async def open_world(
    folder: Path,
    master: bytes = b"k" * 32,
    url: str = "",
    keys: KeySource | None = None,
    clock: Clock | None = None,
    publish_times: str = "now",
    label_members: int = 10,
) -> AsyncIterator[World]:
    """A whole house on a real database in this folder. Opening the same folder again is a restart.

    publish_times: most scenes are not about waiting for the next batch."""
    settings = Settings(data_dir=folder, publish_times=publish_times, label_members=label_members)
    clock = clock or HeldClock()
    database = Database(url or settings.database, keys or Keys(master))
    handbook = Handbook(embedder=lambda: HashEmbedder())
    house = House(settings, database, handbook, clock)
    slack = FakePlatform("slack", dialogs=True, clock=clock)
    telegram = FakePlatform("telegram", dialogs=False, clock=clock)
    house.adapters.update({"slack": slack, "telegram": telegram})
    try:
        yield World(house, slack, telegram, folder)
    finally:
        database.close()


TOKYO = ZoneInfo("Asia/Tokyo")
