"""Checks what people put into a form, field by field, before any handler sees it."""

from collections.abc import Mapping

from bot.chat.errors import Refused
from bot.chat.messages import Field, Form
from bot.language.cleaning import CODE_POINTS_PER_CHARACTER, clean, length


def checked(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Every field's cleaned answer. Refused, naming the field, at the first that cannot stand."""
    return {field.name: check(field, answers.get(field.name, "")) for field in form.fields}


def check(field: Field, answer: str) -> str:
    if field.kind == "choice":
        return _choice(field, answer)
    if len(answer) > field.limit * CODE_POINTS_PER_CHARACTER:  # too long however it is counted; counting takes time
        raise Refused("forms.too_long", field=field.name, limit=f"{field.limit:,}", length=f"{len(answer):,}")
    words = clean(answer, lines=field.kind == "paragraph")
    if field.required and not words:
        raise Refused("forms.empty", field=field.name)
    if (long := length(words)) > field.limit:
        raise Refused("forms.too_long", field=field.name, limit=f"{field.limit:,}", length=f"{long:,}")
    return words


def _choice(field: Field, answer: str) -> str:
    """Takes a value, or the label as people would type it."""
    for choice in field.choices:
        if answer == choice.value or clean(answer, lines=False) == choice.label:
            return choice.value
    if not answer and not field.required:
        return ""
    raise Refused("forms.not_a_choice", field=field.name)
