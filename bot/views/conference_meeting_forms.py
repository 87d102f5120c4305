"""The forms of a meeting: one line each, so that nobody writes while others speak."""

from bot.chat.messages import Choice, Field, Form
from bot.store.conference_roles import ROLES
from bot.store.step_windows import NAMES
from bot.views.text import Text

NOTE_LIMIT = 200

BY_WHOM = (*ROLES, "supporter", "family", "agency")
"""Who takes a next small step: a role, and never a name."""


def note(text: Text, conference_id: str, kind: str) -> Form:
    """kind: idea, question or parked."""
    field = Field("text", text(f"conference_meeting.field.{kind}"), limit=NOTE_LIMIT, checked=True)
    return Form("conference.note", text("conference_meeting.write_title"), (field,), argument=f"{conference_id}.{kind}")


def step(text: Text, conference_id: str) -> Form:
    roles = tuple(Choice(each, text(f"conference_steps.role.{each}")) for each in BY_WHOM)
    windows = tuple(Choice(each, text(f"conference_steps.window.{each}")) for each in NAMES)
    return Form(
        "conference.new_step",
        text("conference_steps.form_title"),
        (
            Field("text", text("conference_steps.field_text"), limit=NOTE_LIMIT, checked=True),
            Field("role", text("conference_steps.field_role"), "choice", choices=roles),
            Field("window", text("conference_steps.field_window"), "choice", choices=windows),
        ),
        argument=conference_id,
    )
