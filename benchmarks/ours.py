"""Our whole house with a platform that takes every letter at once: inbox, effect, item key and outbox per worry."""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.peers import WORRY
from benchmarks.timing import Timing, timed
from bot.app.house import House
from bot.chat.adapter import Dispatch
from bot.chat.events import Address, Event, Press
from bot.chat.messages import Message
from bot.knowledge.handbook import Handbook
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import drafts, members, places
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from bot.store.session import Session

PLATFORM = "loop"
KEYS = Keys(b"b" * 32)


class Taking:
    """Takes every letter and tells whoever waits for its words."""

    name = PLATFORM
    can_look = True
    hearing = True
    hears_alone = False

    def __init__(self) -> None:
        self.arrived: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._count = 0

    async def run(self, dispatch: Dispatch) -> None: ...

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:  # noqa: ARG002
        self._count += 1
        self.arrived[message.quote].set()
        return str(self._count)

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        return None


def home(person: int) -> Address:
    return Address(PLATFORM, "team", f"person-{person}")


async def worries(folder: Path, people: int, turns: int, *, delivered: bool, url: str = "") -> Timing:
    """Everyone confirms one preview after the other. delivered: waits until the post stands in the place.
    url: of another database than SQLite in the folder."""
    settings = Settings(data_dir=folder)
    database = Database(url or settings.database, KEYS)
    house = House(settings, database, Handbook(), Clock())
    platform = Taking()
    house.adapters[PLATFORM] = platform
    now = datetime.now(UTC)
    previews = await database.write(lambda session: _prepare(session, people, turns, now))
    async with house.working():

        async def act(person: int, turn: int) -> None:
            press = Press("worry.post", previews[person][turn])
            event = Event(f"{person}-{turn}", f"person-{person}", home(person), True, False, now, press)
            await house.pipeline.dispatch(event)
            if delivered:
                await platform.arrived[words(person, turn)].wait()

        result = await timed(act, people, turns)
        await house.settled()
    await asyncio.to_thread(database.close)
    return result


def words(person: int, turn: int) -> str:
    return f"{WORRY}（{person}・{turn}）"


def _prepare(session: Session, people: int, turns: int, now: datetime) -> list[list[str]]:
    code = members.invite(session, Role.SUPPORTER, people, now + timedelta(days=1))
    previews = []
    for person in range(people):
        members.join(session, home(person), code, "ja", now)
        # a place each, as the stock bots answer each person in their own chat: within one chat the order is kept
        place = places.link(session, Address(PLATFORM, "team", f"place-{person}"), f"広場{person}", "ja")
        contents = ({"text": words(person, turn), "places": [place.id]} for turn in range(turns))
        previews.append([drafts.keep(session, home(person), "preview", content, now) for content in contents])
    return previews
