"""What the bot says: slots instead of markup, so that no formatting language crosses the core."""

from dataclasses import dataclass
from typing import Literal

ACTION_BYTES = 64
"""Telegram's limit for callback_data (Bot API, InlineKeyboardButton); the smallest of our platforms."""


@dataclass(frozen=True, slots=True)
class Button:
    """A door, not a key: every press is authorised again against the rows.

    beside: it stands in one row with the button before it."""

    label: str
    action: str
    argument: str = ""
    beside: bool = False

    def __post_init__(self) -> None:
        if not self.label or not self.action:
            raise ValueError("a button needs a label and an action")
        if len(f"{self.action}:{self.argument}".encode()) > ACTION_BYTES:
            raise ValueError(f"button {self.action} is longer than {ACTION_BYTES} bytes")


@dataclass(frozen=True, slots=True)
class Message:
    """title, body and note are our words; people's words land only in quote.

    opens: answers will come under it; a platform with topics may give it one of its own.
    own: the words quoted are the reader's, to copy and take along; a platform that hinders copying does not here."""

    body: str = ""
    title: str = ""
    quote: str = ""
    note: str = ""
    buttons: tuple[Button, ...] = ()
    opens: bool = False
    own: bool = False


FieldKind = Literal["line", "paragraph", "choice", "datetime"]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. limit: most characters; value: what stands there before one types.
    checked: others will read the answer, so that nothing of it is kept before it names nobody."""

    name: str
    label: str
    kind: FieldKind = "line"
    required: bool = True
    limit: int = 200
    choices: tuple[Choice, ...] = ()
    value: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    title: str
    fields: tuple[Field, ...]
    argument: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep or to look at. name: with its ending, which says what it is."""

    name: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        return self.name.endswith(".png")


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer in hand, never stored, and for the eyes of whoever acted alone: an adapter that cannot show it so
    in a group carries it to Event.private.

    replace: it takes the place of the message that was pressed. field: of a form that comes back, the one to answer
    differently; the others keep their values. language: in which it speaks; an adapter's own words follow it.
    clear: what was written for this in a chat is needed there no more; a platform that can takes it away.
    files: for whoever acted alone; where they cannot be carried, the message must say enough."""

    message: Message | None = None
    form: Form | None = None
    replace: bool = False
    field: str = ""
    language: str = ""
    clear: bool = False
    files: tuple[File, ...] = ()
