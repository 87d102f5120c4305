"""The door to the rows: read(), write(), and who is woken after a commit."""

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.chat.errors import Misconfigured
from bot.store import schema
from bot.store.engines import make_engine
from bot.store.seal import Keys
from bot.store.session import Session
from bot.store.writer import Writer

T = TypeVar("T")


class Database:
    """Writes go to one thread that commits in groups; reads run beside it on a consistent snapshot."""

    def __init__(self, url: str, keys: Keys) -> None:
        """Opens, migrates and checks. Raises Misconfigured where the database cannot be used."""
        self._keys = keys
        self._writing = make_engine(url, writes=True)
        self._reading = make_engine(url, writes=False)
        try:
            schema.prepare(self._writing, keys)
        except Misconfigured:
            self._writing.dispose()
            raise
        self._listeners: dict[str, list[Callable[[], object]]] = defaultdict(list)
        self._writer = Writer(self._writing, keys, self._wake)
        self._readers = ThreadPoolExecutor(4, "reader")

    async def write(self, work: Callable[[Session], T]) -> T:
        """Runs work in one transaction; when this returns, its rows are on the disk."""
        result: T = await self._writer.submit(work)
        return result

    async def read(self, work: Callable[[Session], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work)

    def _look(self, work: Callable[[Session], T]) -> T:
        with self._reading.connect() as connection:
            return work(Session(connection, self._keys))

    def listen(self, topic: str, wake: Callable[[], None]) -> None:
        """Calls wake in the event loop after every commit that announced the topic."""
        self._listeners[topic].append(wake)

    def _wake(self, topics: set[str]) -> None:
        for topic in topics:
            for wake in self._listeners[topic]:
                wake()

    async def forget_traces(self) -> None:
        """Empties the write-ahead log, so that what was deleted is gone from every file (SQLite)."""
        if self._writing.dialect.name == "sqlite":
            await asyncio.get_running_loop().run_in_executor(self._readers, self._truncate_log)

    def _truncate_log(self) -> None:
        raw = self._writing.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:  # busy readers: the next commit or closing tries again
            return
        finally:
            raw.close()

    def close(self) -> None:
        self._writer.close()
        self._readers.shutdown()
        self._reading.dispose()
        if self._writing.dialect.name == "sqlite":
            self._truncate_log()
        self._writing.dispose()
