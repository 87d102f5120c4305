"""The case on one page: sealed with a key of its own, which is destroyed when its time is over."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.store import conferences, darkening, items, tombstones
from bot.store.conference_models import Conference, Sheet, Slot
from bot.store.conferences import PublicConference
from bot.store.session import Session

BANDS: Mapping[str, tuple[str, ...]] = {
    "age": ("teens", "twenties", "thirties", "forties", "fifties", "older", "unknown"),
    "lasting": ("months", "years", "five_years", "ten_years", "longer", "unknown"),
    "household": ("parents", "siblings", "alone", "other"),
    "contact": ("meets", "family", "nobody"),
    "first": ("meeting", "family", "agencies", "safety", "other"),
}
"""What is answered by one press; never an exact age."""

WRITTEN = ("asked", "worries", "tried")
"""What is answered in words: みんなに聞きたいこと, いま困っていること, やってみたこと."""

REQUIRED = "asked"
PART = "sheet"


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """answers: by BANDS and WRITTEN; nothing where somebody skipped it."""

    conference: str
    answers: Mapping[str, str]

    def said(self, name: str) -> str:
        return self.answers.get(name, "")


_of_conference = select(col(Sheet.id), col(Sheet.content)).where(col(Sheet.conference) == bindparam("which"))


def find(session: Session, conference_id: str) -> CaseSheet | None:
    row = session.first(_of_conference, which=conference_id)
    item = items.find(session, row.id) if row else None
    return CaseSheet(conference_id, json.loads(item.open(row.content, PART))) if item else None


def write(session: Session, found: PublicConference, answers: Mapping[str, str], now: datetime) -> bool:
    """The newest counts. found: held. Whether it is the first. Refused once the meeting has begun."""
    if not may_be_written(found, now):
        raise Refused("conference_sheet.begun")
    known = {name: answers[name] for name in (*BANDS, *WRITTEN) if answers.get(name)}
    row = session.first(_of_conference, which=found.id)
    sheet_id = row.id if row else secrets.token_urlsafe(16)
    item = items.known(session, sheet_id) if row else items.create(session, sheet_id)
    content = item.seal(json.dumps(known, ensure_ascii=False), PART)
    if row:
        session.run(update(Sheet).where(col(Sheet.id) == sheet_id).values(content=content))
    else:
        session.insert(Sheet, id=sheet_id, conference=found.id, content=content)
    return row is None


def may_be_written(found: PublicConference, now: datetime) -> bool:
    """Until it begins; also while its date is still asked for."""
    starts = found.chosen.starts_at if found.chosen else max(slot.starts_at for slot in found.slots)
    return found.state in conferences.AHEAD and found.began_at is None and now < starts


def gone_at(found: PublicConference, keep: timedelta) -> datetime | None:
    """When it is erased; None where no date is fixed yet."""
    return found.ends_at + keep if found.ends_at else None


def erase(session: Session, conference_id: str, now: datetime) -> None:
    """No restored backup brings it back."""
    for row in session.rows(_of_conference, which=conference_id):
        tombstones.bury(session, "sheet", row.id, now)
        darkening.forget_sheet(session, row.id)


def forget_old(session: Session, now: datetime, keep: timedelta) -> None:
    """Of conferences that were cancelled, or are over for so long. It is asked of the rows at every tick and planned
    nowhere: another date, a shorter time to keep or a restored backup cannot make it miss one."""
    before = now - keep
    began = select(col(Slot.conference)).where(col(Slot.starts_at) <= before)
    not_to_come = col(Conference.state).not_in(conferences.AHEAD)
    wanted = (
        select(col(Sheet.conference))
        .join(Conference, col(Conference.id) == col(Sheet.conference))
        .where(or_(not_to_come, col(Sheet.conference).in_(began)))
    )
    for row in session.rows(wanted):
        if _is_over(conferences.find(session, row.conference), before):
            erase(session, row.conference, now)


def _is_over(found: PublicConference, before: datetime) -> bool:
    """Where no date was ever fixed, the last that was proposed counts."""
    ended = found.ends_at or max(slot.starts_at for slot in found.slots)
    return found.state not in conferences.AHEAD or ended <= before
