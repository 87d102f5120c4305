"""A community loses its database and gets it back: who is known, what stays erased, and which letters come again."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from bot.app.backup import backup
from bot.app.restore import restore
from bot.chat.errors import RetryLater
from bot.chat.events import Press
from bot.routing.conference_reminders import REMINDER
from bot.store import outbox
from bot.store.models import ItemKey, Occurrence, Outbox
from bot.store.session import Session
from tests.store.community import WORRIES, close, live, own_worries
from tests.world import Person, Posted, World, open_world, spoken

KEY = b"k" * 32
MARK = "※再送"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    key = folder / "yorisoi.key"
    key.write_text(KEY.hex())
    key.chmod(0o600)
    return folder


@asynccontextmanager
async def town(data: Path) -> AsyncIterator[World]:
    async with open_world(data, KEY) as world:
        world.telegram.can_look = False
        yield world


async def saved(world: World) -> Path:
    file = world.folder.parent / "backup.db"
    assert await backup(world.house.settings, file, force=True, clock=world.house.clock) == 0
    return file


async def lost_and_restored(world: World, file: Path) -> None:
    for each in world.folder.glob("yorisoi.db*"):
        each.unlink()
    nothing_erased = not (world.folder / "erased.log").exists()
    done = await restore(world.house.settings, file, [], without=nothing_erased, clock=world.house.clock)
    assert done == 0


async def reminded_of_erasures(world: World) -> None:
    """What the clock does in a house that serves."""
    await world.house.mirror.write(world.house.clock())


def platforms_again(world: World, before: World, *people: Person) -> list[Person]:
    """The same chats and people before the house that was restored."""
    for here, there in ((before.slack, world.slack), (before.telegram, world.telegram)):
        there.posts, there.keys = [replace(post) for post in here.posts], dict(here.keys)
    found = []
    for person in people:
        platform = world.slack if person.platform is before.slack else world.telegram
        found.append(Person(world, platform, person.id))
    world.people = found
    return found


async def test_everybody_is_known_and_what_was_erased_is_not_back(data: Path) -> None:
    async with town(data) as world:
        community = await live(world)
        file = await saved(world)
        erased = next(iter(community.authors))
        await close(community, erased)
        await reminded_of_erasures(world)
        mine = await own_worries(community, "hanako")
    await lost_and_restored(world, file)
    async with town(data) as world:
        restored = community.moved_to(world)
        assert await own_worries(restored, "hanako") == mine, "hers that is open, and not the closed one"
        keys = await world.house.database.read(lambda session: session.rows(select(col(ItemKey.item))))
        assert {row[0] for row in keys} == set(community.authors) - {erased}
        mioko = restored.people["mioko"]
        await mioko.does(Press("worry.reply", erased))
        assert mioko.form is None, "nobody can answer what was erased"
        await mioko.commands("conference")
        assert mioko.sees("12月3日"), "the date that was decided"
        await world.house.settled()
        assert not any(MARK in spoken(post.message) for post in (*world.slack.posts, *world.telegram.posts))


async def test_letters_on_their_way_at_the_backup_do_not_come_twice(data: Path) -> None:
    """Slack is asked, on Telegram the copy says that it is one, and a reminder is given up."""
    async with town(data) as world:
        slack, telegram = await _in_two_groups(world)
        for platform in (world.slack, world.telegram):
            platform.broken.append(RetryLater("later", 30))
        await slack.commands("worry")
        await slack.fills(WORRIES[0], "all")
        await slack.presses("この内容で届ける")
        assert await world.house.database.read(outbox.open_count) == {"ready": 2}
        file = await saved(world)
        await world.later(minutes=1)
        before = world
        assert _standing(world.slack.posts) == _standing(world.telegram.posts) == 1
    await lost_and_restored(world, file)
    async with town(data) as world:
        platforms_again(world, before, slack, telegram)
        await world.later(minutes=1)
        assert _standing(world.slack.posts) == 1, "it was looked up"
        marked = [post for post in world.telegram.posts if WORRIES[0] in spoken(post.message)]
        assert [MARK in spoken(post.message) for post in marked] == [False, True]


async def test_a_reminder_that_may_have_come_is_not_sent_again_where_nobody_can_look(data: Path) -> None:
    async with town(data) as world:
        community = await live(world)
        (when,) = {row[0] for row in await world.house.database.read(_planned)}
        await world.later(seconds=int((when - world.house.clock()).total_seconds()) - 60)
        world.telegram.broken.append(RetryLater("later", 30))
        await world.later(seconds=70)
        file = await saved(world)
        await world.later(minutes=1)
        assert _reminders(world) == 1
    await lost_and_restored(world, file)
    async with town(data) as restored:
        community.moved_to(restored)
        await restored.later(seconds=int((world.house.clock() - restored.house.clock()).total_seconds()) + 60)
        assert _reminders(restored) == 1
        assert await restored.house.database.read(_given_up) == 1


def _planned(session: Session) -> Sequence[Any]:
    planned = (col(Occurrence.kind) == REMINDER, col(Occurrence.done).is_(False))
    return session.rows(select(col(Occurrence.due_at)).where(*planned))


def _given_up(session: Session) -> int:
    return int(session.scalar(select(func.count()).where(col(Outbox.state) == "unknown")) or 0)


def _reminders(world: World) -> int:
    return sum("近づきました" in spoken(post.message) for post in world.telegram.posts)


async def _in_two_groups(world: World) -> tuple[Person, Person]:
    for platform in (world.slack, world.telegram):
        await world.group(platform, "広場")
    return await world.person("hanako", world.slack), await world.person("kenjiro", world.telegram)


def _standing(posts: Sequence[Posted]) -> int:
    return sum(WORRIES[0] in spoken(post.message) for post in posts)
