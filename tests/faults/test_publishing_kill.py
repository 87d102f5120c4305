"""kill -9 inside the transaction of a batch (C11): all of it is published afterwards, once, and never a part of it."""

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.faults.runs import KILLED, ROOT
from tests.scenarios.ledger import letters
from tests.scenarios.test_publishing import TIMES, posted, town, writes
from tests.world import HeldClock, open_world


async def test_a_batch_is_published_whole_and_once_though_its_process_was_killed(tmp_path: Path) -> None:
    async with open_world(tmp_path, publish_times=TIMES) as world:
        people, _ = await town(world)
        for number, person in enumerate(people):
            await writes(person, f"悩み{number}")
        before = await letters(world)
    command = [sys.executable, "-m", "tests.faults.publishing_child", str(tmp_path), TIMES]
    done = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == KILLED, done.stderr.decode()
    clock = HeldClock()
    async with open_world(tmp_path, publish_times=TIMES, clock=clock) as world:
        assert await letters(world) == before, "no letter of it was left behind"
        clock.advance(timedelta(hours=3))
        await world.later(minutes=1)
        assert sorted(posted(world.slack)) == ["悩み0", "悩み1", "悩み2"]
        await world.later(days=1)
        assert len(posted(world.slack)) == 3
