"""The process that is killed: the real house on a real folder, and the scene played on from where it stands.

`python -m tests.faults.child` reads one run per line (JSON) and forks a process for each, so that a start costs
no imports; with the run as its argument it plays that one in this very process.
"""

import asyncio
import json
import os
import sys
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.app.house import House, open_house
from bot.chat.events import Address
from bot.language import workdays
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import members, outbox, places, stranded
from bot.store.members import Role
from tests.faults.ledger import Ledger, LedgerPlatform
from tests.faults.people import Post
from tests.faults.points import install, switch
from tests.faults.scene import HALL, SQUARE, Scene
from tests.world import START

LEDGER, CODES, PASSES, DATA = "ledger.jsonl", "codes.json", "passes.json", "data"
ROLES = {"mio": Role.COORDINATOR, "hana": Role.SUPPORTER, "ken": Role.SUPPORTER}


class WorldClock(Clock):
    """The time of the world: it does not go back when a process ends."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def __call__(self) -> datetime:
        moved = self._ledger.of("clock")
        return datetime.fromisoformat(moved[-1]["moment"]) if moved else START

    def advance(self, by: timedelta) -> None:
        self._ledger.add("clock", moment=(self() + by).isoformat())


async def prepare(folder: Path) -> None:
    """A community before its first day: two groups are linked, and three codes are given out."""
    clock = WorldClock(Ledger(folder / LEDGER))
    async with open_house(Settings(data_dir=folder / DATA), clock) as house:
        for name, channel in (("広場", SQUARE), ("広間", HALL)):
            await _link(house, Address(channel.partition("-")[0], "team", channel), name)
        codes = {name: await _invite(house, role) for name, role in ROLES.items()}
    (folder / CODES).write_text(json.dumps(codes))


async def _link(house: House, group: Address, name: str) -> None:
    await house.database.write(lambda session: places.link(session, group, name, "ja"))


async def _invite(house: House, role: Role) -> str:
    expires = house.clock() + timedelta(days=1)
    return await house.database.write(lambda session: members.invite(session, role, 1, expires))


async def play(folder: Path) -> None:
    ledger = Ledger(folder / LEDGER)
    clock = WorldClock(ledger)
    slack = LedgerPlatform("slack", ledger, dialogs=True, can_look=True)
    telegram = LedgerPlatform("telegram", ledger, dialogs=False, can_look=False)
    async with open_house(Settings(data_dir=folder / DATA), clock) as house:
        house.adapters.update({"slack": slack, "telegram": telegram})
        post = Post(ledger, house.pipeline.dispatch, house.settled, clock)
        async with house.working():
            await house.settled()
            await Scene(house, post, slack, telegram, json.loads((folder / CODES).read_text())).play()
    (folder / PASSES).write_text(json.dumps(switch.passes))


def plant(bug: str) -> None:
    """Breaks the house on purpose, to see the checker notice."""

    async def never_found(*_: object) -> None:
        return None

    real, numbers = outbox.put, count(1)
    match bug:
        case "nothing is settled":
            setattr(outbox, "delivered", lambda *_: None)  # noqa: B010
        case "a crash is not remembered":
            setattr(stranded, "recover", lambda _: 0)  # noqa: B010
        case "nobody looks before sending again":
            setattr(LedgerPlatform, "find", never_found)  # noqa: B010
        case "every third letter is forgotten":
            setattr(outbox, "put", lambda *letter: next(numbers) % 3 == 0 or real(*letter))  # noqa: B010
        case _ if bug:
            raise ValueError(bug)


def run(order: dict[str, Any]) -> int:
    folder = Path(order["folder"])
    if order.get("prepare"):
        asyncio.run(prepare(folder))
        return 0
    plant(order.get("bug", ""))
    install()
    switch.kill = (order.get("point", ""), order.get("nth", 0))
    asyncio.run(play(folder))
    return 0


def serve() -> None:
    told = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the house logs is not an answer
    workdays.workday_before(START.date())  # its calendar is imported at the first question
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os._exit(_safely(json.loads(line)))
        _, status = os.waitpid(pid, 0)
        os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _safely(order: dict[str, Any]) -> int:
    try:
        return run(order)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(run(json.loads(sys.argv[1])))
    serve()
