"""What the console asks of the house that opens it: a clock it may move, and quiet after each event."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

Words = Callable[..., str]
"""words("console.x", **values): the catalogue, in the language of this window."""


class Host(Protocol):
    @property
    def timezone(self) -> ZoneInfo:
        """Where these people live."""

    def now(self) -> datetime:
        """The held clock, aware, in UTC."""

    async def advance(self, by: timedelta) -> None:
        """Move the clock forward and run everything that falls due."""

    async def settled(self) -> None:
        """Return when every letter due now has been delivered."""
