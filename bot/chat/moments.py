"""The moments of the house's work at which a fault test may end the process; in production they are compiled away."""

from collections.abc import Callable
from enum import StrEnum


class Moment(StrEnum):
    """Crash points C0 to C15 of the delivery model; docs/promises.md reports each."""

    HEARD = "C0"
    """An event has come and nothing of it is stored: the platform brings it again."""
    STORING = "C1"
    """Inside the transaction that stores it."""
    STORED = "C2"
    """On the disk, and not acknowledged yet."""
    TAKEN_UP = "C3"
    """About to be handled; the row still says new."""
    HANDLING = "C4"
    """Inside the transaction that holds the effects, the letters and the event's own done."""
    HANDLED = "C5"
    """That is committed."""
    CLAIMED = "C6"
    """A letter is marked as being sent, and nothing has gone."""
    SENT = "C7"
    """The platform has it, and no row says so."""
    DELIVERED = "C8"
    """A row says so, with the reference for later changes."""
    PUT_OFF = "C9"
    """The platform would not take it; when to try again is not written yet."""
    FALLING_DUE = "C10"
    """Inside the transaction of something that became due."""
    PUBLISHING = "C11"
    """Inside the transaction that puts a worry's letters to every place it goes to."""
    ERASED = "C12"
    """A key is destroyed and committed; its traces are still in the log of the database."""
    MIGRATING = "C13"
    """The new schema is made, and not committed."""
    WAY_BACK_OPENED = "C14"
    """A sealed return address was opened, inside the transaction of the letter that needs it."""
    ANSWERED = "C15"
    """Everything is committed, and whoever acted has not seen the answer."""


_watching: Callable[[Moment], None] | None = None


def watch(look: Callable[[Moment], None] | None) -> None:
    """For fault tests: calls look at every moment that is reached."""
    global _watching
    _watching = look


def reached(moment: Moment) -> None:
    """Called as `if __debug__: reached(…)`: python -O leaves nothing of it."""
    if _watching is not None:
        _watching(moment)
