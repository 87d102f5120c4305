"""One thread that owns all writing and commits together whatever has queued up meanwhile."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.store import wakeups
from bot.store.keyring import KeySource, keys_for
from bot.store.lanes import LaneLocks
from bot.store.seal import Keys
from bot.store.session import Session

Work = Callable[[Session], Any]
Committed = Callable[[set[str]], None]

_BATCH = 64
_TRIES_ALONE = 3
_COLLISIONS = ("40001", "40P01", "55P03")
"""PostgreSQL: could not serialize, deadlock, lock not available. All is rolled back then, so it may be done again."""

LOCKED_SECONDS = 60.0
"""How long work waits while another program holds the file: a backup, an operator's shell."""


class _Job:
    """One piece of work and the future of whoever waits for it, in that one's own event loop."""

    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():  # whoever waited has given up; what was written stays written
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


def _collided(error: BaseException | None) -> bool:
    """Another process was in the way."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") in _COLLISIONS


class Writer:
    """Each piece of work is all or nothing; a failing one leaves its neighbours in the batch untouched."""

    def __init__(self, engine: Engine, keys: KeySource, committed: Committed, lanes: LaneLocks | None = None) -> None:
        """lanes: where other processes write to the same rows."""
        self._engine, self._keys, self._committed, self._lanes = engine, keys, committed, lanes
        self._closing = False
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> asyncio.Future[Any]:
        """From an event loop; the future is done when the work is on the disk."""
        if not self._thread.is_alive():
            raise RuntimeError("the writer has ended")
        job = _Job(work)
        self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Finishes what is queued, then ends the thread."""
        self._closing = True
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            time.sleep(0)  # lets the event loop hand over what else it holds: fewer, fuller commits
            jobs, ended = self._gather(first)
            # a job whose asker has given up already is left out
            if wanted := [job for job in jobs if not job.future.cancelled()]:
                self._commit(wanted)
            if ended:
                return

    def _gather(self, first: _Job) -> tuple[list[_Job], bool]:
        jobs = [first]
        while len(jobs) < _BATCH:
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _commit(self, jobs: list[_Job]) -> None:
        topics = self._together(jobs)
        for job in jobs:
            for _ in range(_TRIES_ALONE):
                if not _collided(job.error):
                    break
                job.error = None
                topics |= self._together([job])
        for loop in {job.loop for job in jobs}:
            self._tell(loop, [job for job in jobs if job.loop is loop], topics)

    def _together(self, jobs: list[_Job]) -> set[str]:
        """One transaction; returns what to announce. Whatever happens, this thread lives on to serve the next."""
        try:
            with self._engine.connect() as connection:
                return self._in_one(connection, jobs)
        except Exception as error:
            for job in jobs:
                job.error = job.error or error
            return set()

    def _in_one(self, connection: Connection, jobs: list[_Job]) -> set[str]:
        topics: set[str] = set()
        try:
            with self._begun(connection):
                keys = keys_for(self._keys, connection)
                for job in jobs:
                    topics |= self._attempt(job, connection, keys)
                if self._lanes and topics:
                    wakeups.tell(connection, topics)
        except Exception:
            if self._lanes:
                self._lanes.rolled_back(connection)
            raise
        if self._lanes:
            self._lanes.committed()
        return topics

    def _begun(self, connection: Connection) -> RootTransaction:
        """Tried for as long as somebody else holds the lock: until it has begun, nothing was done."""
        until = time.monotonic() + LOCKED_SECONDS
        while True:
            try:
                return connection.begin()
            except OperationalError as error:
                if "locked" not in str(error.orig) or self._closing or time.monotonic() > until:
                    raise

    def _tell(self, loop: asyncio.AbstractEventLoop, jobs: Sequence[_Job], topics: set[str]) -> None:
        """One wake-up of the loop for the whole batch: each costs a fight for the interpreter's lock."""

        def settle() -> None:
            if topics:
                self._committed(topics)
            for job in jobs:
                job.settle()

        if not loop.is_closed():
            loop.call_soon_threadsafe(settle)

    def _attempt(self, job: _Job, connection: Connection, keys: Keys) -> set[str]:
        session = Session(connection, keys, self._lanes)
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("the connection was closed under the writer")
        driver.execute("SAVEPOINT job")
        try:
            job.result = job.work(session)
            if self._lanes:
                self._lanes.keep(connection)
        except BaseException as error:  # whatever it was, it is for whoever asked; this thread serves the others
            job.error = error
            driver.execute("ROLLBACK TO SAVEPOINT job")
            session.topics.clear()
            if self._lanes:
                self._lanes.undo(connection)
        driver.execute("RELEASE SAVEPOINT job")
        return session.topics
