"""F17: APScheduler dies without a word; within a minute and a half it is said, and the clock is wound up again."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from apscheduler.jobstores.memory import MemoryJobStore

from bot.scheduler.runner import SILENCE_SECONDS, TICK_SECONDS, Runner
from tests.faults.report import Figure
from tests.faults.storms.written import Written, written

ALARM_SHARE = 90 / 75
"""Of the silence that is borne: until somebody is told."""


async def watchdog(folder: Path, *, tick: float = TICK_SECONDS, silence: float = SILENCE_SECONDS) -> dict[str, Figure]:
    ticks: asyncio.Queue[float] = asyncio.Queue()

    async def count(_: datetime) -> None:
        ticks.put_nowait(time.monotonic())

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)  # APScheduler's own last words
    with written(folder / "log") as log:
        running = asyncio.create_task(Runner([count], lambda: datetime.now(UTC)).run(tick, silence))
        try:
            await ticks.get()
            died = await _dies(tick)
            while not ticks.empty():
                ticks.get_nowait()
            alarm = await _said(log, "clock stopped", silence * 2) - died
            wound_up = await asyncio.wait_for(ticks.get(), tick * 3 + 1) - died
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            loop.set_exception_handler(None)
    longest = silence * ALARM_SHARE
    assert alarm <= longest, f"said after {alarm:.1f} s of silence"
    assert wound_up <= longest + tick + 1, f"ticks again after {wound_up:.1f} s"
    return {"alarm_seconds": round(alarm, 1), "ticks_again_seconds": round(wound_up, 1)}


async def _dies(tick: float) -> float:
    """At its next look into its store."""
    dead = asyncio.Event()

    def fails(_: MemoryJobStore) -> None:
        dead.set()
        raise OSError("the store is out of reach")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryJobStore, "get_next_run_time", fails)
        await asyncio.wait_for(dead.wait(), tick * 3)
        await asyncio.sleep(0)
    return time.monotonic()


async def _said(log: Written, event: str, patience: float) -> float:
    async with asyncio.timeout(patience):
        while True:
            if log.events()[event]:
                return time.monotonic()
            await asyncio.sleep(0.01 if patience < 10 else 0.5)
