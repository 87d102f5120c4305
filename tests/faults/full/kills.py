"""F1, F2: `yorisoi serve` killed two thousand times, C0 to C15 and at random, on both databases, under load."""

import asyncio
import os
import sys
from collections import Counter

from tests.faults.days import Day, fresh_folder, lived
from tests.faults.nursery import open_nursery
from tests.store.postgres import empty_database, running_server

TITLE = "kill -9 at every moment and at random times, SQLite and PostgreSQL (F1, F2)"

KILLS, AT_RANDOM, FIRST_STARTS, WORRIES = 2_000, 400, 20, 20_000
SECONDS = int(os.environ.get("YORISOI_FAULT_SECONDS", "720"))
"""Of killing for each database; what is left of the worries is shared in peace, so that all of them are looked at."""

DATABASES = os.environ.get("YORISOI_FAULT_DATABASES", "sqlite postgresql").split()
SEED = int(os.environ.get("YORISOI_FAULT_SEED", "1"))
PEOPLE, ROOMS = 20, 12
"""On each platform: what one channel takes in an hour is what a community takes in a year."""


def run() -> dict[str, int | float | str]:
    counts, recovery = Counter[str](), dict[str, float]()
    with running_server() as server:
        for name in DATABASES:
            if name == "sqlite":
                day = asyncio.run(_day(""))
            else:
                with empty_database(server) as url:
                    day = asyncio.run(_day(url))
            sys.stdout.write(f"  {name}: {dict(day.counts())}, {day.recovery()}\n")
            counts.update(day.counts())
            recovery |= {f"{name}_{each}": value for each, value in day.recovery().items()}
            assert day.verdict.wrong == [], f"{name}, seed {SEED}: {day.verdict.wrong[:20]}"
    return {**counts, **recovery}


async def _day(url: str) -> Day:
    with fresh_folder() as folder:
        async with open_nursery() as nursery:
            return await lived(
                nursery, folder, url, worries=_scaled(WORRIES), kills=_scaled(KILLS), at_random=_scaled(AT_RANDOM),
                first_starts=min(FIRST_STARTS, _scaled(KILLS)), seconds=SECONDS, seed=SEED, people=PEOPLE, rooms=ROOMS,
            )  # fmt: skip


def _scaled(number: int) -> int:
    """Fewer where there is less time, in the same proportions."""
    return max(1, round(number * min(1.0, SECONDS / 720)))
