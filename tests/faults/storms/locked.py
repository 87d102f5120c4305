"""F13: another program holds the database; people wait and hear no error, and the event loop is never blocked."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.chat.events import Command
from tests.faults.report import Figure
from tests.world import Person, World, open_world

MOST_BLOCKED_MS = 50
_BEAT = 0.005
COMMAND = Command("menu")


async def locked(folder: Path, *, seconds: float, people: int) -> dict[str, Figure]:
    """Everyone asks for something while the file is held, and something is due; the slowest answer is measured."""
    async with open_world(folder) as world:
        everyone = [await world.person(f"p{number}", world.telegram) for number in range(people)]
        await world.group(world.telegram, "広場")
        blocked: list[float] = []
        async with _held(folder / "yorisoi.db", seconds), _heartbeat(blocked):
            began = time.monotonic()
            answers = await asyncio.gather(*(_asks(world, person) for person in everyone), world.house.runner.tick())
            slowest = time.monotonic() - began
        said = [answer for answer in answers if answer is not None]
        errors = sum(world.house.text("error.later") in words for words in said)
        late = sorted(blocked)[len(blocked) * 99 // 100] * 1000
        assert len(said) == people, "everyone got an answer"
        assert errors == 0, f"{errors} people were told of an error"
        assert slowest >= seconds * 0.9, "the file was held"
        assert late < MOST_BLOCKED_MS, f"the event loop stood still for {late:.0f} ms"
        assert max(blocked) < 1, "a wait for the lock is five seconds; a busy machine's hiccup is none"
        return {
            "held_seconds": seconds,
            "errors_to_people": errors,
            "slowest_answer_seconds": round(slowest, 1),
            "loop_blocked_p99_ms": round(late),
        }


async def _asks(world: World, person: Person) -> str:
    reply = await world.house.pipeline.dispatch(world.event(person, COMMAND))
    return reply.message.body + reply.message.title if reply and reply.message else ""


@asynccontextmanager
async def _held(file: Path, seconds: float) -> AsyncIterator[None]:
    """As a backup or an operator's shell may hold it."""
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        letting_go = asyncio.get_running_loop().call_later(seconds, other.execute, "COMMIT")
        try:
            yield
        finally:
            letting_go.cancel()


@asynccontextmanager
async def _heartbeat(blocked: list[float]) -> AsyncIterator[None]:
    """By how much each beat came late."""

    async def beat() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(_BEAT)
            blocked.append(time.monotonic() - before - _BEAT)

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
