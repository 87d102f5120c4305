"""What coordinators are told of hours in which nothing was heard."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.messages import Message
from bot.views.text import Text


def rest(text: Text, since: datetime, until: datetime, *, loss: bool) -> Message:
    """The house itself was away."""
    return _told(text, text("gap.rest", since=text.when(since), until=text.when(until)), loss=loss)


def unheard(text: Text, since: datetime, until: datetime, *, platforms: Sequence[str], loss: bool) -> Message:
    """Platforms could not be reached while the house was there."""
    names = text("gap.and").join(text(f"gap.platform.{each}") for each in platforms)
    return _told(text, text("gap.unheard", platforms=names, since=text.when(since), until=text.when(until)), loss=loss)


def _told(text: Text, what: str, *, loss: bool) -> Message:
    return Message(title=text("gap.title"), body=f"{what}\n\n{text('gap.lost') if loss else text('gap.missing')}")
