"""APScheduler wakes us; no truth is kept in it, and a watchdog wakes it should it die."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chat.counts import JOBS_FAILED, TICKS

log = structlog.get_logger()

TICK_SECONDS = 30
SILENCE_SECONDS = 75
"""Longer without a tick means the scheduler is dead (APScheduler 3.11 stops silently when a store fails). Looked at
five times as often, so that it is known within a minute and a half."""

Job = Callable[[datetime], Awaitable[object]]


class Runner:
    """Runs every job once a tick, one after the other; a failing job never stops the next."""

    def __init__(self, jobs: list[Job], clock: Callable[[], datetime]) -> None:
        self._jobs, self._clock = jobs, clock
        self._last_tick = self._ticked = time.monotonic()
        self._started = False
        self.failing: frozenset[str] = frozenset()
        """The jobs that failed at the last tick."""
        self._ticking = asyncio.Lock()

    async def run(self, tick_seconds: float = TICK_SECONDS, silence_seconds: float = SILENCE_SECONDS) -> None:
        """Until cancelled."""
        self._ticked, self._started = time.monotonic(), True
        scheduler = self._start(tick_seconds)
        try:
            while True:
                await asyncio.sleep(silence_seconds / 5)
                if time.monotonic() - self._last_tick > silence_seconds:
                    log.error("clock stopped", silent_seconds=round(time.monotonic() - self._last_tick))
                    self._stop(scheduler)
                    scheduler = self._start(tick_seconds)
        finally:
            self._started = False
            self._stop(scheduler)

    @property
    def silent_seconds(self) -> float:
        """Since the last tick, however often the clock was wound up meanwhile; 0 before it runs."""
        return time.monotonic() - self._ticked if self._started else 0.0

    async def tick(self) -> None:
        async with self._ticking:
            failed: set[str] = set()
            for job in self._jobs:
                try:
                    await job(self._clock())
                except Exception as error:
                    name = getattr(job, "__name__", "job")
                    log.error("job failed", job=name, error=type(error).__name__)
                    JOBS_FAILED.add(kind=name, error=type(error).__name__)
                    failed.add(name)
            self.failing = frozenset(failed)
            self._last_tick = self._ticked = time.monotonic()
            TICKS.add()

    @staticmethod
    def _stop(scheduler: AsyncIOScheduler) -> None:
        if scheduler.running:
            scheduler.shutdown(wait=False)

    def _start(self, tick_seconds: float) -> AsyncIOScheduler:
        self._last_tick = time.monotonic()
        scheduler = AsyncIOScheduler()
        scheduler.add_job(
            self.tick, "interval", seconds=tick_seconds, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        scheduler.start()
        return scheduler
