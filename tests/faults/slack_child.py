"""The process that is killed: the real house with the real Slack adapter, in front of a Slack of another process.

`python -m tests.faults.slack_child` reads one order per line (JSON) and forks a process for each, before any event
loop runs, so that a start costs no imports. It says `pid N`, `ready` and `ended STATUS`.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.adapters.slack import Slack
from bot.adapters.slack.posting import Posting
from bot.app.house import House
from bot.app.keys import open_keys
from bot.app.platforms import open_platforms
from bot.chat.events import Address
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.language import workdays
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members, outbox, places, stranded
from bot.store.database import Database
from bot.store.members import Role
from tests.faults import slack_points
from tests.faults.points import switch

TEAM, SQUARE = "T0TEAM", "C0HIROBA"
PEOPLE = {"U0HANAYAMA": Role.SUPPORTER, "U0KENMOCHI": Role.SUPPORTER, "U0SATOMURA": Role.COORDINATOR}
PASSES = "passes.json"
HANDBOOK = Handbook(embedder=lambda: HashEmbedder())
"""Nobody asks it anything: it would take its time in every process anew."""


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[House]:
    database = Database(settings.database, open_keys(settings))
    try:
        yield House(settings, database, HANDBOOK, Clock())
    finally:
        database.close()


async def prepare(folder: Path) -> None:
    """A community before its first day: one channel is linked, and everyone has joined."""
    now = datetime.now(UTC)
    async with _opened(Settings(data_dir=folder)) as house:
        square = Address("slack", TEAM, SQUARE)
        await house.database.write(lambda session: places.link(session, square, "広場", "ja"))
        for person, role in PEOPLE.items():
            code = await house.database.write(
                lambda session, role=role: members.invite(session, role, 1, now + timedelta(days=1))  # type: ignore[misc]
            )
            address = Address("slack", TEAM, person)
            await house.database.write(
                lambda session, address=address, code=code: members.join(session, address, code, "ja", now)  # type: ignore[misc]
            )


async def live(order: dict[str, Any], told: int) -> None:
    """Until the process is killed, or told to end once everything is answered and carried."""
    enough = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, enough.set)
    loop.add_reader(sys.stdin, os._exit, 1)  # no order comes while it lives: whoever gave them has gone
    settings = Settings(data_dir=Path(order["folder"]), http_port=order["port"], **order["slack"])
    async with _opened(settings) as house, open_platforms(house) as adapters:
        slack = next(adapter for adapter in adapters if isinstance(adapter, Slack))
        running = asyncio.create_task(house.run(adapters))
        await slack.ready.wait()
        os.write(told, b"ready\n")
        ended = asyncio.create_task(enough.wait())
        await asyncio.wait({running, ended}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        await _all_carried(house, slack)
        (Path(order["folder"]) / PASSES).write_text(json.dumps(switch.passes))
        os._exit(0)  # what is not on the disk by now does not count


async def _all_carried(house: House, slack: Slack) -> None:
    """A letter that waits for its moment is waited for, as long as the parent has patience."""
    settled = asyncio.Event()
    house.database.listen(outbox.SETTLED, settled.set)
    await house.pipeline.backlog.settled()
    while True:
        settled.clear()
        await slack.settled()
        states = await house.database.read(outbox.open_count)
        if not {"ready", "sending", "doubtful"} & set(states):
            return
        await settled.wait()


def plant(bug: str) -> None:
    """Breaks the house on purpose, to see the checker notice."""

    async def never_found(*_: object) -> None:
        return None

    real, numbers = outbox.put, count(1)
    match bug:
        case "nobody looks before sending again":
            setattr(Posting, "find", never_found)  # noqa: B010
        case "a crash is not remembered":
            setattr(stranded, "recover", lambda _: 0)  # noqa: B010
        case "the third letter is forgotten":
            setattr(outbox, "put", lambda *letter: next(numbers) == 3 or real(*letter))  # noqa: B010
        case _ if bug:
            raise ValueError(bug)


def run(order: dict[str, Any], told: int) -> int:
    if order.get("prepare"):
        asyncio.run(prepare(Path(order["folder"])))
        return 0
    plant(order["bug"])
    slack_points.install()
    switch.kill = (order["point"], order["nth"])
    asyncio.run(live(order, told))
    return 0


def serve() -> None:
    told = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the house logs is not an answer
    workdays.workday_before(datetime.now(UTC).date())  # its calendar is imported at the first question
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os._exit(_safely(json.loads(line), told))
        os.write(told, f"pid {pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        os.write(told, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())


def _safely(order: dict[str, Any], told: int) -> int:
    try:
        return run(order, told)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1


if __name__ == "__main__":
    serve()
