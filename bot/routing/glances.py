"""What can be told of an event, a body or an answer at a glance, without any row."""

from bot.chat.events import Body, Event, Press, Submit
from bot.chat.messages import ACTION_BYTES, Message
from bot.routing import asking, forms
from bot.routing.router import key_of


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
