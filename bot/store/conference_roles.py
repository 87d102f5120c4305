"""Who does what in a conference: one member for each role, and whoever would like to be relieved of it."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store.conference_models import ConferenceRole
from bot.store.conferences import PublicConference
from bot.store.session import Session

ROLES = ("chair", "presenter", "recorder", "timekeeper", "host", "adviser")
"""司会, 事例提供, 記録, 時間係, 裏方, 助言者."""

USUAL = ("chair", "presenter")
"""Required where nobody chose others; online there is also a host."""

OF_A_CASE = ("presenter",)
"""Not in a meeting of which only the date is kept."""

STATES = ("free", "held", "offered", "mine", "given")
"""How a role looks to one member. offered: its holder would like to be relieved; given: the member is that holder."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One role as one member sees it; never who holds it. state: one of STATES."""

    role: str
    state: str
    required: bool


def open_to(found: PublicConference) -> tuple[str, ...]:
    return tuple(role for role in ROLES if found.kind == "case" or role not in OF_A_CASE)


def as_role(found: PublicConference, role: str) -> str:
    """Refused for anything that is no role there."""
    if role not in open_to(found):
        raise Refused("conference_roles.none_such")
    return role


def holders(session: Session, conference_id: str) -> dict[str, str]:
    """The member of each role that somebody holds."""
    found = session.rows(
        select(col(ConferenceRole.role), col(ConferenceRole.member)).where(
            col(ConferenceRole.conference) == conference_id
        )
    )
    return {row.role: row.member for row in found}


def offered(session: Session, conference_id: str) -> set[str]:
    """The roles whose holder would like somebody else to take them."""
    found = session.rows(
        select(col(ConferenceRole.role)).where(
            col(ConferenceRole.conference) == conference_id, col(ConferenceRole.offered).is_(True)
        )
    )
    return {row.role for row in found}


def missing(session: Session, found: PublicConference) -> tuple[str, ...]:
    """The roles that must be there and that nobody holds."""
    held = holders(session, found.id)
    return tuple(role for role in open_to(found) if role in found.required and role not in held)


def board(session: Session, found: PublicConference, member: str) -> tuple[Seen, ...]:
    """Every role of this conference as this member sees it."""
    held, given = holders(session, found.id), offered(session, found.id)

    def state(role: str) -> str:
        if role not in held:
            return "free"
        if held[role] == member:
            return "given" if role in given else "mine"
        return "offered" if role in given else "held"

    return tuple(Seen(role, state(role), role in found.required) for role in open_to(found))


def held_of(session: Session, conference_id: str, member: str) -> tuple[str, ...]:
    """The roles this member holds, in their order."""
    held = holders(session, conference_id)
    return tuple(role for role in ROLES if held.get(role) == member)


def take(session: Session, found: PublicConference, role: str, member: str) -> str:
    """Gives this member the role, where it is free or its holder would like to be relieved. Returns who held it before,
    or nothing. The conference must be held: of two at once the second finds it taken."""
    holder = holders(session, found.id).get(as_role(found, role), "")
    if holder == member:
        raise Refused("conference_roles.already")
    if holder and role not in offered(session, found.id):
        raise Refused("conference_roles.taken")
    drop(session, found.id, role)
    session.insert(ConferenceRole, conference=found.id, role=role, member=member, offered=False)
    return holder


def release(session: Session, found: PublicConference, role: str, member: str) -> None:
    """Refused where somebody else holds it."""
    if holders(session, found.id).get(as_role(found, role)) != member:
        raise Refused("conference_roles.not_yours")
    drop(session, found.id, role)


def wish(session: Session, found: PublicConference, role: str, member: str, *, relieved: bool) -> bool:
    """Whether its holder would like somebody else to take it. False where they said so before."""
    if holders(session, found.id).get(as_role(found, role)) != member:
        raise Refused("conference_roles.not_yours")
    theirs = (col(ConferenceRole.conference) == found.id, col(ConferenceRole.role) == role)
    changed = update(ConferenceRole).where(*theirs, col(ConferenceRole.offered).is_not(relieved))
    return bool(session.run(changed.values(offered=relieved)))


def free(session: Session, found: PublicConference, role: str) -> str:
    """Whoever holds it; refused where nobody does any more."""
    holder = holders(session, found.id).get(as_role(found, role), "")
    if not holder:
        raise Refused("conference_roles.free_already")
    drop(session, found.id, role)
    return holder


def release_all(session: Session, conference_id: str, member: str) -> tuple[str, ...]:
    """The roles they held."""
    theirs = held_of(session, conference_id, member)
    for role in theirs:
        drop(session, conference_id, role)
    return theirs


def drop(session: Session, conference_id: str, role: str) -> None:
    which = (col(ConferenceRole.conference) == conference_id, col(ConferenceRole.role) == role)
    session.run(delete(ConferenceRole).where(*which))
