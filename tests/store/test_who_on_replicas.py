"""Two processes on one PostgreSQL, each inside a transaction of its own: who may is decided once."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.chat import moments
from bot.chat.events import Body, Command, Press
from bot.chat.moments import Moment
from bot.store import members
from bot.store.engines import connection_address
from bot.store.members import Role
from tests.scenarios.community import poll
from tests.world import Person, World, open_world

PATIENCE = 10.0


@dataclass
class Replicas:
    first: World
    second: World
    url: str

    async def person(self, name: str, role: Role | None) -> Person:
        """Their messages may reach either process."""
        return await self.first.person(name, self.first.slack, role)

    async def code(self, role: Role) -> str:
        until = self.first.house.clock() + timedelta(days=1)
        return await self.first.house.database.write(lambda session: members.invite(session, role, 1, until))

    async def count(self, role: Role) -> int:
        known = await self.first.house.database.read(members.coordinating)
        everyone = await self.first.house.database.read(members.count)
        return len(known) if role == Role.COORDINATOR else everyone - len(known)

    async def says(self, world: World, person: Person, body: Body) -> str:
        event = self.first.event(person, body)
        reply = await world.house.pipeline.dispatch(event)
        assert reply and reply.message
        return f"{reply.message.title}\n{reply.message.body}"

    async def at_once(self, earlier: tuple[Person, Body], later: tuple[Person, Body]) -> tuple[str, str]:
        """The later one begins while the earlier one has done all its work and not committed it."""
        with held_open() as gate:
            one = asyncio.create_task(self.says(self.first, *earlier))
            assert await asyncio.to_thread(gate.inside.wait, PATIENCE)
            two = asyncio.create_task(self.says(self.second, *later))
            await asyncio.to_thread(self._somebody_waits)
            gate.go.set()
            return await one, await two

    def _somebody_waits(self) -> None:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        until = time.monotonic() + PATIENCE
        with psycopg.connect(connection_address(self.url), autocommit=True) as connection:
            while (found := connection.execute(asked).fetchone()) and not found[0]:
                assert time.monotonic() < until, "the two never met"
                time.sleep(0.01)


@dataclass
class Gate:
    inside: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)


@contextmanager
def held_open() -> Iterator[Gate]:
    """The first transaction that has done its work stays open until told."""
    gate = Gate()

    def look(moment: Moment) -> None:
        if moment is Moment.HANDLING and not gate.inside.is_set():
            gate.inside.set()
            gate.go.wait(PATIENCE)

    moments.watch(look)
    try:
        yield gate
    finally:
        gate.go.set()
        moments.watch(None)


@pytest.fixture
async def replicas(postgres_url: str, tmp_path: Path) -> AsyncIterator[Replicas]:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    async with (
        open_world(tmp_path / "first", url=postgres_url) as first,
        open_world(tmp_path / "second", url=postgres_url) as second,
    ):
        await first.group(first.slack, "広場")
        yield Replicas(first, second, postgres_url)


Scene = Callable[[Replicas], Awaitable[None]]


async def the_last_two_leave(replicas: Replicas) -> None:
    sato, mori = await replicas.person("sato", Role.COORDINATOR), await replicas.person("mori", Role.COORDINATOR)
    gone, warned = await replicas.at_once((sato, Press("mydata.erased")), (mori, Press("mydata.erased")))
    assert "消しました" in gone
    assert "調整役はあなたひとりです" in warned
    assert await replicas.count(Role.COORDINATOR) == 1


async def the_last_two_step_down(replicas: Replicas) -> None:
    sato, mori = await replicas.person("sato", Role.COORDINATOR), await replicas.person("mori", Role.COORDINATOR)
    action = Press("coordinating.stepped_down")
    gone, warned = await replicas.at_once((sato, action), (mori, action))
    assert "おりました" in gone
    assert "調整役はあなたひとりです" in warned


async def a_coordinator_acts_here_and_has_left_there(replicas: Replicas) -> None:
    sato, _ = await replicas.person("sato", Role.COORDINATOR), await replicas.person("mori", Role.COORDINATOR)
    conference = await poll(sato)
    gone, refused = await replicas.at_once(
        (sato, Press("mydata.erased")), (sato, Press("conference.fix", f"{conference}.1"))
    )
    assert "消しました" in gone
    assert "参加や役割が変わりました" in refused
    shown = await replicas.says(replicas.first, await replicas.person("ken", Role.SUPPORTER), Command("conference"))
    assert "事例検討会" in shown


async def leaving_waits_for_what_is_being_done(replicas: Replicas) -> None:
    sato, _ = await replicas.person("sato", Role.COORDINATOR), await replicas.person("mori", Role.COORDINATOR)
    conference = await poll(sato)
    done, gone = await replicas.at_once(
        (sato, Press("conference.fix", f"{conference}.1")), (sato, Press("mydata.erased"))
    )
    assert "決まりました" in done
    assert "消しました" in gone


async def two_use_the_last_use_of_a_code(replicas: Replicas) -> None:
    hana, ken = await replicas.person("hana", None), await replicas.person("ken", None)
    code = await replicas.code(Role.SUPPORTER)
    joined, refused = await replicas.at_once((hana, Command("join", code)), (ken, Command("join", code)))
    assert "参加できました" in joined
    assert "このコードでは参加できませんでした" in refused
    assert await replicas.count(Role.SUPPORTER) == 1


async def one_joins_in_two_windows(replicas: Replicas) -> None:
    hana = await replicas.person("hana", None)
    codes = [await replicas.code(Role.SUPPORTER) for _ in range(2)]
    joined, already = await replicas.at_once(*((hana, Command("join", code)) for code in codes))
    assert "参加できました" in joined
    assert "もう参加されています" in already
    assert await replicas.count(Role.SUPPORTER) == 1


@pytest.mark.parametrize(
    "scene",
    [
        the_last_two_leave,
        the_last_two_step_down,
        a_coordinator_acts_here_and_has_left_there,
        leaving_waits_for_what_is_being_done,
        two_use_the_last_use_of_a_code,
        one_joins_in_two_windows,
    ],
)
async def test_decided_once(replicas: Replicas, scene: Scene) -> None:
    await scene(replicas)
