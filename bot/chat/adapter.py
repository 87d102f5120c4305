"""What a platform promises: to bring every event, and to carry every letter."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.chat.events import Address, Event
from bot.chat.messages import Message, Reply

Dispatch = Callable[[Event], Awaitable[Reply | None]]
"""The whole application as an adapter sees it. It returns only after the event is stored."""


class Adapter(Protocol):
    name: str
    can_look: bool
    """True where find() can tell whether a letter has already arrived."""

    async def run(self, dispatch: Dispatch) -> None:
        """Bring events until cancelled, or until the platform has nothing more to bring."""

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        """Carry one letter and return the platform's reference of it.

        replacing: reference of an earlier message that this one takes the place of.
        Raises RetryLater or Unreachable; anything else counts as a doubtful send.
        """

    async def find(self, key: str, address: Address) -> str | None:
        """The reference of the letter with this key, or None if it certainly never arrived."""
