"""One thread that owns all writing and commits together whatever has queued up meanwhile."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy import Connection, Engine

from bot.store.seal import Keys
from bot.store.session import Session

Work = Callable[[Session], Any]
Committed = Callable[[set[str]], None]

_BATCH = 64


class _Job:
    __slots__ = ("error", "future", "result", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.future: Future[Any] = Future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Each piece of work is all or nothing; a failing one leaves its neighbours in the batch untouched."""

    def __init__(self, engine: Engine, keys: Keys, committed: Committed) -> None:
        self._engine, self._keys, self._committed = engine, keys, committed
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        if not self._thread.is_alive():
            raise RuntimeError("the writer has ended")
        job = _Job(work)
        self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Finishes what is queued, then ends the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            jobs, ended = self._gather(first)
            # a job whose asker gave up is left out; from here on it cannot be cancelled
            if wanted := [job for job in jobs if job.future.set_running_or_notify_cancel()]:
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
        topics: set[str] = set()
        try:
            with self._engine.begin() as connection:
                for job in jobs:
                    topics |= self._attempt(job, connection)
        except Exception as error:
            for job in jobs:
                job.error = job.error or error
            topics.clear()
        for job in jobs:
            job.settle()
        if topics:
            self._committed(topics)

    def _attempt(self, job: _Job, connection: Connection) -> set[str]:
        session = Session(connection, self._keys)
        connection.exec_driver_sql("SAVEPOINT job")
        try:
            job.result = job.work(session)
        except Exception as error:
            job.error = error
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
            session.topics.clear()
        connection.exec_driver_sql("RELEASE SAVEPOINT job")
        return session.topics
