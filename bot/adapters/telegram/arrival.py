"""What an update means: an Event, and the passing things by which it can be answered at once."""

from dataclasses import dataclass

from bot.chat.events import Event

PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Arrival:
    """message: what was written, changed or pressed, in the chat of event.address. callback: answers a press, once.
    thread: the topic of the group it happened in. album: what several messages were sent together as."""

    event: Event
    message: int = 0
    callback: str = ""
    thread: int = 0
    album: str = ""


class Undecodable(ValueError):
    """An update of no shape that Telegram documents; its text is never part of this."""
