"""`yorisoi serve` killed at every moment, C0 to C15, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.days import all_well, lived
from tests.faults.nursery import open_nursery
from tests.store.postgres import empty_database, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as address:
        yield address


async def test_killed_at_every_moment_on_postgresql(server: str, tmp_path: Path) -> None:
    with empty_database(server) as url:
        async with open_nursery() as nursery:
            all_well(await lived(nursery, tmp_path / "town", url, worries=140, kills=18, at_random=2, first_starts=1))
