"""Keeps the file of what was erased and the tombstones alike: the row comes first, the file soon after."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.chat.errors import Misconfigured
from bot.store import tombstones
from bot.store.database import Database
from bot.store.erased_log import ErasedLog
from bot.store.session import Session
from bot.store.tombstones import Tombstone

log = structlog.get_logger()

NAME = "erased.log"

LOOK_SECONDS = 300.0
"""Of several processes one keeps the time; the others look by themselves."""

_LATELY = timedelta(days=3)
"""What the tick looks at; everything, at the start and whenever another hand touched the file."""


class Mirror:
    def __init__(self, database: Database, folder: Path, keep: timedelta, clock: Callable[[], datetime]) -> None:
        self._database, self._keep, self._clock = database, keep, clock
        self._log = ErasedLog(folder / NAME)
        self._wake = asyncio.Event()
        self._begun = False
        self._writing = asyncio.Lock()
        database.listen(tombstones.TOPIC, self._wake.set)

    async def run(self) -> None:
        """Until cancelled: writes right after something was buried, here or by another process. What was missed, or
        failed, the next look does."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            self._wake.clear()
            try:
                await self.write(self._clock())
            except Exception as error:
                log.error("erased log not written", error=type(error).__name__)

    async def begin(self, now: datetime) -> None:
        """A database that somebody took back to an older state learns from the file what must not come back."""
        try:
            written = await asyncio.to_thread(self._log.read)
        except OSError as error:
            raise Misconfigured(
                "YORISOI_DATA_DIR",
                f"{NAME} in it cannot be read ({type(error).__name__}).",
                f"make {NAME} a file this user may read and write.",
            ) from None
        alive = [each for each in written if each.erased_at >= now - self._keep]
        if await self._database.write(lambda session: _learn(session, alive, now)):
            await self._database.forget_traces()
        self._begun = True

    async def write(self, now: datetime) -> None:
        async with self._writing:
            if not self._begun:
                await self.begin(now)
            since = None if await asyncio.to_thread(self._log.changed) else now - _LATELY
            rows = await self._database.read(lambda session: tombstones.every(session, since))
            await asyncio.to_thread(self._log.add, rows)


def _learn(session: Session, rows: list[Tombstone], now: datetime) -> int:
    tombstones.merge(session, rows)
    return tombstones.apply(session, now)
