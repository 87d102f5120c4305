"""Seats in a conference whose date is fixed: who has one, who waits and at which place of the line, who was there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import conference_roles, conferences, participants, polls
from bot.store.conference_models import Conference, Participant
from bot.store.conferences import PublicConference
from bot.store.outbox import shuffled
from bot.store.session import Session

SIZES = (5, 8, 12, 20)
"""How many can come, as offered on buttons."""

IN_TIME = timedelta(minutes=10)
"""Whoever presses that they are there later than this after the beginning was late."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What one member has of the seats. place: nothing for who does not come. left: None where there is no end.
    turn: their place in the line. invited: whether they may come at all."""

    place: str = ""
    left: int | None = None
    turn: int = 0
    attended: str = ""
    invited: bool = True


NO_SEAT = Seat()


def of(session: Session, found: PublicConference, member: str) -> Seat:
    line = participants.of(session, found.id, ("waiting",))
    return Seat(
        place=place_of(session, found.id, member),
        left=left(session, found),
        turn=line.index(member) + 1 if member in line else 0,
        attended=attended_of(session, found.id, member),
        invited=invited(session, found, member),
    )


def invited(session: Session, found: PublicConference, member: str) -> bool:
    """Everybody where it stands in the places; otherwise whoever has to do with it already."""
    return (
        found.audience == "places"
        or bool(participants.state_of(session, found.id, member))
        or bool(polls.votes_of(session, found.id, member))
        or bool(conference_roles.held_of(session, found.id, member))
        or conferences.proposer_of(session, found.id) == member
    )


def left(session: Session, found: PublicConference) -> int | None:
    """Free seats; None where there is no end. Who only may come keeps none."""
    if not found.capacity:
        return None
    return max(0, found.capacity - len(participants.of(session, found.id, ("coming",))))


def settle(session: Session, fixed: PublicConference) -> None:
    """The date stands: who has a role sits first, then the others in an order in which nobody can read anything, then
    who waited before. Who has a role and answered nothing may come; who cannot come would like to be relieved of it."""
    session.run(update(Participant).where(col(Participant.conference) == fixed.id).values(attended=""))
    holding = set(conference_roles.holders(session, fixed.id).values())
    for member in sorted(holding):
        if not participants.state_of(session, fixed.id, member):
            participants.put(session, fixed.id, member, "maybe")
    for role, member in conference_roles.holders(session, fixed.id).items():
        if participants.state_of(session, fixed.id, member) == "absent":
            conference_roles.wish(session, fixed, role, member, relieved=True)
    coming = set(participants.of(session, fixed.id, ("coming",)))
    waited = participants.of(session, fixed.id, ("waiting",))
    line = [*shuffled(coming & holding), *shuffled(coming - holding), *waited]
    seats = fixed.capacity or len(line)
    for member in line[:seats]:
        participants.put(session, fixed.id, member, "coming")
    for turn, member in enumerate(line[seats:], start=1):
        participants.put(session, fixed.id, member, "waiting", turn=turn)


def come(session: Session, found: PublicConference, member: str) -> list[str]:
    """At the end of the line, and on a seat where one is free. Returns who of the others got one.
    The conference must be held: nobody sits on a seat that another has just taken."""
    if participants.state_of(session, found.id, member) in ("coming", "waiting"):
        return []
    last = session.scalar(select(func.max(col(Participant.turn))).where(col(Participant.conference) == found.id))
    participants.put(session, found.id, member, "waiting", turn=int(last or 0) + 1)
    return [each for each in fill(session, found) if each != member]


def stay_away(session: Session, found: PublicConference, member: str) -> list[str]:
    """Returns who got the seat."""
    participants.put(session, found.id, member, "absent")
    return fill(session, found)


def fill(session: Session, found: PublicConference) -> list[str]:
    """Free seats go to those who wait, in their order; returns who got one."""
    if found.state != "decided":
        return []
    line, free = participants.of(session, found.id, ("waiting",)), left(session, found)
    moved = line if free is None else line[:free]
    for member in moved:
        participants.put(session, found.id, member, "coming")
    return moved


def resize(session: Session, conference_id: str, capacity: int) -> list[str]:
    """Returns who got a seat. Nobody loses theirs where it becomes smaller."""
    if capacity not in (0, *SIZES):
        raise Refused("conference.stale")
    return fill(session, conferences.change(session, conference_id, capacity=capacity))


def arrive(session: Session, found: PublicConference, member: str, now: datetime) -> str:
    """Whoever is there: `there`, or `late`; the first press counts. Refused where no seat is free for them."""
    if already := attended_of(session, found.id, member):
        return already
    come(session, found, member)
    if participants.state_of(session, found.id, member) != "coming":
        raise Refused("conference_seats.full")
    attended = "late" if now > began(found) + IN_TIME else "there"
    theirs = (col(Participant.conference) == found.id, col(Participant.member) == member)
    session.run(update(Participant).where(*theirs).values(attended=attended))
    return attended


def began(found: PublicConference) -> datetime:
    """When somebody pressed that it begins, or when it should have begun."""
    if found.chosen is None:
        raise Refused("conference_seats.not_yet")
    return found.began_at or found.chosen.starts_at


def attended_of(session: Session, conference_id: str, member: str) -> str:
    theirs = (col(Participant.conference) == conference_id, col(Participant.member) == member)
    return str(session.scalar(select(col(Participant.attended)).where(*theirs)) or "")


def coming_to(session: Session, conference_id: str) -> set[str]:
    """Who is told what only those who come are told: those who come or may, and who has a role and no other state."""
    holding = set(conference_roles.holders(session, conference_id).values())
    return {*participants.of(session, conference_id), *holding} - {
        *participants.of(session, conference_id, participants.AWAY)
    }


def place_of(session: Session, conference_id: str, member: str) -> str:
    """Where it is, or the link that leads there; nothing for anybody who does not come."""
    return where(session, conference_id) if member in coming_to(session, conference_id) else ""


def where(session: Session, conference_id: str) -> str:
    """For whoever may set it."""
    sealed = session.scalar(select(col(Conference.place)).where(col(Conference.id) == conference_id))
    return session.keys.box.open(bytes(sealed), f"place_of:{conference_id}").decode() if sealed else ""


def set_place(session: Session, conference_id: str, place: str) -> bool:
    """False where it is the same as before."""
    if place == where(session, conference_id):
        return False
    sealed = session.keys.box.seal(place.encode(), f"place_of:{conference_id}") if place else None
    conferences.change(session, conference_id, place=sealed)
    return True
