"""What is promised, and in the same breath what cannot be."""

from bot.chat.messages import Message
from bot.views.text import Text

PROMISES = ("author", "client", "kept", "source", "inside", "answered", "phone", "erased")


def every(text: Text) -> Message:
    body = "\n\n".join([text("promises.intro"), *_each(text)])
    return Message(title=text("promises.title"), body=body, note=text("welcome.kindness"))


def _each(text: Text) -> list[str]:
    return [
        text(
            "promises.entry",
            title=text(f"promises.{name}.title"),
            words=text(f"promises.{name}.words"),
            limits=text(f"promises.{name}.limits"),
        )
        for name in PROMISES
    ]
