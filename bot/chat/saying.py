"""What an adapter says in the log: causes without words, and each no more than once a minute."""

import time

import structlog

log = structlog.get_logger()

PAUSE_SECONDS = 60.0


class Saying:
    def __init__(self, platform: str) -> None:
        self._platform = platform
        self._said: dict[tuple[str, str], float] = {}

    def warn(self, event: str, error: str = "") -> None:
        """An outage, or whoever knocks from outside, must not fill the disk."""
        moment, cause = time.monotonic(), (event, error)
        if moment - self._said.get(cause, -PAUSE_SECONDS) >= PAUSE_SECONDS:
            self._said[cause] = moment
            log.warning(event, platform=self._platform, **({"error": error} if error else {}))
