"""For the doors about the case of a conference, something that really opens them."""

from bot.chat.messages import Form
from bot.store.sheets import CaseSheet
from bot.views import case_forms
from bot.views.text import Text

SHEET = {
    "age": "twenties", "lasting": "longer", "household": "parents", "contact": "family",
    "first": "meeting", "worries": "親御さんとしか話せていません。", "tried": "手紙を置いて帰りました。",
    "asked": "次の一歩をどう考えますか。",
}  # fmt: skip


def arguments(conference: str) -> dict[str, str]:
    """By the action. What is confirmed has a preview that its author alone has: the scenes of it press it."""
    return {
        "conference.after": f"{conference}.better",
        **{f"conference.after_{each}": "" for each in ("add", "send", "drop")},
    }


def forms(text: Text, conference: str) -> list[tuple[Form, dict[str, str]]]:
    return [
        (case_forms.sheet(text, conference, CaseSheet(conference, {})), SHEET),
        (case_forms.afterwards(text, "", ""), {"line": "少し話せました。"}),
    ]
