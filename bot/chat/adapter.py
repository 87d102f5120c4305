"""What a platform promises: to bring every event, and to carry every letter."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from bot.chat.events import Address, Event
from bot.chat.messages import Message, Reply

Stored = Callable[[], None]
Answer = Callable[[Event], Awaitable[Reply | None]]
"""The application for a platform that acknowledges nothing."""


class Dispatch(Protocol):
    """The whole application as an adapter sees it."""

    async def __call__(self, event: Event, stored: Stored = ...) -> Reply | None:
        """Handles an event once and returns the answer in hand.

        stored: called as soon as the event is on the disk; from then on it may be acknowledged, however long the
        answer takes. Raises only where it could not be stored.
        """


class Memory(Protocol):
    """The little an adapter may keep between two runs: marks and moments, never what anyone said."""

    async def first(self, mark: str) -> bool:
        """True the first time this mark is noted within a week; also after a restart."""

    async def recall(self, name: str) -> str:
        """What was kept under this name last, or nothing."""

    async def keep(self, name: str, value: str) -> None: ...


class Adapter(Protocol):
    name: str
    can_look: bool
    """True where find() can tell whether a letter has already arrived."""
    hears_alone: bool
    """True where one process at a time may bring this platform's events; sending, every process may."""

    @property
    def hearing(self) -> bool:
        """Whether what people do there reaches us now."""

    async def run(self, dispatch: Dispatch) -> None:
        """Bring events until cancelled, or until the platform has nothing more to bring."""

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        """Carry one letter and return the platform's reference of it.

        replacing: reference of an earlier message that this one takes the place of.
        Raises RetryLater or Unreachable; anything else counts as a doubtful send.
        """

    async def find(self, key: str, address: Address, since: datetime) -> str | None:
        """The reference of the letter with this key, or None if it certainly never arrived.

        since: it was not sent before this moment.
        """
