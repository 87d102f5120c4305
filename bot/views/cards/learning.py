"""学んだこと: offered once a worry is closed, and read by a coordinator before everybody may."""

from bot.chat.messages import Button, Message
from bot.store.learnings import Learning
from bot.views.text import Text


def offered(text: Text) -> Message:
    """What is said when a worry was closed; whoever does nothing has skipped it."""
    return Message(
        body=text("worry.closed"),
        note=text("learning.offer"),
        buttons=(Button(text("learning.begin"), "learning.begin"),),
    )


def to_check(text: Text, learning: Learning, waiting: int) -> Message:
    """One of those that wait."""
    return Message(
        title=text("learning.check"),
        body=text("learning.checking", waiting=waiting, month=learning.month),
        quote=learning.text,
        note=text("learning.check_note"),
        buttons=(
            Button(text("learning.release"), "learning.release", learning.id),
            Button(text("learning.hide"), "learning.hide", learning.id),
            *((Button(text("learning.another"), "learning.check"),) if waiting > 1 else ()),
        ),
    )
