"""What can be told of an event, a body or an answer at a glance, without any row."""

from bot.chat.events import Body, Event, Press, Submit
from bot.chat.messages import ACTION_BYTES, Message
from bot.language.cleaning import clean
from bot.routing import asking, forms
from bot.routing.router import key_of
from bot.views.cards import line
from bot.views.text import Text


def counted(event: Event) -> dict[str, str]:
    return {"platform": event.address.platform, "kind": key_of(event.body)[0]}


def goes_on_filling(body: Body) -> bool:
    """A step of a form that was begun; whether it is theirs, the rows say."""
    step = asking.belongs_here(body) or (isinstance(body, Submit) and body.form == forms.LATER)
    return step and isinstance(body, Press | Submit) and bool(body.argument)


def for_a_chat(message: Message) -> bool:
    """Nobody's words, and no button or name that leads to one worry: what stands in a chat may be kept by others."""
    return not message.quote and all(button.action == "form.resume" for button in message.buttons)


def ours(argument: str) -> bool:
    """Whether a button or dialog of ours could carry this: ids and numbers, never words."""
    return len(argument) <= ACTION_BYTES and argument.isascii() and argument.isprintable()


def unknown(text: Text, body: Body) -> Message:
    """What is said to something that leads nowhere."""
    kind, name = key_of(body)
    if kind == "command":
        return line(text, "error.unknown_command", name=clean(name[:20], lines=False))
    return line(text, "error.stale_button")
