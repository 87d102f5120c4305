"""A folder for one experiment; in memory where a disk's patience is not what is measured."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_MEMORY = Path("/dev/shm")


def in_a_folder(play: Callable[[Path], Awaitable[T]], *, memory: bool = False) -> T:
    """Plays it to its end, and leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(dir=_MEMORY if memory and _MEMORY.is_dir() else None))
    try:
        return asyncio.run(_played(play, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _played(play: Callable[[Path], Awaitable[T]], folder: Path) -> T:
    return await play(folder)
