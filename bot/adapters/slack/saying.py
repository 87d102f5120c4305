"""What the adapter says in the log: causes without words, and each no more than once a minute."""

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger()

PAUSE_SECONDS = 60.0


class Saying:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._said: dict[tuple[str, str], float] = {}

    def warn(self, event: str, error: str = "") -> None:
        """An outage, or whoever knocks from outside, must not fill the disk."""
        moment, cause = self._now(), (event, error)
        if moment - self._said.get(cause, -PAUSE_SECONDS) >= PAUSE_SECONDS:
            self._said[cause] = moment
            log.warning(event, platform="slack", **({"error": error} if error else {}))
