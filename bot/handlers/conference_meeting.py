"""A conference is held: how its time is shared, that it begins, and what is written meanwhile, without names."""

from datetime import datetime, timedelta

import structlog

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.knowledge.points import Entry
from bot.routing import meetings
from bot.routing.meetings import NOTES, Meeting
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import agenda, conferences, meeting_notes
from bot.store.agenda import Part
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import SAID, PublicNote
from bot.store.session import Session
from bot.views import conference_meeting_forms
from bot.views.cards import conference_meeting as cards

log = structlog.get_logger()
router = Router()

NEAR = 5
"""Entries of the handbook among which a note is looked for."""


@router.press("conference.agenda")
async def show_agenda(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: meetings.of(session, press.argument, turn.member, turn.now))
    lesson = await _lesson(turn, found.found)
    return Reply(cards.agenda(turn.text, found.found, meetings.parts(found.found), found.began_at, lesson))


async def _lesson(turn: Turn, found: PublicConference) -> Entry | None:
    """A practice note that fits the theme; the agenda stands without it."""
    if not any(part.name == "lesson" for part in meetings.parts(found)):
        return None
    try:
        hits = await turn.handbook.nearest_at_hand(found.theme, NEAR)
    except Exception as error:
        log.warning("handbook not asked", error=type(error).__name__)
        return None
    return next((hit.entry for hit in hits if hit.entry.kind == "note"), None)


@router.press("conference.start_meeting")
async def start(turn: Turn, press: Press) -> Reply:
    def begin(session: Session) -> tuple[PublicConference, datetime]:
        conferences.held(session, press.argument)
        found = meetings.of(session, press.argument, turn.member, turn.now)
        if not found.starts:
            raise Refused("conference_meeting.not_starter")
        if found.began_at:  # pressed by somebody else, or twice
            return found.found, found.began_at
        _refuse_outside(turn, found)
        changed = conferences.change(session, press.argument, began_at=turn.now)
        meetings.plan_parts(session, changed, turn.now, turn.now)
        return changed, turn.now

    found, began = await turn.db.write(begin)
    return Reply(cards.started(turn.text, found, meetings.parts(found), began))


def _refuse_outside(turn: Turn, meeting: Meeting) -> None:
    chosen, ends = meeting.found.chosen, meeting.found.ends_at
    if chosen is None or ends is None or turn.now >= ends:
        raise Refused("conference_meeting.over")
    if turn.now < chosen.starts_at - meeting_notes.EARLY:
        raise Refused("conference_meeting.too_early", when=turn.text.when(chosen.starts_at))


@router.press("conference.extend_meeting")
async def extend(turn: Turn, press: Press) -> Reply:
    """All that is still to come begins a little later, as if the meeting itself had."""

    def put_off(session: Session) -> tuple[PublicConference, datetime]:
        conferences.held(session, press.argument)
        found = meetings.begun(session, press.argument, turn.member, turn.now)
        if not found.starts:
            raise Refused("conference_meeting.not_starter")
        if found.began_at is None:
            raise Refused("conference_meeting.not_begun")
        if _now_in(found, turn.now) is None:
            raise Refused("conference_meeting.over")
        began = found.began_at + meetings.LONGER
        changed = conferences.change(session, press.argument, began_at=began)
        meetings.plan_parts(session, changed, began, turn.now)
        return changed, began

    found, began = await turn.db.write(put_off)
    return Reply(cards.extended(turn.text, found, meetings.parts(found), began))


@router.press("conference.meeting")
async def show(turn: Turn, press: Press) -> Reply:
    found, notes = await _look(turn, press.argument)
    now_in = _now_in(found, turn.now)
    return Reply(cards.meeting(turn.text, found.found, now_in, notes, keeps=found.keeps, sent=found.sent))


async def _look(turn: Turn, conference_id: str) -> tuple[Meeting, list[PublicNote]]:
    def look(session: Session) -> tuple[Meeting, list[PublicNote]]:
        found = meetings.begun(session, conference_id, turn.member, turn.now)
        return found, meeting_notes.of(session, conference_id)

    return await turn.db.read(look)


def _now_in(meeting: Meeting, now: datetime) -> tuple[Part, int] | None:
    """The part, and its minutes left."""
    if meeting.began_at is None:
        return None
    passed = (now - meeting.began_at) // timedelta(minutes=1)
    whole = meetings.parts(meeting.found)[-1].ends
    part = agenda.now_in(whole, passed)
    return (part, part.ends - passed) if part else None


@router.press("conference.notes")
async def read(turn: Turn, press: Press) -> Reply:
    conference_id, page = page_of(press)
    found, notes = await _look(turn, conference_id)
    return Reply(cards.notes(turn.text, found.found, notes, page))


@router.press("conference.write")
async def ask(turn: Turn, press: Press) -> Reply:
    conference_id, kind = _kind_of(press.argument)
    found, _ = await _look(turn, conference_id)
    if found.sent:
        raise Refused("conference_meeting.closed")
    return Reply(form=conference_meeting_forms.note(turn.text, conference_id, kind))


@router.submit("conference.note", limit=NOTES)
async def write(turn: Turn, submit: Submit) -> Reply:
    conference_id, kind = _kind_of(submit.argument)

    def keep(session: Session) -> None:
        meetings.begun(session, conference_id, turn.member, turn.now)
        meeting_notes.write(session, conference_id, kind, submit.answers["text"])

    await turn.db.write(keep)
    return Reply(cards.written(turn.text, conference_id, kind))


def _kind_of(argument: str) -> tuple[str, str]:
    conference_id, _, kind = argument.partition(".")
    if kind not in SAID:
        raise Refused("error.stale_button")
    return conference_id, kind


def page_of(press: Press) -> tuple[str, int]:
    """What it is about, and the number of a page, from 1."""
    about, _, number = press.argument.partition(".")
    return about, int(number) if number.isdecimal() and len(number) < 4 else 1
