"""What the console asks of the house that opens it: a clock it may move, and quiet after each event."""

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Words(Protocol):
    """The catalogue, in the language of this window."""

    def __call__(self, key: str, **values: object) -> str:
        """words("console.x", **values)"""

    def when(self, moment: datetime) -> str:
        """A day and a time as people here read them."""


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
