"""kill -9 while an edition is published: the one before goes on answering, and publishing can be done again."""

import asyncio
import subprocess
import sys
from pathlib import Path

from bot.app.centre_shelf import CentreShelf
from bot.store import editions
from tests.faults.runs import KILLED, ROOT
from tests.scenarios.shelves import Shelves
from tests.store.test_editions import FIRST, SECOND, added
from tests.world import World, open_world


async def answering(world: World) -> set[str]:
    """The titles that stand on the shelf in a house that has just looked."""
    shelves = Shelves()
    await CentreShelf(world.house.database, shelves).look()
    _, entries = shelves.stocked.get_nowait()
    return {each.edition for each in entries}


async def test_the_edition_before_answers_after_a_kill_in_the_middle(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        database, now = world.house.database, world.house.clock()
        first = await database.write(lambda session: added(session, FIRST, "first"))
        second = await database.write(lambda session: added(session, SECOND, "second", 1))
        await database.write(lambda session: editions.publish(session, first, now))
        assert await answering(world) == {"first"}
    command = [sys.executable, "-m", "tests.faults.edition_child", str(tmp_path), second]
    done = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == KILLED, done.stderr.decode()
    async with open_world(tmp_path) as world:
        database, now = world.house.database, world.house.clock()
        assert await database.read(editions.answering) == first
        assert await answering(world) == {"first"}
        await database.write(lambda session: editions.publish(session, second, now))
        assert await answering(world) == {"second"}
