"""The form for the new time of a conference; every label comes from the catalogue."""

from bot.chat.messages import Field, Form
from bot.store.conferences import PublicConference
from bot.views.conference_forms import TIMES_LIMIT
from bot.views.text import Text


def move(text: Text, conference: PublicConference) -> Form:
    """One time, or several that are asked for."""
    label = text("conference_changes.field_move") if conference.chosen else text("conference_changes.field_ask")
    times = Field("times", label, "paragraph", limit=TIMES_LIMIT)
    return Form("conference.move", text("conference_changes.move_title"), (times,), argument=conference.id)
