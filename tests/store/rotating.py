"""Scenes of a key that is replaced, which hold on every database: SQLite and PostgreSQL play the same ones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.keys import open_key_file
from bot.app.rotating import rotate
from bot.chat.errors import Misconfigured
from bot.chat.events import Address, Command, Press
from bot.chat.messages import Message
from bot.settings import Settings
from bot.store import members, outbox
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.key_check import count
from bot.store.keyfile import Ring, read_keys, read_ring
from bot.store.keyring import KeyFile
from bot.store.members import Role
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from tests.store import burglar, community
from tests.store.community import Community, Dump
from tests.store.people import NOW
from tests.world import Person, World, open_world, spoken

THEIRS = [Address("slack", "team", f"slack-user-{number}") for number in range(100)]


def settings_of(folder: Path, url: str) -> Settings:
    return Settings(data_dir=folder, database_url=url, language="en")


@asynccontextmanager
async def house_with_a_key_file(settings: Settings) -> AsyncIterator[World]:
    async with open_world(settings.data_dir, url=settings.database, keys=open_key_file(settings)) as world:
        yield world


async def turn_key(settings: Settings) -> None:
    """As the operator types it: on a server the ring is written first, for the other machines."""
    if not settings.database.startswith("sqlite"):
        assert await rotate(settings, prepare=True) == 0
    assert await rotate(settings, settling=0.1) == 0
    assert read_ring(settings.key).old is None


def everything_opens(settings: Settings) -> dict[str, int]:
    engine = make_engine(settings.database, writes=False)
    try:
        counts = count(engine, KeyFile(settings.key), lambda *_: None)
    finally:
        engine.dispose()
    assert {table: found for table, found in counts.items() if found.opened != found.every} == {}
    return {table: found.every for table, found in counts.items() if found.every}


async def a_community_goes_on_while_its_key_is_replaced(settings: Settings) -> None:
    async with house_with_a_key_file(settings) as world:
        lived = await community.live(world)
        before = everything_opens(settings)
        assert {"member", "place", "outbox", "draft", "itemkey", "conference", "worry", "answer"} <= set(before)
        expires = world.house.clock() + timedelta(days=1)
        code = await world.house.database.write(lambda session: members.invite(session, Role.SUPPORTER, 1, expires))
        assert await lived.people["kenjiro"].does(Command("menu"), event_id="once")
        rotating = asyncio.create_task(turn_key(settings))
        pressed = await _people_come_and_go(lived, rotating)
        await rotating
        assert pressed > 3, "people came while it was replaced"
        assert read_keys(settings.key).fingerprint() == await world.house.database.read(_fingerprint)
        assert everything_opens(settings) == before
        assert await lived.people["kenjiro"].does(Command("menu"), event_id="once") is None, "handled before"
        await _a_code_from_before_lets_in(world, code)
        await _the_thread_goes_on_under_its_worry(lived)
        await _only_the_author_closes(lived)
    async with house_with_a_key_file(settings) as again:
        kenjiro = lived.moved_to(again).people["kenjiro"]
        menu = await kenjiro.does(Command("menu"), event_id="after the restart")
        assert menu and "悩みを打ち明ける" in spoken(menu)


def _fingerprint(session: Session) -> str:
    return session.keys.fingerprint()


async def _people_come_and_go(lived: Community, until: asyncio.Task[None]) -> int:
    """Everybody is known at every moment. Returns how often somebody came."""
    coming = 0
    while not until.done():
        for name in ("hanako", "kenjiro", "satomi"):
            menu = await _sees(lived.people[name], "menu")
            assert "悩みを打ち明ける" in spoken(menu), name
            coming += 1
    return coming


async def _sees(person: Person, command: str) -> Message:
    message = await person.commands(command)
    assert message
    return message


async def _a_code_from_before_lets_in(world: World, code: str) -> None:
    yuki = await world.person("yuki", world.slack, role=None)
    await yuki.commands("join", code)
    assert yuki.sees("参加できました")


async def _the_thread_goes_on_under_its_worry(lived: Community) -> None:
    slack, (first, *_) = lived.world.slack, lived.authors
    post = next(post for post in slack.posts if any(each.argument == first for each in post.message.buttons))
    mioko = lived.people["mioko"]
    await mioko.does(Press("worry.reply", first))
    await mioko.fills("少しずつで大丈夫です。")
    assert post.reference in [each.address.thread for each in slack.posts[-2:]]
    assert "ひらく" in lived.people["hanako"].buttons


async def _only_the_author_closes(lived: Community) -> None:
    first, *_ = lived.authors
    await lived.people["kenjiro"].does(Press("worry.closed", first))
    assert first in await community.own_worries(lived, "hanako")
    await community.close(lived, first)
    assert first not in await community.own_worries(lived, "hanako")


async def an_old_key_links_nobody_afterwards(settings: Settings) -> None:
    keys = open_key_file(settings)
    database = Database(settings.database, keys)
    old, expires = read_keys(settings.key), NOW + timedelta(days=1)

    def all_join(session: Session) -> None:
        code = members.invite(session, Role.SUPPORTER, len(THEIRS), expires)
        for each in THEIRS:
            members.join(session, each, code, "ja", NOW)

    try:
        await database.write(all_join)
        assert len(burglar.recognised(await database.read(community.dump), old, THEIRS)) == 100
        await turn_key(settings)
        rows: Dump = await database.read(community.dump)
    finally:
        database.close()
    assert burglar.recognised(rows, old, THEIRS) == []
    assert list(burglar.opened(rows, old)) == []
    assert len(burglar.recognised(rows, read_keys(settings.key), THEIRS)) == 100
    assert sum(1 for _ in burglar.opened(rows, read_keys(settings.key))) == 100


async def a_doubtful_letter_is_waited_for(settings: Settings) -> None:
    """Its token is the name by which the platform is asked whether it has arrived."""
    async with house_with_a_key_file(settings) as world:
        ken = await world.person("kenjiro", world.slack)
        await world.group(world.slack, "広場")
        world.slack.broken.append(ConnectionError())
        await ken.commands("worry")
        await ken.fills("どう声をかければよいでしょう。")
        await ken.presses("この内容で届ける")
        begun = await _is_made_to_wait(settings)
        assert "悩みを打ち明ける" in spoken(await _sees(ken, "menu")), "half way, and in use all the same"
        await world.later(minutes=10)
        assert len(world.slack.posts) == 1, "sent again, once nobody knew it there"
        assert await rotate(settings, settling=0) == 0
        assert read_ring(settings.key) == begun.finished(), "the one that was begun, and no second"
        assert "悩みを打ち明ける" in spoken(await _sees(ken, "menu"))


async def a_letter_in_the_air_is_waited_for(settings: Settings) -> None:
    database = Database(settings.database, open_key_file(settings))
    letter = Letter("one", THEIRS[0], Message("こんにちは"), NOW, lasting=True)

    def take_up(session: Session) -> Outgoing:
        outbox.put(session, letter)
        (outgoing,) = outbox.claim(session, NOW)
        return outgoing

    def reply(session: Session) -> Outgoing:
        outbox.put(session, Letter("two", THEIRS[0], Message("つづきです"), NOW, under="one"))
        (outgoing,) = outbox.claim(session, NOW)
        return outgoing

    try:
        outgoing = await database.write(take_up)
        await _is_made_to_wait(settings)
        await database.write(lambda session: outbox.delivered(session, outgoing, "where it stands"))
        assert await rotate(settings, settling=0) == 0
        assert (await database.write(reply)).under == "where it stands"
    finally:
        database.close()


async def _is_made_to_wait(settings: Settings) -> Ring:
    if not settings.database.startswith("sqlite"):
        await rotate(settings, prepare=True)
    with pytest.raises(Misconfigured, match=r"on their way.*keys rotate` again; it goes on"):
        await rotate(settings, settling=0, patience=0)
    ring = read_ring(settings.key)
    assert ring.old
    return ring
