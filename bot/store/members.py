"""Who may use the house, and in which role; platform ids stand here sealed or keyed only."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store.community_models import Duty, Dweller, Volunteer
from bot.store.conference_models import ConferenceRole, Feed, Participant, Vote
from bot.store.handbook_models import DailyLine
from bot.store.holding import hold
from bot.store.models import Invitation
from bot.store.models import Member as Row
from bot.store.session import Session

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No digit or letter that is mistaken for another when a code is read out."""


class Role(StrEnum):
    """What a person may do; a stranger is nobody's row and may only join. Each may what those before it may."""

    STRANGER = "stranger"
    SUPPORTER = "supporter"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"
    """Runs the server."""


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    role: Role
    language: str
    joined_at: datetime | None = None
    area: str = ""
    work: str = ""

    def may(self, role: Role) -> bool:
        return _RANK[self.role] >= _RANK[role]


_RANK = {role: rank for rank, role in enumerate(Role)}
COORDINATING = tuple(role.value for role in Role if _RANK[role] >= _RANK[Role.COORDINATOR])


def stranger(language: str) -> Member:
    return Member("", Role.STRANGER, language)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a member can be met alone, and in which language."""

    address: Address
    language: str


_find = columns(col(Row.id), col(Row.role), col(Row.language), col(Row.joined_at), col(Row.area), col(Row.work)).where(
    col(Row.token) == bindparam("whose")
)


def find(session: Session, private: Address) -> Member | None:
    row = session.first(_find, whose=_token(session, private))
    return _member(row) if row else None


def _member(row: Any) -> Member:
    return Member(row.id, Role(row.role), row.language, row.joined_at, row.area or "", row.work or "")


def still(session: Session, private: Address, member: Member, role: Role) -> bool:
    """Whether this person is the member they were, and may still do what this role may. On PostgreSQL whoever would
    take that away waits until this transaction has ended; on SQLite every transaction waits for the one before."""
    _hold(session, member.id, alone=False)
    found = find(session, private)
    return found is not None and found.id == member.id and found.may(role)


def invite(session: Session, role: Role, uses: int, expires: datetime) -> str:
    """A new code; only its keyed digest is stored."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    session.insert(Invitation, token=_code(session, code), role=role.value, uses_left=uses, expires_at=expires)
    return code


_usable = (
    col(Invitation.token) == bindparam("which"),
    col(Invitation.uses_left) > 0,
    col(Invitation.expires_at) > bindparam("now"),
)
_use = update(Invitation).where(*_usable).values(uses_left=Invitation.uses_left - 1)
_allows = select(Invitation.role).where(*_usable)


def join(session: Session, private: Address, code: str, language: str, now: datetime) -> Member:
    """Makes a member, or gives a member the invited role. One refusal for every reason, so that nobody learns which."""
    token = _code(session, code)
    row = session.first(_allows, which=token, now=now)
    if row is None:
        raise Refused("join.refused")
    role = Role(row.role)
    known = find(session, private)
    if known and known.may(role):
        raise Refused("join.already")
    if session.run(_use, which=token, now=now) != 1:  # another replica let the last one in a moment ago
        raise Refused("join.refused")
    if known:
        set_role(session, known.id, role)
        return Member(known.id, role, known.language, known.joined_at)
    return _admit(session, private, role, language, now)


def enter(session: Session, private: Address, role: Role, language: str, now: datetime) -> Member:
    """Makes a member without a code, where a coordinator allowed it."""
    if find(session, private):
        raise Refused("join.already")
    return _admit(session, private, role, language, now)


def _admit(session: Session, private: Address, role: Role, language: str, now: datetime) -> Member:
    member_id = secrets.token_urlsafe(16)
    admitted = session.insert_once(
        Row,
        id=member_id,
        token=_token(session, private),
        address=session.keys.box.seal_address(private, f"member:{member_id}"),
        role=role.value,
        language=language,
        joined_at=now,
    )
    if not admitted:  # the same person came in elsewhere at this moment
        raise Refused("join.already")
    return Member(member_id, role, language, now)


def recipient(session: Session, member_id: str) -> Recipient | None:
    row = session.first(select(Row.address, Row.language).where(col(Row.id) == member_id))
    if row is None:
        return None
    return Recipient(session.keys.box.open_address(row.address, f"member:{member_id}"), row.language)


def coordinators(session: Session) -> list[Recipient]:
    """Everyone who may look after the place."""
    return [found for member_id in coordinating(session) if (found := recipient(session, member_id))]


def coordinating(session: Session) -> list[str]:
    return [row.id for row in session.rows(select(Row.id).where(col(Row.role).in_(COORDINATING)).order_by(Row.id))]


def set_role(session: Session, member_id: str, role: Role) -> None:
    _hold(session, member_id, alone=True)
    session.run(update(Row).where(col(Row.id) == member_id).values(role=role.value))


def at_home_on(session: Session, platform: str) -> list[Address]:
    """Where the members of one platform can be met alone."""
    found = session.rows(select(Row.id, Row.address))
    addresses = [session.keys.box.open_address(row.address, f"member:{row.id}") for row in found]
    return [address for address in addresses if address.platform == platform]


def at_home_elsewhere(session: Session, platform: str) -> bool:
    """Whether anybody belongs to another platform than this one."""
    return len(at_home_on(session, platform)) != count(session)


def set_language(session: Session, member_id: str, language: str) -> None:
    session.run(update(Row).where(col(Row.id) == member_id).values(language=language))


def describe(session: Session, member_id: str, area: str, work: str) -> None:
    """Where they work and what they are, as codes; empty where they do not say."""
    session.run(update(Row).where(col(Row.id) == member_id).values(area=area or None, work=work or None))


def count(session: Session) -> int:
    return len(session.rows(select(Row.id)))


def forget_old(session: Session, now: datetime) -> None:
    """Invitations that nobody can use any more."""
    session.run(delete(Invitation).where(or_(col(Invitation.expires_at) <= now, col(Invitation.uses_left) <= 0)))


def leave(session: Session, member_id: str) -> None:
    """Removes the member and their votes; access ends with this transaction."""
    _hold(session, member_id, alone=True)
    for theirs in (Vote, Participant, ConferenceRole, Feed, Dweller, Volunteer, Duty, DailyLine):
        session.run(delete(theirs).where(col(theirs.member) == member_id))
    session.run(delete(Row).where(col(Row.id) == member_id))


def _hold(session: Session, member_id: str, *, alone: bool) -> None:
    hold(session, "member", member_id, alone=alone)


def _token(session: Session, private: Address) -> str:
    return session.keys.token("member", private.platform, private.space, private.channel)


def _code(session: Session, code: str) -> str:
    return session.keys.token("invitation", "".join(code.lower().replace("-", "").split()))
