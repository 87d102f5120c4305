"""The process that is killed while it replaces a key: forked from one that has the imports behind it."""

import asyncio
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

from bot.app import rotating
from bot.settings import Settings
from bot.store import keyfile, rotation

STEPS: tuple[tuple[Any, str], ...] = (
    (keyfile, "_write"),
    (rotating, "replace_ring"),
    (rotation, "turn_table"),
    (rotation.Hands, "turn"),
    (rotation.Hands, "reseal"),
)
KILLED = -signal.SIGKILL

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload([__name__])


def dies(settings: Settings, point: str, nth: int) -> bool:
    """Whether the process came to this point and was killed there; otherwise it finished its work."""
    child = _nursery.Process(target=_rotate, args=(settings.data_dir, settings.database_url, point, nth))
    child.start()
    child.join()
    assert child.exitcode in (KILLED, 0)
    return child.exitcode == KILLED


def _rotate(folder: Any, url: str, point: str, nth: int) -> None:
    passes: Counter[str] = Counter()

    def passing(here: str) -> None:
        passes[here] += 1
        if (here, passes[here]) == (point, nth):
            os.kill(os.getpid(), signal.SIGKILL)

    for room, name in STEPS:
        setattr(room, name, _watched(name, getattr(room, name), passing))
    asyncio.run(rotating.rotate(Settings(data_dir=folder, database_url=url), settling=0))


def _watched(name: str, real: Callable[..., Any], passing: Callable[[str], None]) -> Callable[..., Any]:
    def passed(*arguments: Any, **named: Any) -> Any:
        passing(f"before {name}")
        result = real(*arguments, **named)
        passing(f"after {name}")
        return result

    return passed
