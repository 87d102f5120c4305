"""その後どうですか, after a conference: whom to ask and when, who hears of it, and that they want no more of it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from bot.store import conference_roles, conferences, members, occurrences, participants
from bot.store.conference_models import Conference, Participant
from bot.store.conferences import PublicConference
from bot.store.session import Session

ASK = "conference.after"
"""The kind of occurrence at which somebody is asked; its subject is the conference's occasion."""

AFTER = (timedelta(days=14), timedelta(days=90))
LATER = timedelta(days=3)

ANSWERS = ("better", "same", "harder", "not_yet")
"""すこし進んだ, 変わらない, むずかしくなった, 話せる段階でない."""

TOLD = ANSWERS[:3]
"""Those that can be passed on: whoever cannot talk of it yet is offered nothing to send."""

THERE = ("there", "late")


def plan(session: Session, fixed: PublicConference, zone: ZoneInfo) -> None:
    """From the end on. Of a 支援会議 nothing is asked."""
    if fixed.kind == "case" and fixed.ends_at:
        for after in AFTER:
            _ask(session, fixed, fixed.ends_at, after, zone)


def put_off(session: Session, found: PublicConference, now: datetime, zone: ZoneInfo) -> None:
    """あとで: some days later once more."""
    _ask(session, found, now, LATER, zone)


def _ask(session: Session, found: PublicConference, since: datetime, after: timedelta, zone: ZoneInfo) -> None:
    """From the beginning of that day on; the clock waits for a morning of work."""
    day = since.astimezone(zone).date() + after
    occurrences.plan(session, ASK, found.occasion, datetime.combine(day, time.min, zone))


_wished = select(col(Conference.asks_later)).where(col(Conference.id) == bindparam("which"))


def is_wished(session: Session, conference_id: str) -> bool:
    return bool(session.scalar(_wished, which=conference_id))


def stop(session: Session, conference_id: str) -> None:
    """For good. No card shows it, so that the revision stays."""
    session.run(update(Conference).where(col(Conference.id) == conference_id).values(asks_later=False))


def asked(session: Session, conference_id: str) -> str:
    """Who presented the case; where nobody did, or they have left, the responsible coordinator; otherwise nobody."""
    presenter = conference_roles.holders(session, conference_id).get("presenter", "")
    if presenter:
        return presenter
    proposer = conferences.proposer_of(session, conference_id)
    return proposer if proposer in members.coordinating(session) else ""


_there = select(col(Participant.member)).where(
    col(Participant.conference) == bindparam("which"), col(Participant.attended).in_(THERE)
)


def attendees(session: Session, conference_id: str) -> set[str]:
    """Who was there, as far as anybody pressed it, and otherwise whoever said they would come; and who had a role."""
    there = [row.member for row in session.rows(_there, which=conference_id)]
    roles = conference_roles.holders(session, conference_id).values()
    return {*(there or participants.of(session, conference_id)), *roles}
