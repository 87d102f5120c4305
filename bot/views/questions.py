"""A form asked question by question, where no dialog can open."""

from bot.chat.messages import Button, Field, Form, Message
from bot.views.text import Text


def ask(text: Text, draft: str, form: Form, step: int, *, why: str = "") -> Message:
    """One question, where we are in the form, and 戻る / あとで / やめる. why: what was wrong with the last answer."""
    field = form.fields[step]
    progress = text("forms.progress", step=step + 1, steps=len(form.fields))
    return Message(
        title=f"{form.title}{progress}",
        body=f"{why}\n\n{field.label}" if why else field.label,
        quote=next((choice.label for choice in field.choices if choice.value == field.value), field.value),
        note=text(_how(field)),
        buttons=(*_choices(draft, step, field), *_ways_out(text, draft, step, field)),
    )


def door(text: Text, draft: str, form: Form) -> Message:
    """Where no dialog can open right now, but one can at the next press."""
    begin = Button(text("forms.begin"), "form.resume", draft)
    return Message(title=form.title, note=text("forms.in_dialog"), buttons=(begin,))


def _how(field: Field) -> str:
    if field.kind == "choice":
        return "forms.choose"
    return "forms.write" if field.required else "forms.write_optional"


def _choices(draft: str, step: int, field: Field) -> tuple[Button, ...]:
    return tuple(
        Button(choice.label, "form.choose", f"{draft}.{step}.{number}") for number, choice in enumerate(field.choices)
    )


def _ways_out(text: Text, draft: str, step: int, field: Field) -> tuple[Button, ...]:
    buttons = [
        Button(text("forms.keep"), "form.keep", f"{draft}.{step}") if field.value else None,
        Button(text("forms.skip"), "form.skip", f"{draft}.{step}") if not field.required else None,
        Button(text("forms.back"), "form.back", f"{draft}.{step}") if step else None,
        Button(text("forms.later"), "form.later", draft),
        Button(text("forms.cancel"), "form.cancel", draft),
    ]
    return tuple(button for button in buttons if button)
