"""Conferences of one person that lie at the same time. One that begins when another ends does not."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from bot.store import meetings, seats
from bot.store.conference_models import Conference, Slot
from bot.store.conferences import PublicConference
from bot.store.meetings import LONGEST, Meeting
from bot.store.session import Session

_near = (
    select(col(Conference.id))
    .join(Slot, (col(Slot.conference) == col(Conference.id)) & (col(Slot.number) == col(Conference.decided)))
    .where(
        col(Conference.state) == "decided",
        col(Conference.id) != bindparam("which"),
        col(Slot.starts_at) > bindparam("after"),
        col(Slot.starts_at) < bindparam("before"),
    )
    .limit(1)
)


def of(session: Session, member_id: str, fixed: PublicConference) -> list[Meeting]:
    """Others this member comes to, or may, while this one lasts; the earliest first."""
    if fixed.state != "decided" or fixed.chosen is None or fixed.ends_at is None:
        return []
    begins, ends = fixed.chosen.starts_at, fixed.ends_at
    return [
        each
        for each in meetings.of(session, member_id, begins)
        if each.id != fixed.id and not each.cancelled and each.starts_at < ends and begins < each.ends_at
    ]


def any_near(session: Session, fixed: PublicConference) -> bool:
    """Whether another one may lie at the same time at all, whoever comes: asked first, because it is seldom so."""
    if fixed.chosen is None or fixed.ends_at is None:
        return False
    after = fixed.chosen.starts_at - LONGEST
    return session.first(_near, which=fixed.id, after=after, before=fixed.ends_at) is not None


def everyone(session: Session, fixed: PublicConference) -> dict[str, list[Meeting]]:
    """By the member, for all who come to this one and to another at the same time."""
    found = {member: of(session, member, fixed) for member in sorted(seats.coming_to(session, fixed.id))}
    return {member: theirs for member, theirs in found.items() if theirs}
