"""The process that is killed: the real house with the real Telegram adapter, on a folder that outlives it.

`python -m tests.adapters.telegram.child` reads one order per line (JSON), forks a process for each, tells its id, and
then how it ended; so a start costs no imports.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from bot.app.commands import until_told_to_stop
from bot.app.house import House
from bot.app.platforms import open_platforms
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store.database import Database
from bot.store.seal import Keys
from bot.store.session import Session

T = TypeVar("T")

MASTER = b"k" * 32
COMMIT_SECONDS = 0.05


def slow_disk() -> None:
    """Every commit takes its time, as on a card in a small computer: whoever confirms too early is found out."""
    real = Database.write

    async def write(self: Database, work: Callable[[Session], T]) -> T:
        await asyncio.sleep(COMMIT_SECONDS)
        return await real(self, work)

    Database.write = write  # type: ignore[method-assign]


async def live(folder: Path, token: str, root: str) -> None:
    settings = Settings(data_dir=folder, telegram_token=SecretStr(token), telegram_api_url=root)
    database = Database(settings.database, Keys(MASTER))
    house = House(settings, database, Handbook(embedder=lambda: HashEmbedder()), Clock())
    try:
        async with open_platforms(house) as adapters:
            await until_told_to_stop(house.run(adapters))
    finally:
        database.close()


def serve() -> None:
    told = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the house logs is not an answer
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            os._exit(_safely(order))
        os.write(told, f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _safely(order: dict[str, str]) -> int:
    try:
        if order["disk"] == "slow":
            slow_disk()
        asyncio.run(live(Path(order["folder"]), order["token"], order["root"]))
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    serve()
