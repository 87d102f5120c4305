"""A fixed date to take along, the address to subscribe to, and that two dates lie at the same time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.messages import Button, Message
from bot.store.conferences import PublicConference
from bot.store.meetings import Meeting
from bot.views.text import Text

MOST_SHOWN = 3
"""Of what lies at the same time."""


def one(text: Text, meeting: Meeting, clashes: Sequence[Meeting], *, subscribing: bool) -> Message:
    """subscribing: whether there is an address to subscribe to. It says enough where no file arrives."""
    place = text("conference_calendar.place", place=meeting.place) if meeting.place else ""
    follows = text("conference_calendar.file_note") if subscribing else text("conference_calendar.file_note_alone")
    return Message(
        title=text("conference_calendar.take_out" if meeting.cancelled else "conference_calendar.add"),
        body="\n".join([_when(text, meeting), *_near(text, clashes)]),
        quote=place,
        note=follows,
        buttons=(Button(text("conference_calendar.subscribe"), "calendar.show"),) if subscribing else (),
    )


def subscription(text: Text, *, kept: bool) -> Message:
    """kept: whether there is one already."""
    if not kept:
        return Message(
            title=text("conference_calendar.none_title"),
            body=text("conference_calendar.none"),
            note=text("conference_calendar.none_note"),
            buttons=(Button(text("conference_calendar.make"), "calendar.make"),),
        )
    return Message(
        title=text("conference_calendar.none_title"),
        body=text("conference_calendar.kept"),
        note=text("conference_calendar.kept_note"),
        buttons=_changing(text),
    )


def made(text: Text, address: str) -> Message:
    """The one time the address is shown."""
    return Message(
        title=text("conference_calendar.made_title"),
        body=text("conference_calendar.made"),
        quote=address,
        note=text("conference_calendar.made_note"),
        buttons=_changing(text),
        own=True,
    )


def warned(text: Text, card: Message, clashes: Sequence[Meeting]) -> Message:
    """The card of a conference, with what lies at the same time."""
    return replace(card, note="\n".join([card.note, *_near(text, clashes)]).strip())


def clash(text: Text, fixed: PublicConference, others: Sequence[Meeting]) -> Message:
    """To whoever comes to both; nothing of it says what either is about."""
    shown = others[:MOST_SHOWN]
    starts_at, ends_at = (fixed.chosen.starts_at, fixed.ends_at) if fixed.chosen else (None, None)
    if starts_at is None or ends_at is None:
        raise ValueError("this conference has no date yet")
    meetings = (Meeting(fixed.id, fixed.kind, starts_at, ends_at, fixed.sequence), *shown)
    return Message(
        title=text("conference_calendar.clash_title"),
        body=text("conference_calendar.clash", when="\n".join(_when(text, each) for each in meetings)),
        note=text("conference_calendar.clash_note"),
        buttons=tuple(
            Button(text("conference_calendar.open", when=text.when(each.starts_at)), "conference.show", each.id)
            for each in meetings
        ),
    )


def _changing(text: Text) -> tuple[Button, ...]:
    return (
        Button(text("conference_calendar.renew"), "calendar.make"),
        Button(text("conference_calendar.stop"), "calendar.stop"),
    )


def _near(text: Text, clashes: Sequence[Meeting]) -> list[str]:
    return [text("conference_calendar.clash_line", when=_when(text, each)) for each in clashes[:MOST_SHOWN]]


def _when(text: Text, meeting: Meeting) -> str:
    kind = text("conference_calendar.support") if meeting.kind == "support" else text("conference_calendar.case")
    what = text("conference_calendar.cancelled", what=kind) if meeting.cancelled else kind
    return text(
        "conference_calendar.when",
        start=text.when(meeting.starts_at),
        end=_end(text, meeting.starts_at, meeting.ends_at),
        what=what,
    )


def _end(text: Text, starts_at: datetime, ends_at: datetime) -> str:
    """The time alone, where it is the same day."""
    first, last = starts_at.astimezone(text.timezone), ends_at.astimezone(text.timezone)
    return f"{last:%H:%M}" if last.date() == first.date() and last - first < timedelta(days=1) else text.when(ends_at)
