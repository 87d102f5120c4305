"""Steps whose holder leaves: whoever is responsible is told how many there are that nobody looks after, and no name."""

from collections.abc import Iterable
from datetime import datetime

from bot.chat.errors import Refused
from bot.routing import conference_letters
from bot.store import conferences, meeting_notes
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import OPEN, STEP
from bot.store.session import Session
from bot.views.cards import conference_steps
from bot.views.text import Text


def conferences_of(session: Session, member: str) -> list[str]:
    """Of which this member holds open steps; asked before they leave."""
    return sorted({step.conference for step in meeting_notes.held_by(session, member)})


def tell(session: Session, about: Iterable[str], occasion: str, now: datetime, text: Text) -> None:
    """Once they have left. about: conferences. occasion: tells one leaving from another."""
    for conference_id in about:
        free = [step for step in meeting_notes.of(session, conference_id, kinds=(STEP,)) if _free(step)]
        found = _still_there(session, conference_id) if free else None
        if found:
            _tell(session, found, len(free), occasion, now, text)


def _free(step: meeting_notes.PublicNote) -> bool:
    return step.state == OPEN and not step.held


def _tell(session: Session, found: PublicConference, count: int, occasion: str, now: datetime, text: Text) -> None:
    conference_letters.tell(
        session,
        conference_letters.responsible(session, found.id),
        f"step:{found.id}:{occasion}",
        lambda words: conference_steps.without_anybody(words, found, count),
        now,
        text,
    )


def _still_there(session: Session, conference_id: str) -> PublicConference | None:
    try:
        found = conferences.find(session, conference_id)
    except Refused:
        return None
    return found if found.state != "cancelled" else None
