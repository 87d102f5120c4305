"""What only one of several replicas may do at a time: the clock, and asking a platform for its events."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from bot.store.engines import ELECTION_SESSION, IN_REACH, connection_address
from bot.store.seal import keyed_token

log = structlog.get_logger()

ASK_SECONDS = 2.0
"""Between two tries to become the one, and between two looks whether we still are."""

_SAY_SECONDS = 60.0


class Elections:
    """One PostgreSQL session for each thing that is led; its advisory lock ends when the session does."""

    def __init__(self, url: str) -> None:
        self._address = connection_address(url)
        self._said = float("-inf")
        self.leading: set[str] = set()

    async def lead(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """Waits until nobody else does it, then does it; begins anew where the connection was lost meanwhile.

        Returns or raises as work does."""
        while True:
            if ended := await self._led(what, work):
                return ended.result()
            await asyncio.sleep(ASK_SECONDS)

    async def _led(self, what: str, work: Callable[[], Awaitable[None]]) -> "asyncio.Future[None] | None":
        """The work that came to its own end; None where it was ended, or never begun, because the session was lost."""
        try:
            async with await psycopg.AsyncConnection.connect(
                self._address, autocommit=True, options=ELECTION_SESSION, application_name=f"yorisoi {what}", **IN_REACH
            ) as session:
                await _elected(session, what)
                self.leading.add(what)
                return await _while_elected(session, work)
        except (psycopg.Error, OSError) as error:
            leave_if_told_to()
            self._say(error)
            return None
        finally:
            self.leading.discard(what)

    def _say(self, error: Exception) -> None:
        if time.monotonic() - self._said > _SAY_SECONDS:
            self._said = time.monotonic()
            log.error("election interrupted", error=type(error).__name__)


def leave_if_told_to() -> None:
    """The driver answers a cancelled call with an error of its own at times; the cancellation must not be lost."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


async def _elected(session: psycopg.AsyncConnection, what: str) -> None:
    key = int(keyed_token(b"", "election", what)[:15], 16)
    while True:
        answer = await (await session.execute("SELECT pg_try_advisory_lock(%s)", (key,))).fetchone()
        if answer and answer[0]:
            return
        await asyncio.sleep(ASK_SECONDS)


async def _while_elected(
    session: psycopg.AsyncConnection, work: Callable[[], Awaitable[None]]
) -> "asyncio.Future[None]":
    """Returns when the work came to its own end, whatever that was. Where the session is lost, the work is ended first,
    and then the loss is raised."""
    working = asyncio.ensure_future(work())
    try:
        while not working.done():
            await asyncio.wait({working}, timeout=ASK_SECONDS)
            if not working.done():
                await session.execute("SELECT 1")
    finally:
        if not working.done():
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
    return working
