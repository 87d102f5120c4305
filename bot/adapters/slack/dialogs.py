"""Form and Message → the views of a dialog, and the home page; pure."""

from typing import Any, Protocol

from bot.adapters.slack.escaping import cut, size
from bot.adapters.slack.render import LABEL, TEXT, VIEW_BLOCKS, Block, Renderer, fitting, text
from bot.chat.messages import Button, Choice, Field, Form, Message, Reply

TITLE = 24
VIEW_WEIGHT = 60_000
"""A view may have 250,000 bytes; a character has at most four."""
RADIOS = 10
OPTIONS = 100
FIELD_LABEL = 2000
ANSWER = "answer"
"""The action id of the one thing that is filled in an input block; the block's id is the field's name."""

MESSAGE = "message"
"""The callback id of a dialog that only says something."""

LATER = "form.later"


class Words(Protocol):
    """The catalogue in one language."""

    def __call__(self, key: str, **values: object) -> str:
        """words("slack.x", **values)"""


class Dialogs:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def of(self, reply: Reply, words: Words) -> dict[str, Any]:
        """The dialog that shows this reply: its form where it has one."""
        if reply.form is not None:
            return self.form(reply.form, words, said=reply.message)
        return self.message(reply.message or Message(), words)

    def message(self, message: Message, words: Words) -> dict[str, Any]:
        short = 0 < size(message.title) <= TITLE
        blocks = self._renderer.said(message, titled=not short)
        buttons = self._renderer.buttons(message.buttons)
        return {
            "type": "modal",
            "callback_id": MESSAGE,
            "title": text(message.title if short else words("slack.title")),
            "close": text(words("slack.close")),
            "blocks": fitting(blocks, buttons, VIEW_BLOCKS, VIEW_WEIGHT),
        }

    def form(self, form: Form, words: Words, *, said: Message | None = None) -> dict[str, Any]:
        """said: what is told above the questions."""
        title = cut(form.title, TITLE)
        told = Message(title="" if title == form.title else form.title, body=said.body if said else "")
        above = self._renderer.said(told) if told.title or told.body else []
        later = self._renderer.buttons((Button(words("forms.later"), LATER, form.argument),))
        return {
            "type": "modal",
            "callback_id": form.name,
            "private_metadata": form.argument,
            "title": text(title),
            "submit": text(words("slack.submit")),
            "close": text(words("slack.close")),
            "blocks": [*above, *map(_input, form.fields), *later],
        }

    def waiting(self, words: Words) -> dict[str, Any]:
        """Opens while the answer is not there yet: a trigger is good for three seconds only."""
        return self.message(Message(body=words("slack.wait")), words)

    def home(self, message: Message) -> dict[str, Any]:
        said, buttons = self._renderer.said(message), self._renderer.buttons(message.buttons)
        return {"type": "home", "blocks": fitting(said, buttons, VIEW_BLOCKS, VIEW_WEIGHT)}


def refusal(reply: Reply) -> dict[str, str]:
    """Under which question of the open dialog the reason stands. Empty where the reply refuses nothing."""
    if reply.form is None or reply.message is None or not reply.form.fields:
        return {}
    names = [field.name for field in reply.form.fields]
    return {reply.field if reply.field in names else names[-1]: reply.message.body}


def _input(field: Field) -> Block:
    return {
        "type": "input",
        "block_id": field.name,
        "optional": not field.required,
        "label": text(cut(field.label, FIELD_LABEL)),
        "element": _choice(field) if field.kind == "choice" else _line(field),
    }


def _line(field: Field) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": ANSWER,
        "multiline": field.kind == "paragraph",
        "max_length": TEXT,
    }
    return {**element, "initial_value": cut(field.value, TEXT)} if field.value else element


def _choice(field: Field) -> Block:
    """Buttons to tick where all can be seen at once; otherwise a list."""
    options = [_option(choice) for choice in field.choices[:OPTIONS]]
    element = {
        "type": "radio_buttons" if len(options) <= RADIOS else "static_select",
        "action_id": ANSWER,
        "options": options,
    }
    chosen = next((option for option in options if option["value"] == field.value), None)
    return {**element, "initial_option": chosen} if chosen else element


def _option(choice: Choice) -> Block:
    return {"text": text(cut(choice.label, LABEL)), "value": choice.value}
