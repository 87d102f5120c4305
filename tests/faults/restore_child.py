"""The restore that is killed: in a process of its own, at the step it was told."""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.app.restore import restore
from bot.settings import Settings
from bot.store import handing_over, manifest, restoring, schema, swapping, tombstones

STEPS: dict[ModuleType, Sequence[str]] = {
    restoring: ("copy_at_rest", "fold", "put_in_place"),
    manifest: ("take_out",),
    schema: ("prepare",),
    handing_over: ("take_over", "doubt_open_letters"),
    tombstones: ("merge", "apply"),
    swapping: ("_put_aside", "_take_place"),
}
"""Each can be struck `before` and `after`."""

BETWEEN_TWO_FILES: dict[ModuleType, Sequence[str]] = {swapping: ("flush", "_put_aside", "_take_place")}
"""Where a damaged database and its log go one after the other."""

KILLED = -signal.SIGKILL
UNDISTURBED = ""

_processes = get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def points(steps: dict[ModuleType, Sequence[str]] = STEPS) -> list[str]:
    return [f"{name}:{when}" for names in steps.values() for name in names for when in ("before", "after")]


def ended(point: str, data: Path, file: Path, nth: int = 1) -> int:
    """The exit status of a restore that is struck at the n-th pass of this point; negative where a signal ended it.
    point: UNDISTURBED for none."""
    process = _processes.Process(target=_restore, args=(point, data, file, nth))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _restore(point: str, data: Path, file: Path, nth: int) -> None:
    passes = iter(range(1, nth))

    def strike() -> None:
        if next(passes, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    name, _, when = point.partition(":")
    if when:
        room = next(room for steps in (STEPS, BETWEEN_TWO_FILES) for room, names in steps.items() if name in names)
        setattr(room, name, _struck(getattr(room, name), when, strike))
    asyncio.run(restore(Settings(data_dir=data), file, [], without=False))


def _struck(real: Callable[..., Any], when: str, strike: Callable[[], None]) -> Callable[..., Any]:
    def struck(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            strike()
        result = real(*arguments, **named)
        if when == "after":
            strike()
        return result

    return struck
