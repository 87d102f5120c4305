"""F10, F11, F13 in small: a disk that is full, calls that fail, a file that somebody else holds."""

from pathlib import Path

import pytest

from tests.faults.storms.failing_calls import failing_calls
from tests.faults.storms.full_volume import small_volume
from tests.faults.storms.locked import locked


@pytest.mark.parametrize("flow", ["worry", "answer"])
async def test_calls_that_fail(tmp_path: Path, flow: str) -> None:
    await failing_calls(tmp_path, flow, every=71)


async def test_a_disk_that_is_full_for_a_while(tmp_path: Path) -> None:
    await failing_calls(tmp_path, "worry", every=31, full=True)


async def test_a_volume_that_is_full(tmp_path: Path) -> None:
    await small_volume(tmp_path, "worry", spares=range(0, 17, 8))


async def test_a_file_that_somebody_else_holds(tmp_path: Path) -> None:
    """A little longer than SQLite itself waits."""
    await locked(tmp_path, seconds=5.5, people=5)
