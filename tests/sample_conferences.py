"""Every card and form about case conferences, as full as it can become."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from bot.chat.messages import Form, Message
from bot.store.conference_roles import ROLES
from bot.store.conference_standing import Standing
from bot.store.conferences import ANSWERS, PublicConference, PublicSlot
from bot.store.meetings import Meeting
from bot.store.polls import MOST_SLOTS
from bot.views import conference_forms
from bot.views.cards import conference, conference_calendar, conference_home, conference_polls, conference_votes
from bot.views.text import Text
from tests import (
    sample_conference_dates,
    sample_conference_meeting,
    sample_conference_polls,
    sample_conference_roles,
    sample_conference_sheets,
    sample_conference_votes,
)

ID = "x" * 22
"""As long as the ids of the store."""

ROOMS = (
    conference,
    conference_calendar,
    conference_home,
    conference_votes,
    conference_polls,
    *sample_conference_dates.ROOMS,
    *sample_conference_meeting.ROOMS,
    *sample_conference_roles.ROOMS,
    *sample_conference_sheets.ROOMS,
)
NOW = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


def sample(decided: int | None = None) -> PublicConference:
    first = datetime(2026, 12, 31, 14, 30, tzinfo=UTC)
    slots = tuple(PublicSlot(number, first + timedelta(number), 99, 99, 99, 120) for number in range(1, MOST_SLOTS + 1))
    return PublicConference(ID, "題" * 80, 120, "open" if decided is None else "decided", slots, 99, decided, 1)


def standing(decided: int | None = None) -> Standing:
    """A coordinator who holds every role, so that every way is open."""
    return Standing(
        sample(decided), NOW, True, True, "coming", True, ROLES, ROLES, ROLES, True, seat=sample_conference_roles.SEAT
    )


def cards(text: Text) -> dict[Callable[..., object], Iterable[Message]]:
    coming, decided = sample(), sample(MOST_SLOTS)
    return {
        conference.overview: [conference.overview(text, [coming, decided] * 5)],
        conference.for_coordinator: [conference.for_coordinator(text, coming)],
        conference.fixed: [conference.fixed(text, decided)],
        conference.fixed_letter: [conference.fixed_letter(text, decided, comes=each) for each in (True, False)],
        conference.decided: [conference.decided(text, decided.id)],
        conference.reminder: [
            conference.reminder(text, decided),
            conference.reminder(text, decided, decided.slots[0].starts_at),
        ],
        conference.missed: [conference.missed(text, [decided] * 5)],
        conference.thanks: [conference.thanks(text, coming)],
        conference.cancelled: [conference.cancelled(text, coming), conference.cancelled(text, decided)],
        **sample_conference_dates.cards(text, coming, decided),
        conference.posted: [conference.posted(text, coming), conference.posted(text, decided)],
        **sample_conference_meeting.cards(text, coming, decided),
        **sample_conference_polls.cards(text, coming),
        **sample_conference_sheets.cards(text, decided),
        **calendar_cards(text, decided),
        **sample_conference_votes.cards(text, coming),
        conference_home.card: [conference_home.card(text, standing()), conference_home.card(text, standing(1))],
        conference_home.more: [conference_home.more(text, standing()), conference_home.more(text, standing(1))],
        **sample_conference_roles.cards(text, decided, standing(1)),
    }


def calendar_cards(text: Text, decided: PublicConference) -> dict[Callable[..., object], Iterable[Message]]:
    first = decided.slots[0].starts_at
    meeting = Meeting(ID, "case", first, first + timedelta(days=1), 3, cancelled=True, place="場" * 300)
    address = f"https://{'a' * 200}.example.jp/calendar/{'x' * 43}.ics"
    return {
        conference_calendar.one: [
            conference_calendar.one(text, meeting, [meeting] * 5, subscribing=subscribing)
            for subscribing in (True, False)
        ],
        conference_calendar.subscription: [conference_calendar.subscription(text, kept=kept) for kept in (True, False)],
        conference_calendar.made: [conference_calendar.made(text, address)],
        conference_calendar.warned: [conference_calendar.warned(text, conference.fixed(text, decided), [meeting] * 5)],
        conference_calendar.clash: [conference_calendar.clash(text, decided, [meeting] * 5)],
    }


def asked(text: Text) -> list[Form]:
    """Every form, to be asked question by question."""
    return [form for made in forms(text).values() for form in made]


def forms(text: Text) -> dict[Callable[..., Form], Iterable[Form]]:
    """With the longest values that are allowed, and with what was typed before."""
    votes = {slot.number: ANSWERS[0] for slot in sample().slots}
    theme, times = "題" * conference_forms.THEME_LIMIT, "時" * conference_forms.TIMES_LIMIT
    return {
        conference_forms.conference: [
            conference_forms.conference(text),
            conference_forms.conference(text, theme=theme, times=times, about=ID),
        ],
        **sample_conference_meeting.forms(text),
        conference_forms.own_name: [
            conference_forms.own_name(text, ID),
            conference_forms.own_name(text, ID, "名" * conference_forms.OWN_NAME_LIMIT),
        ],
        conference_forms.support_meeting: [conference_forms.support_meeting(text, times)],
        conference_forms.place: [conference_forms.place(text, ID, sample_conference_roles.LINK)],
        **sample_conference_dates.forms(text, sample(), sample(1)),
        **sample_conference_sheets.forms(text),
        conference_forms.vote: [
            conference_forms.vote(text, sample(), {}),
            conference_forms.vote(text, sample(), votes),
        ],
    }
