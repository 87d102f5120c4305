"""Case conferences as everyone may see them; polls, people, roles and papers have rooms of their own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import bindparam, delete, func, update
from sqlmodel import col, select

from bot.chat.errors import Refused
from bot.store import items, poll_posts
from bot.store.conference_models import (
    Conference,
    ConferenceRole,
    MeetingNote,
    Participant,
    Sheet,
    Slot,
    Vote,
)
from bot.store.models import Place
from bot.store.session import Session

Kind = Literal["case", "support"]
KINDS: tuple[Kind, ...] = ("case", "support")

Answer = Literal["yes", "maybe", "no"]
ANSWERS: tuple[Answer, ...] = ("yes", "maybe", "no")

ASKING = ("open", "closed")
LONGEST = timedelta(days=31)
"""Nothing is held for longer: what began earlier is over, and need not be opened to know it."""

AHEAD = (*ASKING, "decided")
"""The states of one that is still to be held. closed: nobody votes any more, and no date is fixed yet."""


@dataclass(frozen=True, slots=True)
class PublicSlot:
    """One candidate time with how many said what; never who. minutes: how long it would be. place: the how manieth it
    is now; its number is its own for ever."""

    number: int
    starts_at: datetime
    yes: int
    maybe: int
    no: int
    minutes: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class PublicConference:
    """minutes: length. decided: the number of the chosen slot. revision rises with every change, sequence with every
    change of a date that was fixed. required: roles. minimum, capacity: 0 where there is none."""

    id: str
    theme: str
    minutes: int
    state: str
    slots: tuple[PublicSlot, ...]
    answered: int
    decided: int | None
    revision: int
    kind: str = "case"
    audience: str = "places"
    hidden: bool = True
    minimum: int = 0
    capacity: int = 0
    required: tuple[str, ...] = ()
    online: bool = False
    closes_at: datetime | None = None
    sequence: int = 0
    series: str = ""
    began_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether its dates may be answered."""
        return self.state == "open"

    @property
    def asking(self) -> bool:
        """Whether no date is fixed yet."""
        return self.state in ASKING

    @property
    def chosen(self) -> PublicSlot | None:
        return next((slot for slot in self.slots if slot.number == self.decided), None)

    @property
    def ends_at(self) -> datetime | None:
        """Of the date that is fixed."""
        return self.chosen.starts_at + timedelta(minutes=self.chosen.minutes) if self.chosen else None

    @property
    def occasion(self) -> str:
        """The subject of what is planned for its date: another date makes it lapse (on_occasion)."""
        return f"{self.id}.{self.sequence}"


_by_id = select(*Conference.__table__.columns).where(col(Conference.id) == bindparam("which"))  # type: ignore[attr-defined]
_counts = (
    select(col(Vote.number), col(Vote.value), func.count().label("people"))
    .where(col(Vote.conference) == bindparam("which"))
    .group_by(col(Vote.number), col(Vote.value))
)
_answered = select(func.count(col(Vote.member).distinct())).where(col(Vote.conference) == bindparam("which"))
_slots = (
    select(col(Slot.number), col(Slot.starts_at), col(Slot.minutes))
    .where(col(Slot.conference) == bindparam("which"))
    .order_by(col(Slot.number))
)


def find(session: Session, conference_id: str) -> PublicConference:
    """Refused where there is none."""
    row = session.first(_by_id, which=conference_id)
    if row is None:
        raise Refused("conference.gone")
    counts: Counter[tuple[int, str]] = Counter()
    for each in session.rows(_counts, which=row.id):
        counts[each.number, each.value] = each.people
    return PublicConference(
        id=row.id,
        theme=session.keys.box.open(row.theme, f"theme:{row.id}").decode(),
        minutes=row.minutes,
        state=row.state,
        slots=tuple(
            PublicSlot(
                slot.number,
                slot.starts_at,
                yes=counts[slot.number, "yes"],
                maybe=counts[slot.number, "maybe"],
                no=counts[slot.number, "no"],
                minutes=slot.minutes or row.minutes,
                place=place,
            )
            for place, slot in enumerate(session.rows(_slots, which=row.id), start=1)
        ),
        answered=int(session.scalar(_answered, which=row.id) or 0),
        decided=row.decided,
        revision=row.revision,
        kind=row.kind,
        audience=row.audience,
        hidden=row.hidden,
        minimum=row.minimum,
        capacity=row.capacity,
        required=tuple(row.required.split()),
        online=row.online,
        closes_at=row.closes_at,
        sequence=row.sequence,
        series=row.series or "",
        began_at=row.began_at,
    )


def on_occasion(session: Session, occasion: str) -> PublicConference:
    """Refused where its date has changed since this was planned, or it is not to be held any more."""
    conference_id, _, sequence = occasion.partition(".")
    found = find(session, conference_id)
    if found.state != "decided" or str(found.sequence) != sequence:
        raise Refused("conference.gone")
    return found


_near = (
    select(col(Conference.id))
    .join(Slot, col(Slot.conference) == col(Conference.id))
    .where(col(Conference.state).in_(AHEAD))
    .group_by(col(Conference.id))
    .having(func.max(col(Slot.starts_at)) > bindparam("since"))
)
_hold = select(Conference.id).where(col(Conference.id) == bindparam("which")).with_for_update()


def held(session: Session, conference_id: str) -> PublicConference:
    """Until this transaction ends nobody else changes it: votes, seats and decisions come one after the other."""
    session.first(_hold, which=conference_id)
    return find(session, conference_id)


def change(session: Session, conference_id: str, **values: object) -> PublicConference:
    """Columns of the conference; its revision rises."""
    statement = update(Conference).where(col(Conference.id) == conference_id)
    session.run(statement.values(revision=Conference.revision + 1, **values))
    return find(session, conference_id)


def proposer_of(session: Session, conference_id: str) -> str:
    return str(session.scalar(select(Conference.proposer).where(col(Conference.id) == conference_id)) or "")


def coming(session: Session, now: datetime) -> list[PublicConference]:
    """Open ones with a time still ahead, and decided ones that are not over."""
    near = session.rows(_near, since=now - LONGEST)
    ahead = [found for row in near if last(found := find(session, row.id)) > now]
    return sorted(ahead, key=lambda each: each.chosen.starts_at if each.chosen else each.slots[0].starts_at)


def last(conference: PublicConference) -> datetime:
    """Until when it is still to come: a decided one until it ends."""
    return conference.ends_at or max(slot.starts_at for slot in conference.slots)


def forget_past(session: Session, before: datetime) -> None:
    """Conferences whose last date lies before, with all that hangs on them and what leads to their posts."""
    last = select(col(Slot.conference)).group_by(col(Slot.conference)).having(func.max(Slot.starts_at) < before)
    past = [row[0] for row in session.rows(last)]
    linked = [row[0] for row in session.rows(select(col(Place.id)))] if past else []
    for conference_id in past:
        for place_id in linked:
            poll_posts.forget(session, conference_id, place_id)
        for row in session.rows(select(col(Sheet.id)).where(col(Sheet.conference) == conference_id)):
            items.destroy(session, row.id)
        _forget(session, conference_id, (Sheet, MeetingNote, Participant, ConferenceRole, Vote, Slot))
        session.run(delete(Conference).where(col(Conference.id) == conference_id))


def _forget(session: Session, conference_id: str, tables: Sequence[type]) -> None:
    for table in tables:
        session.run(delete(table).where(col(table.conference) == conference_id))  # type: ignore[attr-defined]
