"""Where a platform asked to wait: nobody goes there before the time it said, and then one at a time."""

import time
from collections.abc import Hashable

from bot.chat.errors import RetryLater

LEAST_PAUSE = 1.0
"""Where it says nothing useful, or nothing at all; no platform takes more than one message a second in a chat."""

LONGEST_PAUSE = 86_400.0
"""Whatever it says: an asking for a year is some proxy's mistake, and once a day is no hammering."""

CALM_SECONDS = 60.0
"""After so long without a new asking a chat is as any other."""


class Pauses:
    """By chat, or by whatever the platform counts; kept by the clock that never jumps."""

    def __init__(self) -> None:
        self._until: dict[Hashable, float] = {}
        self._turn: dict[Hashable, float] = {}

    def check(self, chat: Hashable) -> None:
        """Raises RetryLater while this chat has to be left alone."""
        left = self._until.get(chat, 0.0) - time.monotonic()
        if left > 0:
            raise RetryLater("asked to wait", left)
        if left < -CALM_SECONDS:
            self._until.pop(chat, None)
            self._turn.pop(chat, None)

    def take_turn(self, chat: Hashable) -> None:
        """For letters: those that waited together for a chat do not go together. Raises RetryLater."""
        self.check(chat)
        if chat not in self._until:
            return
        left = self._turn.get(chat, 0.0) - time.monotonic()
        if left > 0:
            raise RetryLater("one after the other", left)
        self._turn[chat] = time.monotonic() + LEAST_PAUSE

    def asked(self, chat: Hashable, seconds: float | None) -> RetryLater:
        """The platform said so many seconds, or nothing useful. What to raise."""
        pause = max(seconds or 0.0, LEAST_PAUSE)
        self._until[chat] = time.monotonic() + pause
        return RetryLater("asked to wait", None if seconds is None else pause)


def seconds_of(said: object) -> float | None:
    """Whole seconds, as a number or in digits; None for anything else, and our own patience applies."""
    written = "" if isinstance(said, bool) else str(said).strip()
    return min(float(written), LONGEST_PAUSE) if written.isascii() and written.isdecimal() else None
