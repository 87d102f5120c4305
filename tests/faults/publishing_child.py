"""A house that comes to a time of publishing and ends itself in the middle of it.

`python -m tests.faults.publishing_child FOLDER TIMES`, where people left worries that wait."""

import asyncio
import sys
from pathlib import Path

from bot.chat.moments import Moment
from tests.faults.served import kill_at
from tests.world import open_world


async def publish(folder: Path, times: str) -> None:
    async with open_world(folder, publish_times=times) as world:
        await world.later(hours=3)


if __name__ == "__main__":
    kill_at(Moment.PUBLISHING, 1)
    asyncio.run(publish(Path(sys.argv[1]), sys.argv[2]))
