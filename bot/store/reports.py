"""気になる: members say that a worry or an answer may do harm; each counts once, and nobody is told who they are."""

import secrets
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlmodel import col

from bot.chat.events import Address
from bot.store.community_models import Report
from bot.store.session import Session
from bot.store.subjects import Found

REASONS = ("details", "harsh", "advert", "other")

ENOUGH = 3
"""So many different members hide what they report until a coordinator has looked."""


def add(session: Session, found: Found, reason: str, reporter: Address) -> int:
    """How many different members say so now; 0 where this one said it before, or wrote it."""
    report_id = secrets.token_urlsafe(16)
    way_back = found.item.seal_address(reporter, f"reporter:{report_id}")
    if found.is_by(reporter):
        return 0
    new = session.insert_once(
        Report,
        id=report_id,
        subject=found.subject.id,
        token=found.item.token(reporter),
        worry=found.subject.worry.id,
        reason=reason,
        return_address=way_back,
    )
    return sum(reasons(session, found.subject.id).values()) if new else 0


def reasons(session: Session, subject_id: str) -> Mapping[str, int]:
    """How many gave each of them, in the order of the list."""
    counted = select(col(Report.reason), func.count()).where(col(Report.subject) == subject_id)
    found = {row[0]: int(row[1]) for row in session.rows(counted.group_by(col(Report.reason)))}
    return {reason: found[reason] for reason in REASONS if reason in found}


def reporters(session: Session, found: Found) -> list[Address]:
    """Known in this transaction's memory alone."""
    rows = session.rows(
        select(col(Report.id), col(Report.return_address)).where(col(Report.subject) == found.subject.id)
    )
    return [found.item.open_address(row.return_address, f"reporter:{row.id}") for row in rows]
