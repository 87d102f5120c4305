"""The time everyone in the house goes by; a console may move it, a server never does."""

from datetime import UTC, datetime, timedelta


class Clock:
    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("this clock only goes forward")
        self._ahead += by
