"""The door to the rows: read(), write(), and who is woken after a commit."""

import asyncio
import sqlite3
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TypeVar

from bot.chat.counts import WRITES
from bot.chat.errors import Misconfigured
from bot.chat.moments import Moment, reached
from bot.store import schema, wakeups
from bot.store.elections import Elections
from bot.store.engines import lanes_of, make_engine, sqlite_file
from bot.store.keyring import KeySource, keys_for, latest
from bot.store.session import Session
from bot.store.writer import Writer

T = TypeVar("T")

_TRUNCATE_TRIES, _TRUNCATE_WAIT, _TRUNCATE_PAUSE = 20, 0.05, 0.2
"""A try holds the writer while it waits for readers to go, and a backup reads for seconds: many short tries."""


class Database:
    """Writes go to one thread that commits in groups; reads run beside it on a consistent snapshot.

    shared: other processes may work on the same rows."""

    def __init__(self, url: str, keys: KeySource) -> None:
        """Opens, migrates and checks. Raises Misconfigured where the database cannot be used."""
        self._keys = keys
        self._file = sqlite_file(url)
        self._writing = make_engine(url, writes=True)
        self._reading = make_engine(url, writes=False)
        try:
            schema.prepare(self._writing, latest(keys))
        except Misconfigured:
            self._writing.dispose()
            raise
        self._truncate_log()  # what a crash kept from being forgotten
        self._listeners: dict[str, list[Callable[[], object]]] = defaultdict(list)
        self._url, self.shared = url, self._file is None
        self._elections = Elections(url) if self.shared else None
        self._lanes = lanes_of(self._writing) if self.shared else None
        self._writer = Writer(self._writing, keys, self._wake, self._lanes)
        self._readers = ThreadPoolExecutor(4, "reader")

    async def write(self, work: Callable[[Session], T]) -> T:
        """Runs work in one transaction; when this returns, its rows are on the disk."""
        with WRITES.timed():
            result: T = await self._writer.submit(work)
        return result

    async def read(self, work: Callable[[Session], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work)

    def _look(self, work: Callable[[Session], T]) -> T:
        with self._reading.connect() as connection:
            return work(Session(connection, keys_for(self._keys, connection), self._lanes))

    def listen(self, topic: str, wake: Callable[[], None]) -> None:
        """Calls wake in the event loop after every commit that announced the topic."""
        self._listeners[topic].append(wake)

    def _wake(self, topics: set[str]) -> None:
        for topic in topics:
            for wake in self._listeners[topic]:
                wake()

    async def hear_others(self) -> None:
        """Until cancelled: wakes who listens here after what other processes commit."""
        if self.shared:
            await wakeups.hear(self._url, self._wake)

    async def lead(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """Does this while no other process does; at once where there can be none."""
        await (self._elections.lead(what, work) if self._elections else work())

    def waits_for(self, what: str) -> bool:
        """Whether another process does this now, or nobody yet."""
        return self._elections is not None and what not in self._elections.leading

    async def forget_traces(self) -> None:
        """Empties the write-ahead log, so that what was deleted is gone from every file (SQLite).

        On PostgreSQL, old row versions stay until its own vacuum, and its log ages out (decision 0003).
        """
        if __debug__:
            reached(Moment.ERASED)
        await asyncio.get_running_loop().run_in_executor(self._readers, self._truncate_log)

    def _truncate_log(self) -> None:
        if self._file is None:
            return
        with closing(sqlite3.connect(self._file, timeout=_TRUNCATE_WAIT)) as connection:
            for _ in range(_TRUNCATE_TRIES):
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    return
                time.sleep(_TRUNCATE_PAUSE)
        # readers were in the way all the time: the next tick, start or end tries again

    def close(self) -> None:
        self._writer.close()
        self._readers.shutdown()
        self._reading.dispose()
        self._truncate_log()
        self._writing.dispose()
