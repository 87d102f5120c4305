"""A date that was fixed changes, is asked for anew, or is called off; roles and people stay.

Another time moves it at once. Several times take the old date back first: until one of them is fixed there is no date,
so that nobody can come on the wrong day. The old candidates and their answers go, because they were asked in vain.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import conference_roles, conferences, participants, polls
from bot.store.conference_models import Slot, Vote
from bot.store.conferences import PublicConference
from bot.store.polls import Candidate
from bot.store.session import Session

TOLD = ("coming", "maybe", "waiting", "absent")
"""Whoever has to do with a date."""


def stand(conference: PublicConference) -> str:
    """Changes with its date: who confirms something else than they saw is told so."""
    return f"{conference.sequence}.{conference.decided or 0}"


def concerned(session: Session, conference: PublicConference) -> set[str]:
    """Who answered, who comes or does not, and who holds a role; of those who were only asked, the ones who came by
    the code, because they see it in no place."""
    states = TOLD if conference.audience == "places" else (*TOLD, "asked")
    found = {*polls.answered_by(session, conference.id), *participants.of(session, conference.id, states)}
    return found | set(conference_roles.holders(session, conference.id).values())


def changeable(conference: PublicConference, now: datetime) -> None:
    """Refused where it was called off, or has begun."""
    if conference.state == "cancelled":
        raise Refused("conference_changes.gone")
    chosen = conference.chosen if conference.state == "decided" else None
    if conference.began_at or (chosen and chosen.starts_at <= now):
        raise Refused("conference_changes.begun")


def held(session: Session, conference_id: str, stood: str, now: datetime) -> PublicConference:
    """Until this transaction ends. stood: how it stood for whoever wishes to change it."""
    found = conferences.held(session, conference_id)
    changeable(found, now)
    if stand(found) != stood:
        raise Refused("conference_changes.changed")
    return found


def move(session: Session, conference: PublicConference, to: Candidate, now: datetime) -> PublicConference:
    """Of one that is held. Whoever meant to come may come, until they say whether the new time suits them."""
    if to.starts_at <= now:
        raise Refused("conference.past")
    (number,) = _add(session, conference, [to])
    for member in participants.of(session, conference.id, ("coming", "waiting")):
        participants.put(session, conference.id, member, "maybe")
    return conferences.change(session, conference.id, decided=number, sequence=conference.sequence + 1, began_at=None)


def ask_again(
    session: Session, conference: PublicConference, candidates: Sequence[Candidate], now: datetime
) -> PublicConference:
    """Of one that is held, whether a date was fixed or not. Whoever had to do with the old date is asked."""
    if min(each.starts_at for each in candidates) <= now:
        raise Refused("conference.past")
    new = _add(session, conference, candidates)
    for table in (Vote, Slot):
        theirs = (col(table.conference) == conference.id, col(table.number).not_in(new))
        session.run(delete(table).where(*theirs))
    for member in participants.of(session, conference.id, TOLD):
        participants.put(session, conference.id, member, "asked")
    sequence = conference.sequence + (conference.chosen is not None)
    return conferences.change(
        session, conference.id, state="open", decided=None, sequence=sequence, closes_at=None, began_at=None
    )


def cancel(session: Session, conference: PublicConference) -> PublicConference:
    """Of one that is held. It keeps its date, to say of which day it was."""
    return conferences.change(session, conference.id, state="cancelled")


def on_new_date(session: Session, occasion: str, now: datetime) -> PublicConference:
    """Held. Refused where the date has changed again since it was asked about."""
    conference_id, _, sequence = occasion.partition(".")
    found = conferences.held(session, conference_id)
    changeable(found, now)
    if found.state != "decided" or str(found.sequence) != sequence:
        raise Refused("conference_changes.changed_since")
    return found


def _add(session: Session, conference: PublicConference, candidates: Sequence[Candidate]) -> list[int]:
    """Their numbers. One is never used again: an old button must not mean a new time."""
    length = conference.chosen.minutes if conference.chosen else 0
    first = max(slot.number for slot in conference.slots) + 1
    for number, each in enumerate(candidates, start=first):
        minutes = each.minutes or length
        session.insert(Slot, conference=conference.id, number=number, starts_at=each.starts_at, minutes=minutes)
    return list(range(first, first + len(candidates)))
