"""How often something happened in a month: numbers that outlive what they count, and lead back to nothing."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from bot.store.community_models import MonthCount
from bot.store.session import Session

_more = (
    update(MonthCount)
    .where(col(MonthCount.month) == bindparam("which"), col(MonthCount.name) == bindparam("what"))
    .values(count=MonthCount.count + 1)
)


def add(session: Session, name: str, now: datetime, zone: ZoneInfo) -> None:
    month = now.astimezone(zone).strftime("%Y-%m")
    if not session.run(_more, which=month, what=name):
        session.insert_once(MonthCount, month=month, name=name, count=0)
        session.run(_more, which=month, what=name)


def every(session: Session) -> Mapping[str, Mapping[str, int]]:
    """By month (like 2026-11), oldest first, and name."""
    found: dict[str, dict[str, int]] = {}
    rows = session.rows(select(col(MonthCount.month), col(MonthCount.name), col(MonthCount.count)))
    for row in sorted(rows, key=lambda row: row.month):
        found.setdefault(row.month, {})[row.name] = row.count
    return found
