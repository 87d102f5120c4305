"""What is written while a conference is held: ideas, questions, what is left for later, and the next small steps.

No note says who wrote it, and their order says nothing either. A step may have a holder, who took it.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import conferences
from bot.store.conference_models import ConferenceRole, MeetingNote, Participant
from bot.store.conferences import PublicConference
from bot.store.session import Session
from bot.store.step_windows import Window

SAID = ("idea", "question", "parked")
STEP = "step"
KINDS = (*SAID, STEP)
_SENT = "sent"
"""A row of its own kind, with the conference's id: its minutes have been sent."""

OPEN, DONE, OUT = "open", "done", "out"
"""out: left out of the minutes."""

EARLY = timedelta(minutes=15)
"""So long before its time a conference may begin."""

MOST = 100
"""Of one conference."""


@dataclass(frozen=True, slots=True)
class PublicNote:
    """role, window: of a step. held: somebody looks after it. mine: whoever looks at it does."""

    id: str
    conference: str
    kind: str
    text: str
    role: str = ""
    window: Window | None = None
    state: str = OPEN
    held: bool = False
    mine: bool = False


_of_conference = col(MeetingNote.conference) == bindparam("which")
_this = col(MeetingNote.id) == bindparam("which")
_written = select(func.count()).select_from(MeetingNote).where(_of_conference, col(MeetingNote.kind).in_(KINDS))
_step = (_this, col(MeetingNote.kind) == STEP)


def began(found: PublicConference) -> datetime | None:
    """When somebody pressed that it begins; what was pressed for an earlier date counts no more."""
    if found.chosen is None or found.began_at is None or found.began_at < found.chosen.starts_at - EARLY:
        return None
    return found.began_at


def write(
    session: Session, conference_id: str, kind: str, words: str, role: str = "", window: Window | None = None
) -> str:
    """Its id. Refused when the minutes have been sent, or when there are too many already."""
    conferences.held(session, conference_id)
    if sent(session, conference_id):
        raise Refused("conference_meeting.closed")
    if int(session.scalar(_written, which=conference_id) or 0) >= MOST:
        raise Refused("conference_meeting.full")
    note_id = secrets.token_urlsafe(16)
    _insert(session, note_id, conference_id, kind, words, role, window)
    return note_id


def _insert(
    session: Session, note_id: str, conference_id: str, kind: str, words: str, role: str, window: Window | None
) -> bool:
    return session.insert_once(
        MeetingNote,
        id=note_id,
        conference=conference_id,
        kind=kind,
        body=session.keys.box.seal(words.encode(), _place(note_id)),
        role=role,
        holder="",
        opens_on=window.opens.isoformat() if window else "",
        closes_on=window.closes.isoformat() if window else "",
        state=OPEN,
    )


def mark_sent(session: Session, conference_id: str) -> bool:
    """True for the first who sends its minutes."""
    return _insert(session, conference_id, conference_id, _SENT, "", "", None)


def sent(session: Session, conference_id: str) -> bool:
    found = select(col(MeetingNote.id)).where(_this, col(MeetingNote.kind) == _SENT)
    return session.first(found, which=conference_id) is not None


def of(session: Session, conference_id: str, viewer: str = "", kinds: Collection[str] = KINDS) -> list[PublicNote]:
    """Without those that were left out."""
    found = _notes().where(_of_conference, col(MeetingNote.kind).in_(kinds), col(MeetingNote.state) != OUT)
    return [_note(session, row, viewer) for row in session.rows(found, which=conference_id)]


def find(session: Session, note_id: str, viewer: str = "") -> PublicNote:
    row = session.first(_notes().where(_this, col(MeetingNote.kind).in_(KINDS)), which=note_id)
    if row is None:
        raise Refused("conference_meeting.note_gone")
    return _note(session, row, viewer)


def _notes() -> Select[Any]:
    columns = (each for each in MeetingNote.__table__.columns)  # type: ignore[attr-defined]
    return select(*columns).order_by(col(MeetingNote.closes_on), col(MeetingNote.id))


def _note(session: Session, row: Any, viewer: str) -> PublicNote:
    return PublicNote(
        id=row.id,
        conference=row.conference,
        kind=row.kind,
        text=session.keys.box.open(row.body, _place(row.id)).decode(),
        role=row.role,
        window=Window(date.fromisoformat(row.opens_on), date.fromisoformat(row.closes_on)) if row.opens_on else None,
        state=row.state,
        held=bool(row.holder),
        mine=bool(viewer) and row.holder == viewer,
    )


def leave_out(session: Session, note_id: str, *, out: bool) -> None:
    """Of the minutes, or not any more."""
    changed = _this if out else and_(_this, col(MeetingNote.state) == OUT)
    session.run(update(MeetingNote).where(changed).values(state=OUT if out else OPEN), which=note_id)


def holder_of(session: Session, step_id: str) -> str:
    return str(session.scalar(select(col(MeetingNote.holder)).where(*_step), which=step_id) or "")


def take(session: Session, step_id: str, member: str) -> None:
    """Refused where somebody else holds it."""
    free = (*_step, col(MeetingNote.holder).in_(("", member)))
    if not session.run(update(MeetingNote).where(*free).values(holder=member), which=step_id):
        raise Refused("conference_steps.taken")


def let_go(session: Session, step_id: str, member: str) -> None:
    theirs = (*_step, col(MeetingNote.holder) == member)
    session.run(update(MeetingNote).where(*theirs).values(holder=""), which=step_id)


def set_state(session: Session, step_id: str, state: str) -> None:
    session.run(update(MeetingNote).where(*_step).values(state=state), which=step_id)


def set_window(session: Session, step_id: str, window: Window) -> None:
    days = {"opens_on": window.opens.isoformat(), "closes_on": window.closes.isoformat()}
    session.run(update(MeetingNote).where(*_step).values(state=OPEN, **days), which=step_id)


def held_by(session: Session, member: str) -> list[PublicNote]:
    """The open steps this member holds, the first to close first."""
    theirs = (
        col(MeetingNote.holder) == member,
        col(MeetingNote.kind) == STEP,
        col(MeetingNote.state) == OPEN,
    )
    return [_note(session, row, member) for row in session.rows(_notes().where(*theirs))]


def readers(session: Session, conference_id: str) -> set[str]:
    """Whom the minutes are for: who comes, who was there, and who has a role."""
    there = or_(col(Participant.state) == "coming", col(Participant.attended) != "")
    came = select(col(Participant.member)).where(col(Participant.conference) == conference_id, there)
    had_a_role = select(col(ConferenceRole.member)).where(col(ConferenceRole.conference) == conference_id)
    return {row.member for statement in (came, had_a_role) for row in session.rows(statement)}


def _place(note_id: str) -> str:
    return f"meeting_note:{note_id}"
