"""Conferences that repeat: which dates are ahead, which of them is asked about next, and who belongs to them."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, update
from sqlmodel import col, select

from bot.chat.errors import Refused
from bot.language import repeating
from bot.store import members
from bot.store.conference_models import Conference, Participant, Series, Slot
from bot.store.session import Session

SHOWN = 3
"""Dates of a series that are told at once."""

LOOKED_BACK = 3
"""Whoever came to one of so many conferences of a series is told of the next: to rest once is not to leave."""

Off = Literal["", "holiday", "exception", "answered"]


@dataclass(frozen=True, slots=True)
class PublicSeries:
    """rule: RFC 5545, from starts_at on. exceptions: days on which there is none."""

    id: str
    theme: str
    minutes: int
    kind: str
    rule: str
    starts_at: datetime
    running: bool
    exceptions: frozenset[date]


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a series. off: why there is none that day, or that a conference stands there already."""

    starts_at: datetime
    off: Off

    @property
    def day(self) -> date:
        """In the zone in which the series was asked for its dates."""
        return self.starts_at.date()

    @property
    def open(self) -> bool:
        """Whether it is still to be answered."""
        return not self.off


def begin(
    session: Session, theme: str, minutes: int, kind: str, rule: str, starts_at: datetime, proposer: str
) -> PublicSeries:
    series_id = secrets.token_urlsafe(16)
    session.insert(
        Series,
        id=series_id,
        theme=session.keys.box.seal(theme.encode(), f"series:{series_id}"),
        minutes=minutes,
        kind=kind,
        rule=rule,
        starts_at=starts_at.astimezone(UTC),
        state="running",
        proposer=proposer,
        exceptions="",
    )
    return find(session, series_id)


_by_id = select(*Series.__table__.columns).where(col(Series.id) == bindparam("which"))  # type: ignore[attr-defined]


def find(session: Session, series_id: str) -> PublicSeries:
    """Refused where there is none."""
    row = session.first(_by_id, which=series_id)
    if row is None:
        raise Refused("conference_series.gone")
    return PublicSeries(
        id=row.id,
        theme=session.keys.box.open(row.theme, f"series:{row.id}").decode(),
        minutes=row.minutes,
        kind=row.kind,
        rule=row.rule,
        starts_at=row.starts_at,
        running=row.state == "running",
        exceptions=frozenset(date.fromisoformat(day) for day in row.exceptions.split()),
    )


_hold = select(Series.id).where(col(Series.id) == bindparam("which")).with_for_update()


def held(session: Session, series_id: str) -> PublicSeries:
    """Until this transaction ends nobody else changes it. Refused where it has ended."""
    session.first(_hold, which=series_id)
    found = find(session, series_id)
    if not found.running:
        raise Refused("conference_series.ended")
    return found


def running(session: Session) -> list[PublicSeries]:
    ids = session.rows(select(col(Series.id)).where(col(Series.state) == "running").order_by(col(Series.starts_at)))
    return [find(session, row.id) for row in ids]


def ahead(session: Session, series: PublicSeries, now: datetime, zone: ZoneInfo, most: int = SHOWN) -> tuple[Date, ...]:
    """The next dates of its rule, with those on which there is none among them, until so many can be."""
    found: list[Date] = []
    for moment in repeating.moments(series.rule, series.starts_at, zone, now):
        found.append(Date(moment, _off(session, series, moment.date())))
        if sum(each.off in ("", "answered") for each in found) >= most:
            break
    return tuple(found)


def next_open(session: Session, series: PublicSeries, now: datetime, zone: ZoneInfo) -> Date | None:
    """The one that is asked about next; nothing where the series has ended, or has no date left."""
    if not series.running:
        return None
    dates = repeating.moments(series.rule, series.starts_at, zone, now)
    return next((Date(each, "") for each in dates if not _off(session, series, each.date())), None)


def on(session: Session, series: PublicSeries, day: date, zone: ZoneInfo) -> Date:
    """Refused where the series has no such date."""
    midnight = datetime.combine(day, time.min, zone) - timedelta(seconds=1)
    for moment in islice(repeating.moments(series.rule, series.starts_at, zone, midnight), 1):
        if moment.date() == day:
            return Date(moment, _off(session, series, day))
    raise Refused("conference_series.no_date")


def _off(session: Session, series: PublicSeries, day: date) -> Off:
    if repeating.is_off(day):
        return "holiday"
    if day in series.exceptions:
        return "exception"
    return "answered" if stands(session, series.id, day) else ""


def conference_of(series_id: str, day: date) -> str:
    """The id of the conference of this date, the same on every replica: there can never be a second one."""
    digest = hashlib.blake2b(f"{series_id}.{day.isoformat()}".encode(), digest_size=16).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def stands(session: Session, series_id: str, day: date) -> bool:
    known = select(col(Conference.id)).where(col(Conference.id) == conference_of(series_id, day))
    return session.first(known) is not None


def rest(session: Session, series: PublicSeries, day: date, *, rests: bool) -> PublicSeries:
    """Whether there is none on this day."""
    days = series.exceptions | {day} if rests else series.exceptions - {day}
    return _change(session, series.id, exceptions=" ".join(sorted(each.isoformat() for each in days)))


def shift(session: Session, series: PublicSeries, starts_at: datetime) -> PublicSeries:
    return _change(session, series.id, starts_at=starts_at.astimezone(UTC))


def end(session: Session, series_id: str) -> PublicSeries:
    return _change(session, series_id, state="ended")


def _change(session: Session, series_id: str, **values: object) -> PublicSeries:
    session.run(update(Series).where(col(Series.id) == series_id).values(**values))
    return find(session, series_id)


def responsible(session: Session, series_id: str) -> list[str]:
    """Who looks after it, or every coordinator where they have left or coordinate no more."""
    row = session.first(_by_id, which=series_id)
    caring = members.coordinating(session)
    return [row.proposer] if row and row.proposer in caring else caring


def held_lately(session: Session, series_id: str) -> list[str]:
    """Its last conferences that got a date, the latest first."""
    found = session.rows(
        select(col(Conference.id))
        .join(Slot, (col(Slot.conference) == col(Conference.id)) & (col(Slot.number) == col(Conference.decided)))
        .where(col(Conference.series) == series_id, col(Conference.state) == "decided")
        .order_by(col(Slot.starts_at).desc())
        .limit(LOOKED_BACK)
    )
    return [row.id for row in found]


def like(session: Session, series_id: str) -> str:
    """The one after which its next conference is made: the last that got a date, otherwise any other of it. One that
    was called off still tells who may see it."""
    latest = (
        select(col(Slot.conference))
        .join(Conference, col(Conference.id) == col(Slot.conference))
        .where(col(Conference.series) == series_id)
        .order_by(col(Slot.starts_at).desc())
        .limit(1)
    )
    return next(iter(held_lately(session, series_id)), "") or str(session.scalar(latest) or "")


def company(session: Session, series_id: str) -> list[str]:
    """Who came, or was to come, to one of the last ones."""
    came = col(Participant.state).in_(("coming", "maybe")) | (col(Participant.attended) != "")
    found = session.rows(
        select(col(Participant.member))
        .where(col(Participant.conference).in_(held_lately(session, series_id)), came)
        .distinct()
        .order_by(col(Participant.member))
    )
    return [row.member for row in found]


def forget_ended(session: Session) -> None:
    """Once nothing stands any more that belongs to it."""
    used = select(col(Conference.series)).where(col(Conference.series).is_not(None))
    session.run(delete(Series).where(col(Series.state) == "ended", col(Series.id).not_in(used)))
