"""A form opened as a dialog: the window's lines fill its fields one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.adapters.console.decode import pick, with_newlines
from bot.adapters.console.host import Words
from bot.adapters.console.places import Post
from bot.chat.errors import Refused
from bot.chat.events import Submit
from bot.chat.messages import Field, Form


@dataclass(slots=True, eq=False)
class Dialog:
    """pressed: the message whose button opened it, if any.

    named, announced: the title and the waiting field have been shown.
    """

    form: Form
    channel: str
    thread: str = ""
    pressed: Post | None = None
    answers: dict[str, str] = field(default_factory=dict)
    named: bool = False
    announced: bool = False

    @property
    def asked(self) -> Field | None:
        """The field that waits for a line, or None when all are filled."""
        return next((each for each in self.form.fields if each.name not in self.answers), None)

    @property
    def position(self) -> tuple[int, int]:
        names = [each.name for each in self.form.fields]
        return names.index(self.asked.name) + 1 if self.asked else len(names), len(names)

    def show_again(self) -> None:
        self.named = self.announced = False

    def answer(self, asked: Field, line: str) -> None:
        """Take one line as the answer, or raise Refused and keep waiting for the same field."""
        if not line.strip():
            self.skip(asked)
            return
        self.answers[asked.name] = _value(asked, line)

    def skip(self, asked: Field) -> None:
        if asked.required and not asked.value:
            raise Refused("console.dialog.required")
        self.answers[asked.name] = asked.value

    def submit(self) -> Submit:
        return Submit(self.form.name, dict(self.answers), self.form.argument)


def question(dialog: Dialog, asked: Field, words: Words) -> list[tuple[str, str]]:
    """(style class, text) of everything one sees before filling this field."""
    number, count = dialog.position
    label_of = {choice.value: choice.label for choice in asked.choices}
    value = label_of.get(asked.value, asked.value)
    how = [words(f"console.dialog.how.{asked.kind}")]
    if asked.kind != "choice" and str(asked.limit) not in asked.label.replace(",", ""):
        how.append(words("console.dialog.limit", limit=asked.limit))
    parts = [
        ("class:title", "" if dialog.named else dialog.form.title),
        ("", words("console.dialog.field", number=number, count=count, label=asked.label)),
        ("class:note", words("console.dialog.value", value=value) if value else ""),
        *(("class:button", f"[{at}] {choice.label}") for at, choice in enumerate(asked.choices, 1)),
        ("class:note", "  ".join(how)),
        ("class:note", words(_ways_out(asked))),
    ]
    return [part for part in parts if part[1]]


def _ways_out(asked: Field) -> str:
    if asked.value:
        return "console.dialog.keep"
    return "console.dialog.ways_out" if asked.required else "console.dialog.leave_empty"


def _value(asked: Field, line: str) -> str:
    if asked.kind == "choice":
        numbered: Mapping[int, str] = {n: choice.value for n, choice in enumerate(asked.choices, 1)}
        labelled: Sequence[tuple[str, str]] = [(choice.label, choice.value) for choice in asked.choices]
        value = pick(line, numbered, labelled)
        if value is None:
            raise Refused("console.dialog.choose", count=len(asked.choices))
        return value
    text = with_newlines(line) if asked.kind == "paragraph" else line
    if len(text) > asked.limit:
        raise Refused("console.dialog.too_long", limit=asked.limit, length=len(text))
    return text
