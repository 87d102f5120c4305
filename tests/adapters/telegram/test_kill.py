"""200 updates wait, the process is killed at a random moment and started again: none is lost, none doubled."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE

import pytest

from bot.chat.events import Address
from bot.settings import Settings
from bot.store import drafts, members, outbox, places
from bot.store.database import Database
from bot.store.members import Role
from bot.store.seal import Keys
from bot.store.session import Session
from tests.adapters.telegram.child import MASTER
from tests.source import ROOT
from tests.telegram.server import FakeTelegram, open_telegram

TRIALS = 3
MEMBERS, EACH, GUESTS = 25, 4, 100
"""A hundred worries confirmed, and a hundred people who join: two hundred updates."""

KILLED = -signal.SIGKILL


def database_in(folder: Path) -> Database:
    return Database(Settings(data_dir=folder).database, Keys(MASTER))


def words(member: int, turn: int) -> str:
    return f"悩み{member}の{turn}。"


class Nursery:
    """Forks a process for every life from one that has the imports behind it."""

    def __init__(self) -> None:
        command = (sys.executable, "-m", "tests.adapters.telegram.child")
        self._parent = subprocess.Popen(command, cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE, bufsize=1)

    async def born(self, folder: Path, telegram: FakeTelegram, disk: str = "") -> int:
        assert self._parent.stdin
        order = {"folder": str(folder), "token": telegram.token, "root": telegram.root, "disk": disk}
        self._parent.stdin.write(f"{json.dumps(order)}\n")
        return await self._told()

    async def ended(self, pid: int, sign: signal.Signals) -> int:
        os.kill(pid, sign)
        return await self._told()

    async def _told(self) -> int:
        assert self._parent.stdout
        return int(await asyncio.wait_for(asyncio.to_thread(self._parent.stdout.readline), 30))

    def close(self) -> None:
        self._parent.communicate(timeout=30)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture
def community(tmp_path: Path) -> tuple[Path, str, list[list[str]]]:
    """A folder with members whose worries wait to be confirmed, a place, and a code for a hundred guests."""
    folder = tmp_path / "community"
    folder.mkdir()
    now = datetime.now(UTC)

    def prepare(session: Session) -> tuple[str, list[list[str]]]:
        code = members.invite(session, Role.SUPPORTER, MEMBERS, now + timedelta(days=1))
        telegram = FakeTelegram("polling", lambda: now)
        place = places.link(session, Address("telegram", "", str(telegram.group("広場").id)), "広場", "ja")
        kept = []
        for member in range(MEMBERS):
            home = Address("telegram", "", str(telegram.person(f"m{member}").id))
            members.join(session, home, code, "ja", now)
            contents = ({"text": words(member, turn), "audience": "all", "places": [place.id]} for turn in range(EACH))
            kept.append([drafts.keep(session, home, "preview", content, now) for content in contents])
        return members.invite(session, Role.SUPPORTER, GUESTS, now + timedelta(days=1)), kept

    database = database_in(folder)
    try:
        code, kept = asyncio.run(database.write(prepare))
    finally:
        database.close()
    return folder, code, kept


async def wait_outside(telegram: FakeTelegram, code: str, previews: list[list[str]], chance: random.Random) -> None:
    """All two hundred, while nobody listens, in any order."""
    telegram.group("広場")
    people = [telegram.person(f"m{number}") for number in range(MEMBERS)]
    shown = [telegram.chats.post(person.chat, telegram.chats.bot, "届ける前のたしかめ") for person in people]
    acts = [(person, shown[number], draft) for number, person in enumerate(people) for draft in previews[number]]
    chance.shuffle(acts)
    for number, (person, message, draft) in enumerate(acts):
        person.chat.started = True
        person.sends_press(message, f"worry.post:{draft}")
        await telegram.person(f"guest{number}").starts(code)
    assert len(telegram.queue.waiting) == 2 * len(acts) == 200


@pytest.mark.parametrize("trial", range(TRIALS))
async def test_a_kill_among_two_hundred_waiting_updates(
    trial: int, nursery: Nursery, community: tuple[Path, str, list[list[str]]]
) -> None:
    chance = random.Random(trial)
    folder, code, previews = community
    async with open_telegram() as telegram:
        await wait_outside(telegram, code, previews, chance)
        pid = await nursery.born(folder, telegram, "slow" if trial % 2 else "")
        await telegram.chats.until(moment(trial, telegram, chance), 30, "the moment")
        assert await nursery.ended(pid, signal.SIGKILL) == KILLED
        pid = await nursery.born(folder, telegram)
        await telegram.drained(30)
        square = telegram.group("広場").id
        await telegram.chats.until(lambda: len(told(telegram, square)) >= 100, 30, "every worry standing")
        database = database_in(folder)
        try:
            await asyncio.wait_for(all_carried(database), 30)
            joined = await database.read(members.count)
            states = await database.read(outbox.open_count)
        finally:
            database.close()
        assert await nursery.ended(pid, signal.SIGTERM) == 0
    posts = told(telegram, square)
    first = [post for post in posts if "※再送" not in post]
    everything = [words(member, turn) for member in range(MEMBERS) for turn in range(EACH)]
    assert [each for each in everything if sum(each in post for post in posts) == 0] == []  # none lost
    assert [each for each in everything if sum(each in post for post in first) > 1] == []  # none twice unmarked
    assert len(posts) <= 101  # at most the one that was under way
    assert joined == MEMBERS + GUESTS
    assert states.get("delivered", 0) >= 100 and set(states) == {"delivered"}


def moment(trial: int, telegram: FakeTelegram, chance: random.Random) -> Callable[[], bool]:
    """Anywhere on the way; every second time just as an offset has moved, when what lies below it must be safe."""
    method, so_many = ("getUpdates", chance.randint(2, 5)) if trial % 2 else ("", chance.randint(1, 320))
    return lambda: sum(method in name for name, _ in telegram.chats.calls) >= so_many


def told(telegram: FakeTelegram, chat: int) -> list[str]:
    return [message.text for message in telegram.chats.by_bot(chat)]


async def all_carried(database: Database) -> None:
    """Also what the first life left half done, and is answered by letter now."""
    while set(await database.read(outbox.open_count)) != {"delivered"}:
        pass
