"""What a payload of Slack means: an Event, and the passing things by which it can be answered at once."""

from dataclasses import dataclass
from typing import Literal

from bot.chat.events import Event

Way = Literal["chat", "aside", "dialog", "submission", "home"]
"""How an answer in hand is shown: as a message in the chat of the two, as a line in a channel that only this person
sees, as a dialog, in the acknowledgement of a submitted dialog, on the home page."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """trigger: opens one dialog within three seconds. view: the dialog in which this was done.
    response_url: changes the passing message whose button was pressed, or says something to this person alone.
    channel, thread: where an answer in the chat or beside it belongs. passing: the pressed message is such a one.
    foreign: a guest from another organisation in a shared channel.
    """

    event: Event
    way: Way
    trigger: str = ""
    view: str = ""
    response_url: str = ""
    channel: str = ""
    thread: str = ""
    passing: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Revoked:
    """The workspace has taken our token back, or removed the app."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """It happened in a workspace that is not ours."""


class Undecodable(ValueError):
    """A payload of no shape that Slack documents; its text is never part of this."""
