"""A hint from the other replicas that something is due; whoever misses it looks by itself soon after."""

import asyncio
from collections.abc import Callable

import psycopg
from sqlalchemy import Connection, text

from bot.store.elections import leave_if_told_to
from bot.store.engines import IN_REACH, LISTENING_SESSION, connection_address

CHANNEL = "yorisoi"
AGAIN_SECONDS = 5.0

_notify = text("SELECT pg_notify(:channel, topic) FROM unnest(CAST(:topics AS text[])) AS topic")


def tell(connection: Connection, topics: set[str]) -> None:
    """Reaches the others when, and only when, this transaction is committed."""
    connection.execute(_notify, {"channel": CHANNEL, "topics": sorted(topics)})


async def hear(url: str, wake: Callable[[set[str]], None]) -> None:
    """Until cancelled. A broken connection is made anew; what was missed meanwhile is found by the next look."""
    address = connection_address(url)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                address, autocommit=True, options=LISTENING_SESSION, **IN_REACH
            ) as session:
                await session.execute(f"LISTEN {CHANNEL}")
                async for notice in session.notifies():
                    wake({notice.payload})
        except (psycopg.Error, OSError):
            leave_if_told_to()
            await asyncio.sleep(AGAIN_SECONDS)
