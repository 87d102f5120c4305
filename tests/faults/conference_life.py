"""A conference's life in processes that are forked, killed with SIGKILL at a transaction, and begun again."""

import asyncio
import os
import pickle
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy.orm import configure_mappers

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import members
from bot.store.database import Database
from bot.store.members import Role
from bot.store.session import Session
from bot.views import questions
from tests.faults.conference_outcome import Outcome, Told, outcome
from tests.faults.conference_story import PEOPLE, STORY, Act, address, hand_of, never_opened, things
from tests.scenarios.lives import tokyo
from tests.world import FakePlatform, HeldClock, Person, Posted, World, open_world

T = TypeVar("T")

When = Literal["inside", "after"]
"""Everything of a transaction is done and nothing committed; or it is committed, and nobody told."""

PEACE = timedelta(hours=1)
"""In which a letter is looked for that was being sent when its process died."""


@dataclass(frozen=True)
class Kill:
    nth: int
    when: When = "inside"


class Ledger(FakePlatform):
    """Outlives every process, as a platform does: what is sent is in a file before the send returns."""

    def __init__(self, name: str, *, dialogs: bool, clock: Callable[[], datetime], file: Path) -> None:
        super().__init__(name, dialogs=dialogs, clock=clock)
        self.file, self.sent = file, list[str]()
        for sent in _written(file):
            self._stand(*sent)

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        _append(self.file, (address, message, key, replacing))
        return self._stand(address, message, key, replacing)

    def _stand(self, address: Address, message: Message, key: str, replacing: str) -> str:
        if replacing:
            next(post for post in self.posts if post.reference == replacing).message = message
            return replacing
        reference = f"{self.name}-{next(self._numbers)}"
        self.posts.append(Posted(reference, address, message))
        self.keys[key] = reference
        self.sent.append(key)
        return reference


def _append(file: Path, thing: Any) -> None:
    """In one write: a kill leaves all of it or nothing."""
    written = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(written, pickle.dumps(thing))
    os.close(written)


def _written(file: Path) -> list[Any]:
    found = []
    if file.exists():
        with file.open("rb") as stream:
            while stream.peek(1):
                found.append(pickle.load(stream))
    return found


class KeptClock(HeldClock):
    """Goes on where the last process left it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__(*_written(file)[-1:])

    def advance(self, by: timedelta) -> None:
        super().advance(by)
        if by:
            _append(self.file, self.moment)


class Life:
    """Its folder holds all that a machine keeps: the database, the clock, the platforms' posts, and the step."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"

    @property
    def step(self) -> int:
        """How many are known to be done."""
        return len(_written(self.folder / "steps"))

    def copied(self, to: Path) -> "Life":
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return Life(to)

    def begin(self) -> "Life":
        configure_mappers()  # once here instead of in every process
        self.data.mkdir(parents=True)
        _forked(self._begin)
        return self

    async def _begin(self) -> None:
        async with self._world() as world:
            await world.group(world.slack, "広場")
            await world.group(world.telegram, "広場")
            ids = {}
            for name, platform in PEOPLE.items():
                role = Role.COORDINATOR if name == "sato" else Role.SUPPORTER
                await world.person(name, getattr(world, platform), role)
                member = await world.house.database.read(lambda session: members.find(session, address(name)))  # noqa: B023
                assert member
                ids[member.id] = name
        _append(self.folder / "people", ids)

    def goes_on(self, until: int = len(STORY), kill: Kill | None = None) -> bool:
        """False where it was killed. A process does what is not known to be done, up to this step."""
        return _forked(lambda: self._goes_on(until), kill)

    async def _goes_on(self, until: int) -> None:
        async with self._world() as world:
            people = {name: Person(world, getattr(world, PEOPLE[name]), address(name).channel) for name in PEOPLE}
            world.people.extend(people.values())
            await world.house.advance(timedelta())
            for number in range(self.step, until):
                step = STORY[number]
                if isinstance(step, Act):
                    now = world.house.clock()
                    look = world.house.database.read
                    if await look(lambda session: never_opened(session, step, now)):  # noqa: B023
                        before = STORY[number - 1]
                        assert isinstance(before, Act)
                        hand = await look(lambda session: hand_of(session, before, now))  # noqa: B023
                        await people[step.who].does(before.body(hand), event_id=f"once more before {number}")
                    hand = await look(lambda session: hand_of(session, step, now))  # noqa: B023
                    await people[step.who].does(step.body(hand), event_id=f"step-{number}")
                    for answer in _answers(people[step.who]):
                        _append(self.folder / "answers", (people[step.who].id, answer))
                else:
                    await world.house.advance(tokyo(step.moment) - world.house.clock())
                _append(self.folder / "steps", number)

    def came_to(self) -> Outcome:
        """After an hour of peace."""
        _forked(self._look)
        found: Outcome = _written(self.folder / "outcome")[-1]
        return found

    async def _look(self) -> None:
        (people,) = _written(self.folder / "people")
        async with self._world() as world:
            await world.house.advance(PEACE)
            posts: list[Posted] = [*world.slack.posts, *world.telegram.posts]
            keys = [key for platform in world.house.adapters.values() for key in getattr(platform, "sent")]  # noqa: B009
            told = Told(posts, _written(self.folder / "answers"), keys)
            found = await world.house.database.read(
                lambda session: outcome(session, {**people, **things(session)}, told)
            )
        _append(self.folder / "outcome", found)

    @asynccontextmanager
    async def _world(self) -> AsyncIterator[World]:
        clock = KeptClock(self.folder / "clock")
        async with open_world(self.data, clock=clock) as world:
            for old in (world.slack, world.telegram):
                kept = Ledger(old.name, dialogs=old.dialogs, clock=clock, file=self.folder / old.name)
                setattr(world, old.name, kept)
                world.house.adapters[old.name] = kept
            yield world


def _answers(person: Person) -> list[Message]:
    """A dialog whose process died before it opened is asked question by question."""
    form, person.form = person.form, None
    asked = [questions.ask(person.world.house.text, "", form, 0)] if form else []
    said, person.hand = person.hand, []
    return [*said, *asked]


def _forked(life: Callable[[], Coroutine[Any, Any, None]], kill: Kill | None = None) -> bool:
    """In a process of its own; the one that forks has no other threads."""
    child = os.fork()
    if child == 0:
        try:
            if kill:
                _kill_at(kill)
            asyncio.run(life())
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    assert ended in (0, -signal.SIGKILL), f"a process of the conference's life ended with {ended}"
    return ended == 0


def _kill_at(kill: Kill) -> None:
    """Nothing is caught, closed or flushed: the process is gone between two instructions."""
    real, begun = Database.write, iter(range(1, 1_000_000))

    async def write(self: Database, work: Callable[[Session], T]) -> T:
        mine = next(begun) == kill.nth

        def done(session: Session) -> T:
            result = work(session)
            if mine and kill.when == "inside":
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        result = await real(self, done)
        if mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(Database, "write", write)  # noqa: B010 - mypy forbids assigning to a method
