"""The same trouble is written once a minute, however often it happens: an outage must not fill the disk."""

import logging
import time
from collections.abc import MutableMapping
from typing import Any

import structlog

PAUSE_SECONDS = 60.0
MOST_CAUSES = 1000
_TROUBLE = ("warning", "error", "critical", "exception")
_NUMBERS = ("silent_seconds",)
"""What differs from one line to the next of the same cause."""


class Repeats:
    """For the house's own lines and for the libraries'."""

    def __init__(self) -> None:
        self._written: dict[object, float] = {}

    def __call__(self, _logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        cause = frozenset((name, str(value)) for name, value in event.items() if name not in _NUMBERS)
        if method in _TROUBLE and not self._first(cause):
            raise structlog.DropEvent
        return event

    def filter(self, record: logging.LogRecord) -> bool:
        return self._first((record.name, record.levelno, record.msg if isinstance(record.msg, str) else ""))

    def _first(self, cause: object) -> bool:
        now = time.monotonic()
        if now - self._written.get(cause, -PAUSE_SECONDS) < PAUSE_SECONDS:
            return False
        if len(self._written) >= MOST_CAUSES:
            self._written.clear()
        self._written[cause] = now
        return True
