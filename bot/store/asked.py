"""Who is asked to a poll: everybody who is here when it is proposed, or whoever enters a code that was passed on."""

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import conferences, members, participants
from bot.store.conference_models import Conference, Participant, Vote
from bot.store.conferences import PublicConference
from bot.store.members import ALPHABET
from bot.store.models import Member
from bot.store.session import Session

EVERYBODY, BY_CODE = "places", "code"
"""The audiences of a conference."""

ASKED, DECLINED = "asked", "declined"
"""The states of who has been asked; declined: they do not wish to be asked this time."""

MOST_REMINDERS = 2


def everybody(session: Session, proposed: PublicConference) -> None:
    """All who are here now, but whoever proposed it."""
    if proposed.audience != EVERYBODY:
        return
    proposer = conferences.proposer_of(session, proposed.id)
    for row in session.rows(select(col(Member.id)).where(col(Member.id) != proposer)):
        participants.put(session, proposed.id, row.id, ASKED)


def new_code(session: Session, conference_id: str) -> str:
    """Of which a keyed digest is kept alone; the one before opens nothing any more."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    conferences.change(session, conference_id, code_token=_token(session, code))
    return code


def enter(session: Session, code: str, member: str, now: datetime) -> PublicConference:
    """Whoever knows the code is asked from now on. One refusal for every reason, so that nobody learns which."""
    row = session.first(select(col(Conference.id)).where(col(Conference.code_token) == _token(session, code)))
    found = conferences.find(session, row.id) if row else None
    if found is None or all(found.id != each.id for each in conferences.coming(session, now)):
        raise Refused("conference.gone")
    if not participants.state_of(session, found.id, member):
        participants.put(session, found.id, member, ASKED)
    return found


def may_see(session: Session, found: PublicConference, member: str) -> bool:
    """With a code: who entered it, who proposed it, and every coordinator where nobody looks after it any more."""
    if found.audience == EVERYBODY or participants.state_of(session, found.id, member):
        return True
    proposer = conferences.proposer_of(session, found.id)
    return proposer == member or (not proposer and member in members.coordinating(session))


def find(session: Session, conference_id: str, member: str) -> PublicConference:
    """As conferences.find, for this member. Who may not see it learns nothing but that there is none."""
    found = conferences.find(session, conference_id)
    if not may_see(session, found, member):
        raise Refused("conference.gone")
    return found


def visible(session: Session, every: Iterable[PublicConference], member: str) -> list[PublicConference]:
    return [found for found in every if may_see(session, found, member)]


def decline(session: Session, conference_id: str, member: str) -> PublicConference:
    """今回は聞かないで: counts as an answer. Refused where nobody asks any more."""
    conferences.held(session, conference_id)
    found = find(session, conference_id, member)
    if not found.open:
        raise Refused("conference_polls.closed")
    participants.put(session, found.id, member, DECLINED)
    return found


def is_somebody(session: Session, conference_id: str) -> bool:
    """Whether anybody has been asked at all."""
    return bool(participants.of(session, conference_id, (ASKED, DECLINED)))


def waited_for(session: Session, found: PublicConference, now: datetime) -> list[str]:
    """Who was asked and has not answered all the times still ahead. Whoever proposed it is not waited for."""
    ahead = [slot.number for slot in found.slots if slot.starts_at > now]
    theirs = (
        select(col(Vote.member))
        .where(col(Vote.conference) == found.id, col(Vote.number).in_(ahead))
        .group_by(col(Vote.member))
        .having(func.count() >= len(ahead))
    )
    done = {row.member for row in session.rows(theirs)} | {conferences.proposer_of(session, found.id)}
    return [member for member in participants.of(session, found.id, (ASKED,)) if member not in done]


def remindable(session: Session, found: PublicConference, now: datetime) -> list[str]:
    """Of those who are waited for whoever has not been reminded too often; it is noted that they are now."""
    waited = waited_for(session, found, now)
    theirs = (col(Participant.conference) == found.id, col(Participant.turn) < MOST_REMINDERS)
    free = {row.member for row in session.rows(select(col(Participant.member)).where(*theirs))}
    chosen = [member for member in waited if member in free]
    counted = update(Participant).where(col(Participant.conference) == found.id, col(Participant.member).in_(chosen))
    session.run(counted.values(turn=Participant.turn + 1))
    return chosen


def plain(code: str) -> str:
    """A code as people type it: in capitals, in full width, with any hyphen or none."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code[:100]).lower() if sign in ALPHABET)


def _token(session: Session, code: str) -> str:
    return session.keys.token("conference", plain(code))
