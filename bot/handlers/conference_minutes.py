"""The minutes of a meeting: looked through by who keeps them, sent once to those who were there, copied."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.handlers.conference_meeting import page_of
from bot.routing import conference_letters, meetings
from bot.routing.meetings import Meeting
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import conferences, meeting_notes
from bot.store.meeting_notes import PublicNote
from bot.store.session import Session
from bot.views.cards import conference_minutes as cards

router = Router()

Seen = tuple[Meeting, list[PublicNote], int]


@router.press("conference.minutes")
async def look_through(turn: Turn, press: Press) -> Reply:
    """Who keeps them sees what would be sent; everybody else what was."""
    conference_id, page = page_of(press)
    found, notes, readers = await turn.db.read(lambda session: _look(turn, session, conference_id))
    if found.sent:
        return Reply(cards.minutes(turn.text, found.found, notes, page))
    if not found.keeps:
        raise Refused("conference_meeting.not_sent")
    return Reply(cards.preview(turn.text, found.found, notes, readers, page))


def _look(turn: Turn, session: Session, conference_id: str) -> Seen:
    """The meeting, what was written, and how many will read it."""
    found = meetings.begun(session, conference_id, turn.member, turn.now)
    return found, meeting_notes.of(session, conference_id), len(meeting_notes.readers(session, conference_id))


@router.press("conference.choose_lines")
async def choose(turn: Turn, press: Press) -> Reply:
    conference_id, page = page_of(press)

    def look(session: Session) -> Seen:
        _may_change(turn, session, conference_id)
        return _look(turn, session, conference_id)

    found, notes, _ = await turn.db.read(look)
    return Reply(cards.choose(turn.text, found.found, notes, page))


def _may_change(turn: Turn, session: Session, conference_id: str) -> None:
    if meetings.kept(session, conference_id, turn.member, turn.now).sent:
        raise Refused("conference_meeting.closed")


@router.press("conference.leave_out")
async def leave_out(turn: Turn, press: Press) -> Reply:
    note = await turn.db.write(lambda session: _leave_out(turn, session, press.argument, out=True))
    return Reply(cards.left_out(turn.text, note))


@router.press("conference.put_back")
async def put_back(turn: Turn, press: Press) -> Reply:
    def put(session: Session) -> Seen:
        note = _leave_out(turn, session, press.argument, out=False)
        return _look(turn, session, note.conference)

    found, notes, readers = await turn.db.write(put)
    return Reply(cards.preview(turn.text, found.found, notes, readers), replace=True)


def _leave_out(turn: Turn, session: Session, note_id: str, *, out: bool) -> PublicNote:
    note = meeting_notes.find(session, note_id)
    conferences.held(session, note.conference)
    _may_change(turn, session, note.conference)
    meeting_notes.leave_out(session, note.id, out=out)
    return note


@router.press("conference.send_minutes")
async def send(turn: Turn, press: Press) -> Reply:
    """Once: whoever presses second is told that they are on their way."""

    def put(session: Session) -> tuple[Meeting, int]:
        conferences.held(session, press.argument)  # what is written at this moment is in them, or is refused
        found = meetings.kept(session, press.argument, turn.member, turn.now)
        notes = meeting_notes.of(session, press.argument)
        if not notes:
            raise Refused("conference_meeting.nothing")
        if not meeting_notes.mark_sent(session, press.argument):
            raise Refused("conference_meeting.closed")
        readers = meeting_notes.readers(session, press.argument)
        conference_letters.tell(
            session,
            readers,
            f"minutes:{press.argument}",
            lambda text: cards.minutes(text, found.found, notes),
            turn.now,
            turn.text,
        )
        return found, len(readers)

    found, readers = await turn.db.write(put)
    return Reply(cards.sent(turn.text, found.found, readers), replace=True)


@router.press("conference.read_minutes")
async def read(turn: Turn, press: Press) -> Reply:
    conference_id, page = page_of(press)
    found, notes = await _sent(turn, conference_id)
    return Reply(cards.minutes(turn.text, found.found, notes, page))


@router.press("conference.copy_minutes")
async def copy(turn: Turn, press: Press) -> Reply:
    """For whoever is alone with the bot: it is meant to be taken elsewhere."""
    turn.only_us()
    conference_id, page = page_of(press)
    found, notes = await _sent(turn, conference_id)
    return Reply(cards.to_copy(turn.text, found.found, notes, page))


async def _sent(turn: Turn, conference_id: str) -> tuple[Meeting, list[PublicNote]]:
    found, notes, _ = await turn.db.read(lambda session: _look(turn, session, conference_id))
    if not found.sent:
        raise Refused("conference_meeting.not_sent")
    return found, notes
