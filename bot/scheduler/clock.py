"""The time everyone in the house goes by; a console may move it, a server never does."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger()

STEP = timedelta(minutes=1)
"""A machine's clock that is set right by less needs no word."""

LEAP = timedelta(days=30)
"""No clock is set right by so much, and no machine sleeps so long: by such a time everything would fall due, expire
and be forgotten at once."""


def machine_time() -> datetime:
    return datetime.now(UTC)


def steady_seconds() -> float:
    """Never set; where the system can, it counts the time a machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clock:
    """Follows the machine's clock through steps; a leap is not followed until a restart says that it was right."""

    def __init__(
        self, machine: Callable[[], datetime] = machine_time, steady: Callable[[], float] = steady_seconds
    ) -> None:
        self._machine, self._steady = machine, steady
        self._ahead = timedelta()
        self._seen = machine(), steady()
        self._stepped_back = False

    def __call__(self) -> datetime:
        now, steady = self._machine(), self._steady()
        seen, then = self._seen
        expected = seen + timedelta(seconds=steady - then)
        off = now - expected
        if abs(off) > LEAP:
            log.error("clock leapt: not followed before a restart", kind=_direction(off))
            return expected + self._ahead
        if abs(off) > STEP:
            log.warning("clock stepped", kind=_direction(off))
            self._stepped_back |= off < timedelta()
        self._seen = now, steady
        return now + self._ahead

    def advance(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("this clock only goes forward")
        self._ahead += by

    def stepped_back(self) -> bool:
        """Since this was last asked: what waits until a time of day waits longer than was meant."""
        stepped, self._stepped_back = self._stepped_back, False
        return stepped


def _direction(off: timedelta) -> str:
    return "back" if off < timedelta() else "forward"
