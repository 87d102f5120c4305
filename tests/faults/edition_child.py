"""A house in which an edition is published, and which ends itself in the middle of it.

`python -m tests.faults.edition_child FOLDER EDITION`"""

import asyncio
import sys
from pathlib import Path

from bot.chat.moments import Moment
from bot.store import editions
from tests.faults.served import kill_at
from tests.world import open_world


async def publish(folder: Path, edition: str) -> None:
    async with open_world(folder) as world:
        now = world.house.clock()
        await world.house.database.write(lambda session: editions.publish(session, edition, now))


if __name__ == "__main__":
    kill_at(Moment.PUBLISHING, 1)
    asyncio.run(publish(Path(sys.argv[1]), sys.argv[2]))
