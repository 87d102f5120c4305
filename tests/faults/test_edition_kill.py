"""kill -9 while an edition is published: the one before goes on answering, and publishing can be done again."""

import asyncio
import subprocess
import sys
from pathlib import Path

from bot.store import editions
from tests.faults.runs import KILLED, ROOT
from tests.store.test_editions import FIRST, SECOND, added
from tests.world import World, open_world


async def asked(world: World, question: str) -> list[str]:
    """Which editions answer."""
    await world.house.centre.look()
    return sorted({hit.entry.edition for hit in await world.house.handbook.nearest(question)} & {"first", "second"})


async def test_the_edition_before_answers_after_a_kill_in_the_middle(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        database, now = world.house.database, world.house.clock()
        first = await database.write(lambda session: added(session, FIRST, "first"))
        second = await database.write(lambda session: added(session, SECOND, "second", 1))
        await database.write(lambda session: editions.publish(session, first, now))
        assert await asked(world, "手紙を書きます") == ["first"]
    command = [sys.executable, "-m", "tests.faults.edition_child", str(tmp_path), second]
    done = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == KILLED, done.stderr.decode()
    async with open_world(tmp_path) as world:
        database, now = world.house.database, world.house.clock()
        assert await database.read(editions.answering) == first
        assert await asked(world, "手紙を書きます") == ["first"]
        await database.write(lambda session: editions.publish(session, second, now))
        assert await asked(world, "手紙を書きます") == ["second"]
