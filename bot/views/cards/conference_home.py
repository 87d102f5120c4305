"""One conference as one member sees it: how it stands, and what they can do; the nearest things first."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.store.conference_standing import Standing
from bot.views.cards import (
    conference,
    conference_changes,
    conference_meeting,
    conference_roles,
    conference_seats,
    conference_series,
    conference_sheet,
)
from bot.views.text import Text

FIRST = 5
"""Most buttons before 「ほかのこと」: more do not fit a thumb."""

Way = Callable[[Text, Standing], Iterator[Button]]


def _answering(text: Text, seen: Standing) -> Iterator[Button]:
    if seen.conference.open:
        yield Button(text("conference.answer"), "conference.pad", seen.conference.id)


def _deciding(text: Text, seen: Standing) -> Iterator[Button]:
    if seen.conference.asking and seen.coordinator:
        yield Button(text("conference.decide"), "conference.decide", seen.conference.id)


def _setting(text: Text, seen: Standing) -> Iterator[Button]:
    if seen.conference.asking and seen.coordinator:
        yield Button(text("conference_polls.options"), "conference.options", seen.conference.id)


def _declining(text: Text, seen: Standing) -> Iterator[Button]:
    if seen.conference.open and seen.state == "asked" and not seen.voted:
        yield Button(text("conference_polls.decline"), "conference.decline", seen.conference.id)


def _taking_along(text: Text, seen: Standing) -> Iterator[Button]:
    if seen.expected and seen.conference.chosen and seen.conference.state in ("decided", "cancelled") and not seen.over:
        yield Button(text("conference_calendar.add"), "conference.calendar", seen.conference.id)


WAYS: tuple[Way, ...] = (
    conference_meeting.nearest,
    _answering,
    _deciding,
    _setting,
    _declining,
    conference_seats.ways,
    conference_sheet.ways,
    conference_roles.ways,
    _taking_along,
    conference_meeting.ways,
    conference_changes.ways,
    conference_series.ways,
    conference_seats.keeping,
)
"""In the order in which they are offered."""


def card(text: Text, seen: Standing) -> Message:
    posted = conference.posted(text, seen.conference)
    stands = conference_seats.shown(text, replace(posted, note="") if seen.begun else posted, seen)
    if seen.begun:  # that it has a date is no news any more
        stands = replace(
            stands, title=text("conference.support" if seen.conference.kind == "support" else "conference.case")
        )
    ways = [button for way in WAYS for button in way(text, seen)]
    if len(ways) > FIRST + 1:
        ways = [*ways[:FIRST], Button(text("conference.more"), "conference.more", seen.conference.id)]
    return replace(stands, buttons=tuple(ways))


def more(text: Text, seen: Standing) -> Message:
    """What did not fit the card."""
    ways = [button for way in WAYS for button in way(text, seen)]
    return Message(
        title=text("conference.more_title"),
        body=conference.stands(text, seen.conference),
        buttons=(*ways[FIRST:], Button(text("conference.back"), "conference.show", seen.conference.id)),
    )
