"""Public shapes in, messages out: one file per subject."""

from dataclasses import replace

from bot.chat.messages import Message
from bot.views.text import Text


def line(text: Text, key: str, **values: object) -> Message:
    """One kind sentence."""
    return Message(body=text(key, **values))


def noted(message: Message, words: str) -> Message:
    """The same with one more thing to know."""
    return replace(message, note=f"{message.note}\n\n{words}".strip())
