"""What follows when the date of a conference stands or somebody's seat becomes free: who sits, who waits, who hears."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.chat.errors import Refused
from bot.routing import conference_letters, conference_roles
from bot.store import asked, conferences, occurrences, participants, seats
from bot.store import conference_roles as roles
from bot.store.conferences import PublicConference
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_seats as cards
from bot.views.text import Text

SEATED, BEGINS = "conference.seated", "conference.begins"
"""Who waits is told so; everybody is asked whether they are there."""


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:  # noqa: ARG001
    if fixed.chosen is None:
        return
    seats.settle(session, conferences.held(session, fixed.id))
    occurrences.plan(session, SEATED, fixed.occasion, now)
    if fixed.chosen.starts_at > now:
        occurrences.plan(session, BEGINS, fixed.occasion, fixed.chosen.starts_at)


def ahead(session: Session, conference_id: str, now: datetime, member: str) -> PublicConference:
    """Held. Refused where it is not to be held any more, is over, or is none of this member's."""
    conferences.held(session, conference_id)
    found = asked.find(session, conference_id, member)
    over = found.ends_at is not None and found.ends_at <= now
    if found.state not in conferences.AHEAD or over:
        raise Refused("conference_seats.over")
    return found


def come(session: Session, found: PublicConference, member: str, now: datetime, text: Text) -> None:
    """Held: on a free seat, or at the end of the line."""
    moved_up(session, found, seats.come(session, found, member), now, text)


def give_up(
    session: Session, found: PublicConference, member: str, now: datetime, text: Text, rules: Rules
) -> tuple[str, ...]:
    """Held: their seat goes to who waits, and what they would have done is free; returns those roles."""
    theirs = roles.release_all(session, found.id, member)
    moved_up(session, found, seats.stay_away(session, found, member), now, text)
    conference_roles.freed(session, found, theirs, now, text, rules)
    return theirs


def move_on(session: Session, found: PublicConference, now: datetime, text: Text) -> None:
    """Held: free seats go to those who wait."""
    moved_up(session, found, seats.fill(session, found), now, text)


def moved_up(session: Session, found: PublicConference, whom: Iterable[str], now: datetime, text: Text) -> None:
    """They waited, and have a seat now."""
    conference_letters.tell(
        session,
        whom,
        f"seat:{found.occasion}:{secrets.token_urlsafe(8)}",
        lambda speaking: cards.moved_up(speaking, found),
        now,
        text,
        expires=found.ends_at,
    )


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody who leaves the community had in one conference."""

    conference: str
    roles: tuple[str, ...]


def leaving(session: Session, member: str, now: datetime) -> list[Left]:
    """Before they leave: held, so that their seat goes to nobody twice."""
    about = []
    for each in sorted(conferences.coming(session, now), key=lambda found: found.id):
        theirs = roles.held_of(session, each.id, member)
        if theirs or participants.state_of(session, each.id, member):
            conferences.held(session, each.id)
            about.append(Left(each.id, theirs))
    return about


def left(session: Session, about: Iterable[Left], now: datetime, text: Text, rules: Rules) -> None:
    """After they left: the line moves on, and what they did in a conference is free again."""
    for each in about:
        found = conferences.find(session, each.conference)
        move_on(session, found, now, text)
        conference_roles.freed(session, found, each.roles, now, text, rules)
