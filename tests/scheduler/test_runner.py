"""The clock wakes us: every job every tick, and again after it died."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from apscheduler.jobstores.memory import MemoryJobStore

from bot.scheduler.runner import Runner
from tests.world import START

TICK, SILENCE = 0.05, 0.2


class Ticks:
    """A job that counts, and tells when it was called so many times."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []
        self._called = asyncio.Event()

    async def __call__(self, now: datetime) -> None:
        self.moments.append(now)
        self._called.set()

    async def more(self, times: int = 1) -> None:
        for _ in range(times):
            self._called.clear()
            await self._called.wait()


@asynccontextmanager
async def running(runner: Runner) -> AsyncIterator[None]:
    task = asyncio.create_task(runner.run(TICK, SILENCE))
    try:
        async with asyncio.timeout(10):
            yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def fails(now: datetime) -> None:
    raise LookupError(now)


async def test_every_job_runs_in_a_tick_though_one_fails() -> None:
    before, after = Ticks(), Ticks()
    runner = Runner([before, fails, after], lambda: START)
    await runner.tick()
    await runner.tick()
    assert before.moments == after.moments == [START, START]


async def test_ticks_do_not_overlap() -> None:
    inside = worst = 0

    async def slow(_: datetime) -> None:
        nonlocal inside, worst
        inside += 1
        worst = max(worst, inside)
        await asyncio.sleep(0)
        inside -= 1

    runner = Runner([slow, slow], lambda: START)
    await asyncio.gather(*(runner.tick() for _ in range(5)))
    assert worst == 1


async def test_it_ticks_by_itself_until_it_is_ended() -> None:
    ticks = Ticks()
    async with running(Runner([ticks], lambda: START)):
        await ticks.more(3)
    await asyncio.sleep(0)
    count = len(ticks.moments)
    await asyncio.sleep(3 * TICK)
    assert len(ticks.moments) == count


async def test_a_job_that_fails_every_time_does_not_stop_the_clock() -> None:
    ticks = Ticks()
    async with running(Runner([fails, ticks], lambda: START)):
        await ticks.more(3)


async def test_a_dead_clock_is_noticed_and_wound_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """APScheduler stops silently for good when its store fails at the wrong moment."""
    ticks, failed = Ticks(), asyncio.Event()
    healthy = MemoryJobStore.get_next_run_time

    def fails_once(_: MemoryJobStore) -> None:
        monkeypatch.setattr(MemoryJobStore, "get_next_run_time", healthy)
        failed.set()
        raise OSError("the store is out of reach")

    loop_errors: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: loop_errors.append(context))
    async with running(Runner([ticks], lambda: START)):
        await ticks.more()
        monkeypatch.setattr(MemoryJobStore, "get_next_run_time", fails_once)
        await failed.wait()
        await ticks.more(3)
    assert [str(error["exception"]) for error in loop_errors] == ["the store is out of reach"]


async def test_a_tick_that_hangs_is_given_up_and_the_next_one_comes() -> None:
    ticks, hung = Ticks(), asyncio.Event()

    async def hangs_once(_: datetime) -> None:
        if not hung.is_set():
            hung.set()
            await asyncio.Event().wait()

    async with running(Runner([hangs_once, ticks], lambda: START)):
        await hung.wait()
        await ticks.more(2)
