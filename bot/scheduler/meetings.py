"""What falls due around a meeting: that it may begin, its parts, its minutes, and a step whose window closes."""

from datetime import datetime, time, timedelta

from bot.chat.errors import Refused
from bot.language.workdays import next_working_moment
from bot.routing import conference_letters, meetings
from bot.routing.meetings import MINUTES, PART, START, STEP
from bot.scheduler import conference_seats
from bot.store import conferences, meeting_notes, occurrences, seats
from bot.store.conferences import PublicConference
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_meeting, conference_minutes, conference_steps
from bot.views.text import Text

DAY_ENDS = time(23, 59)


def offer_beginning(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """Once, at its time, to chair and timekeeper, where neither has begun already: in the letter that asks whether they
    are there, or in one of its own to whom that does not go."""
    found = _held(session, occurrence.subject)
    wanted = conference_seats.leading(session, found)
    if conference_seats.asks(session, found, now):
        wanted -= seats.coming_to(session, found.id)
    if meeting_notes.began(found) or found.ends_at is None or now >= found.ends_at:
        return
    conference_letters.tell(
        session,
        wanted,
        f"meeting:{found.occasion}:start",
        lambda words: conference_meeting.may_begin(words, found),
        now,
        text,
        expires=found.ends_at,
        again=False,
    )


def announce_part(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """While it lasts; what comes later than its part is of no use to anybody."""
    occasion, _, name = occurrence.subject.rpartition(":")
    found = _held(session, occasion)
    began = meeting_notes.began(found)
    parts = meetings.parts(found)
    part = next((each for each in parts if each.name == name), None)
    if began is None or part is None:
        return
    ends = began + timedelta(minutes=part.ends)
    if not began + timedelta(minutes=part.begins) <= now < ends:
        return
    conference_letters.tell(
        session,
        meetings.timekeepers(session, found),
        f"meeting:{occurrence.subject}:{began:%H%M}",
        lambda words: conference_meeting.next_part(words, found, part, parts[-1].ends - part.begins),
        now,
        text,
        expires=ends,
        again=False,
    )


def offer_minutes(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """Once, a little after its end: after the end it really has, where it began late."""
    found = _held(session, occurrence.subject)
    began = meeting_notes.began(found)
    ends = began + timedelta(minutes=meetings.parts(found)[-1].ends) + meetings.AFTER if began else now
    if ends > now:
        occurrences.plan(session, MINUTES, found.occasion, ends)
        return
    if meeting_notes.sent(session, found.id):
        return
    conference_letters.tell(
        session,
        meetings.minute_keepers(session, found),
        f"minutes:{found.occasion}",
        lambda words: conference_minutes.offered(words, found),
        now,
        text,
    )


def remind_holder(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """On the last morning of its window, who holds it; once, and not once that window is over or another one."""
    step_id, _, closes = occurrence.subject.rpartition(":")
    step = meeting_notes.find(session, step_id)
    if conferences.find(session, step.conference).state == "cancelled":
        return
    if step.window is None or step.window.closes.isoformat() != closes or step.state != meeting_notes.OPEN:
        return
    moment = next_working_moment(now, rules.zone)
    if moment > datetime.combine(step.window.closes, DAY_ENDS, rules.zone):
        return
    if moment > now:
        occurrences.plan(session, STEP, occurrence.subject, moment)
        return
    conference_letters.tell(
        session,
        {meeting_notes.holder_of(session, step_id)} - {""},
        f"step:{occurrence.subject}",
        lambda words: conference_steps.closing(words, step),
        now,
        text,
    )


def _held(session: Session, occasion: str) -> PublicConference:
    """Refused where its date has changed, or where it is not ours to run."""
    found = conferences.on_occasion(session, occasion)
    if found.kind == "support":
        raise Refused("conference.gone")
    return found


KINDS = {START: offer_beginning, PART: announce_part, MINUTES: offer_minutes, STEP: remind_holder}
