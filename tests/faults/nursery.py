"""Bots as whoever starts them sees them: each is forked at once, may be killed or frozen, and its end is told."""

import asyncio
import json
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tests.source import ROOT

KILLED = -signal.SIGKILL


@dataclass(eq=False)
class Child:
    """ended: its exit status; negative where a signal ended it."""

    pid: int
    ended: "asyncio.Future[int]"

    def send(self, sign: signal.Signals) -> None:
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)

    async def end(self, sign: signal.Signals) -> int:
        self.send(sign)
        return await asyncio.wait_for(asyncio.shield(self.ended), 60)


class Nursery:
    def __init__(self, parent: asyncio.subprocess.Process) -> None:
        self._parent = parent
        self._awaited: deque[asyncio.Future[Child]] = deque()
        self._alive: dict[int, Child] = {}

    async def born(self, **order: Any) -> Child:
        """order: what tests.faults.served takes."""
        awaited: asyncio.Future[Child] = asyncio.get_running_loop().create_future()
        self._awaited.append(awaited)
        assert self._parent.stdin
        self._parent.stdin.write(f"{json.dumps(order)}\n".encode())
        return await awaited

    async def listen(self) -> None:
        assert self._parent.stdout
        while line := await self._parent.stdout.readline():
            word, pid, *status = line.decode().split()
            if word == "pid":
                child = Child(int(pid), asyncio.get_running_loop().create_future())
                self._alive[child.pid] = child
                self._awaited.popleft().set_result(child)
            else:
                self._alive.pop(int(pid)).ended.set_result(int(status[0]))

    async def close(self) -> None:
        for child in list(self._alive.values()):
            await child.end(signal.SIGKILL)
        assert self._parent.stdin
        self._parent.stdin.close()
        await asyncio.wait_for(self._parent.wait(), 30)


@asynccontextmanager
async def open_nursery() -> AsyncIterator[Nursery]:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.served", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    nursery = Nursery(parent)
    listening = asyncio.create_task(nursery.listen())
    try:
        yield nursery
    finally:
        await nursery.close()
        await listening
