"""Two processes on one PostgreSQL: what the other one does is no alarm, and no gap when the roles change."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.store.database import Database
from bot.store.members import Role
from tests.operators.watch import watching
from tests.world import World, open_world

LED = ("clock", "hearing telegram")


@asynccontextmanager
async def leading(database: Database) -> AsyncIterator[None]:
    """Does what one process at a time does, until the body ends."""
    begun = [asyncio.Event() for _ in LED]

    async def stay(begins: asyncio.Event) -> None:
        begins.set()
        await asyncio.Event().wait()

    def lead(what: str, begins: asyncio.Event) -> asyncio.Task[None]:
        return asyncio.create_task(database.lead(what, lambda: stay(begins)))

    tasks = [lead(what, begins) for what, begins in zip(LED, begun, strict=True)]
    try:
        async with asyncio.timeout(20):
            await asyncio.gather(*(begins.wait() for begins in begun))
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def minutes(first: World, second: World, count: int) -> None:
    """They pass for both, and each looks at what it hears."""
    for _ in range(count):
        for world in (first, second):
            world.house.clock.advance(timedelta(minutes=1))
            await world.house.gaps.watch_platforms(world.house.clock())


async def test_the_one_that_waits_is_green_and_takes_over_without_a_gap(tmp_path: Path, postgres_url: str) -> None:
    async with (
        open_world(tmp_path / "a", url=postgres_url) as first,
        open_world(tmp_path / "b", url=postgres_url) as second,
        watching(second.house) as watch,
    ):
        await first.person("sato", first.slack, Role.COORDINATOR)
        for world in (first, second):
            world.telegram.hears_alone = True
        second.telegram.hearing = False
        async with leading(first.house.database):
            assert (await watch.ready())[1]["clock"] == "stopped", "somebody holds the place, and no tick was seen"
            await first.house.mark(first.house.clock())
            well, shown = await watch.ready()
            assert well
            assert (shown["clock"], shown["platforms"]["telegram"]) == ("elsewhere", "elsewhere")
            assert await watch.healthy()
            await minutes(first, second, 40)
        first.telegram.hearing = False
        async with leading(second.house.database):
            assert not (await watch.ready())[0], "now it is for us to hear"
            await minutes(second, first, 1)
            second.telegram.hearing = True
            assert (await watch.ready())[0]
            await minutes(second, first, 5)
            await second.house.settled()
        posts = [*first.slack.posts, *second.slack.posts]
        assert not any(post.message.title == "お休みしていた時間" for post in posts)
