"""The same trouble is written once a minute, however often it happens: an outage must not fill the disk."""

import logging
import time
from collections.abc import Hashable, MutableMapping
from typing import Any

import structlog

PAUSE_SECONDS = 60.0
MOST_CAUSES = 1000
_TROUBLE = ("warning", "error", "critical", "exception")
CAUSE = frozenset({"event", "platform", "kind", "name", "job", "state", "error"})
"""What makes two lines the same; the moment, the turn and the place in the code do not make them different."""


class Repeats:
    """For the house's own lines and for the libraries'. A line says how many there were since the last: count."""

    def __init__(self) -> None:
        self._written: dict[Hashable, tuple[float, int]] = {}

    def __call__(self, _logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if method not in _TROUBLE:
            return event
        held_back = self.held_back(frozenset((name, str(value)) for name, value in event.items() if name in CAUSE))
        if held_back is None:
            raise structlog.DropEvent
        return {**event, "count": held_back + 1} if held_back else event

    def filter(self, record: logging.LogRecord) -> bool:
        cause = (record.name, record.levelno, record.msg if isinstance(record.msg, str) else "")
        return self.held_back(cause) is not None

    def held_back(self, cause: Hashable) -> int | None:
        """None where the same was written within the minute; else how often it was held back since."""
        now = time.monotonic()
        written, held_back = self._written.get(cause, (-PAUSE_SECONDS, 0))
        if now - written < PAUSE_SECONDS:
            self._written[cause] = written, held_back + 1
            return None
        if len(self._written) >= MOST_CAUSES:
            self._written = {each: kept for each, kept in self._written.items() if now - kept[0] < PAUSE_SECONDS}
        self._written[cause] = now, 0
        return held_back
