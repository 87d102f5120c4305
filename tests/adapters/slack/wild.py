"""Messages and forms of extreme sizes, kept as recipes: what is generated stays short enough to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import ACTION_BYTES, Button, Choice, Field, FieldKind, Form, Message

FAMILY, ZALGO, CHAIN = "👩\u200d👩\u200d👧\u200d👦", "o" + "\u0301\u0327" * 12, "👩\u200d" * 40
UNITS = [
    "悩", "か\u3099", "𠮷", "🇯🇵", "❤\ufe0f", "नि", "\r\n", "\n", " ", "\u3000", "&", "<", "&lt;", "word ", "/menu ",
    "\u202e", FAMILY, ZALGO, CHAIN,
]  # fmt: skip

MOST_ARGUMENT = ACTION_BYTES - len("form.later:")
"""Bytes of a form's argument: the button that puts the form aside carries it."""


@dataclass(frozen=True)
class Recipe:
    """runs: what, how many times. most: characters."""

    runs: Sequence[tuple[str, int]]
    most: int

    @property
    def text(self) -> str:
        return "".join(unit * times for unit, times in self.runs)[: self.most]

    @property
    def label(self) -> str:
        """A label is never empty."""
        return f"・{self.text}"


@dataclass(frozen=True)
class WildMessage:
    title: Recipe
    body: Recipe
    quote: Recipe
    note: Recipe
    labels: Sequence[Recipe]

    @property
    def message(self) -> Message:
        buttons = (Button(each.label, "do.it", str(n) if n % 2 else "") for n, each in enumerate(self.labels))
        return Message(self.body.text, self.title.text, self.quote.text, self.note.text, tuple(buttons))


@dataclass(frozen=True)
class WildField:
    label: Recipe
    kind: FieldKind
    required: bool
    choices: Sequence[Recipe]
    value: Recipe

    def field(self, name: str) -> Field:
        """The value of a choice is one of them, or something that is no choice any more."""
        choices = tuple(Choice(f"choice{n}", each.label) for n, each in enumerate(self.choices))
        value = f"choice{len(self.value.text) % 50}" if self.kind == "choice" else self.value.text
        return Field(name, self.label.label, self.kind, self.required, 200, choices, value)


@dataclass(frozen=True)
class WildForm:
    title: Recipe
    fields: Sequence[WildField]
    argument: str

    @property
    def form(self) -> Form:
        fields = tuple(each.field(f"f{n}") for n, each in enumerate(self.fields))
        return Form("a.form", self.title.label, fields, self.argument)
