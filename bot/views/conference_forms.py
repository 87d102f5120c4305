"""The forms of case conferences; every label comes from the catalogue."""

from collections.abc import Mapping

from bot.chat.messages import Choice, Field, Form
from bot.store.conferences import ANSWERS, PublicConference
from bot.views.text import Text

TIMES_LIMIT = 1000
THEME_LIMIT = 80
OWN_NAME_LIMIT = 12
PLACE_LIMIT = 200


def conference(text: Text, *, theme: str = "", times: str = "", about: str = "") -> Form:
    """times: what stands there to be mended. about: the worry behind it, if there is one, or that a code is needed."""
    named = Field("theme", text("conference.field_theme"), limit=THEME_LIMIT, value=theme, checked=True)
    return Form("conference.propose", text("conference.form_title"), (named, _times(text, times)), argument=about)


def support_meeting(text: Text, times: str = "") -> Form:
    """Nothing of what it is about: the bot arranges its date and holds no content."""
    return Form("conference.propose_support", text("conference.support_title"), (_times(text, times),))


def series_date(text: Text, argument: str) -> Form:
    """Instead of one date of a series; argument: which."""
    times = Field("times", text("conference_series.field_times"), "paragraph", limit=TIMES_LIMIT)
    return Form("series.other", text("conference_series.form_title"), (times,), argument=argument)


def _times(text: Text, value: str) -> Field:
    return Field("times", text("conference.field_times"), "paragraph", limit=TIMES_LIMIT, value=value)


def own_name(text: Text, conference_id: str, name: str = "") -> Form:
    """What others see where names are shown; nobody has to give one."""
    called = Field("name", text("conference_votes.field_name"), required=False, limit=OWN_NAME_LIMIT, value=name)
    return Form("conference.named", text("conference_votes.name_title"), (called,), argument=conference_id)


def place(text: Text, conference_id: str, value: str) -> Form:
    """Not checked for details: the address of a hall is what it is for, and nothing of it is about anybody."""
    about = Field("place", text("conference_seats.field_place"), required=False, limit=PLACE_LIMIT, value=value)
    return Form("conference.place", text("conference_seats.place_title"), (about,), argument=conference_id)


def vote(text: Text, conference: PublicConference, own: Mapping[int, str]) -> Form:
    choices = tuple(Choice(value, text(f"conference.vote.{value}")) for value in ANSWERS)
    fields = tuple(
        Field(
            f"slot{slot.number}",
            text.when(slot.starts_at),
            "choice",
            choices=choices,
            value=own.get(slot.number, ""),
        )
        for slot in conference.slots
    )
    return Form("conference.vote", text("conference.vote_title"), fields, argument=conference.id)
