"""Public shapes in, messages out: one file per subject."""

from bot.chat.messages import Message
from bot.views.text import Text


def line(text: Text, key: str, **values: object) -> Message:
    """One kind sentence."""
    return Message(body=text(key, **values))
