"""Fixed dates for the calendar that somebody keeps: when and where, and never who comes or what is spoken about."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from bot import __version__
from bot.language.cleaning import clean, shorten
from bot.store.meetings import Meeting
from bot.views import calendar_zones
from bot.views.text import Text

NAME = "yorisoi.ics"
PLACE_LIMIT = 300
LOOK_AGAIN = timedelta(hours=1)
"""How often a calendar that subscribed is asked to look."""


def alone(text: Text, meeting: Meeting, now: datetime) -> bytes:
    """One date as an invitation, or as its cancellation."""
    return _written(_calendar(text, [meeting], now, "CANCEL" if meeting.cancelled else "REQUEST"))


def subscribed(text: Text, meetings: Sequence[Meeting], now: datetime) -> bytes:
    calendar = _calendar(text, meetings, now, "PUBLISH")
    calendar.add("x-wr-calname", text("conference_calendar.name"))
    calendar.add("x-wr-timezone", text.timezone.key)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(LOOK_AGAIN))
    return _written(calendar)


def uid(conference_id: str) -> str:
    """The same as long as the conference lives, through a change of the key too; it leads back to nobody."""
    return f"{hashlib.blake2b(conference_id.encode(), digest_size=16, person=b'calendar').hexdigest()}@yorisoi"


def _written(calendar: icalendar.Calendar) -> bytes:
    content: bytes = calendar.to_ical()
    return content


def _calendar(text: Text, meetings: Sequence[Meeting], now: datetime, method: str) -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Yorisoi//Yorisoi {__version__}//{text.language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    years = [each.year for meeting in meetings for each in (meeting.starts_at, meeting.ends_at)] or [now.year]
    calendar.add_component(calendar_zones.written(text.timezone, min(years) - 1, max(years) + 1))
    for meeting in meetings:
        calendar.add_component(_event(text, meeting, now))
    return calendar


def _event(text: Text, meeting: Meeting, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", uid(meeting.id))
    event.add("sequence", meeting.sequence + meeting.cancelled)
    event.add("dtstamp", _midnight(now))
    event.add("dtstart", _local(meeting.starts_at, text.timezone))
    event.add("dtend", _local(meeting.ends_at, text.timezone))
    event.add("summary", _summary(text, meeting))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED" if meeting.sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT" if meeting.cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("description", text("conference_calendar.description"))
    if place := shorten(clean(meeting.place, lines=False), PLACE_LIMIT):
        event.add("location", place)
    return event


def _summary(text: Text, meeting: Meeting) -> str:
    kind = text("conference_calendar.support") if meeting.kind == "support" else text("conference_calendar.case")
    return text("conference_calendar.cancelled", what=kind) if meeting.cancelled else kind


def _midnight(now: datetime) -> datetime:
    """The day alone: the moment would tell when somebody acted."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """An hour that comes twice in autumn means the first one there: the second can only be said in UTC."""
    local = moment.astimezone(zone)
    return local if local.fold == 0 else moment.astimezone(UTC)
