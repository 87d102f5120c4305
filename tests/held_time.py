"""The clock that never jumps, held as well: where the house waits by it, half an hour passes in a moment."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from bot.app import repeats
from bot.chat import doubt, pausing, saying

_BY_IT = (doubt, pausing, saying, repeats)


class HeldTime:
    """In place of the module time: as far as this clock has moved since."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock, self._began, self._at = clock, clock(), time.monotonic()

    def monotonic(self) -> float:
        return self._at + (self._clock() - self._began).total_seconds()

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


@contextmanager
def held(clock: Callable[[], datetime]) -> Iterator[None]:
    """Pauses that platforms asked for, doubts and what is said once a minute go by this clock."""
    with pytest.MonkeyPatch.context() as patch:
        for module in _BY_IT:
            patch.setattr(module, "time", HeldTime(clock))
        yield
