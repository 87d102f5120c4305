"""The forms about the case of a conference: its sheet, and what became of it."""

from bot.chat.messages import Choice, Field, Form
from bot.store.sheets import BANDS, REQUIRED, CaseSheet
from bot.views.text import Text

WORDS_LIMIT = 300
LINE_LIMIT = 200

ASKED = ("age", "lasting", "household", "contact", "worries", "tried", "asked", "first")
"""Eight questions at most, and one of them must be answered."""


def sheet(text: Text, conference_id: str, before: CaseSheet) -> Form:
    """before: what stands there to be mended."""
    fields = tuple(_question(text, name, before.said(name)) for name in ASKED)
    return Form("conference.sheet", text("conference_sheet.title"), fields, argument=conference_id)


def _question(text: Text, name: str, before: str) -> Field:
    label = text(f"conference_sheet.field.{name}")
    if name in BANDS:
        choices = tuple(Choice(value, text(f"conference_sheet.of.{name}.{value}")) for value in BANDS[name])
        return Field(name, label, "choice", required=False, choices=choices, value=before)
    required = name == REQUIRED
    return Field(name, label, "paragraph", required=required, limit=WORDS_LIMIT, value=before, checked=True)


def afterwards(text: Text, draft: str, before: str) -> Form:
    """draft: the preview that this one takes the place of."""
    line = Field("line", text("conference_after.field"), "paragraph", limit=LINE_LIMIT, value=before, checked=True)
    return Form("conference.after_write", text("conference_after.add"), (line,), argument=draft)
