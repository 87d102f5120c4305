"""What coordinators see of how the handbook serves: questions without an answer, and what people say of entries."""

# To be joined with gaps.py and opinions.py, which write the rows that are read here.

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, case, delete, func, select
from sqlmodel import col

from bot.store.handbook_models import Gap, Opinion
from bot.store.rules import Rules
from bot.store.session import Session

ENOUGH = 5
"""So many must have said something of an entry before any of it is shown: one alone, that appears just after somebody
was reading, would tell who it was."""

GATHERED = 3
"""The same for questions of the month that is not over yet; later nobody remembers who was reading when."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """month: like 2026-11. text: in words that identify nobody."""

    id: str
    month: str
    text: str


@dataclass(frozen=True, slots=True)
class Voices:
    """How many said 役に立った and 違う of one entry."""

    useful: int
    different: int

    @property
    def all(self) -> int:
        return self.useful + self.different


_gaps = select(col(Gap.id), col(Gap.month), col(Gap.body)).order_by(col(Gap.month).desc(), col(Gap.id))
_counts = select(
    col(Opinion.entry),
    func.sum(case((col(Opinion.value) == "useful", 1), else_=0)).label("useful"),
    func.sum(case((col(Opinion.value) == "different", 1), else_=0)).label("different"),
).group_by(col(Opinion.entry))


def unanswered(session: Session, now: datetime, rules: Rules) -> list[Unanswered]:
    """The newest month first, within a month in the order of random ids; this month's only where there are enough."""
    rows, this = session.rows(_gaps), _month(now, rules.zone)
    few = sum(row.month >= this for row in rows) < GATHERED
    shown = [row for row in rows if not (few and row.month >= this)]
    return [Unanswered(row.id, row.month, session.keys.box.open(row.body, f"gap:{row.id}").decode()) for row in shown]


def settle(session: Session, gap_id: str) -> bool:
    """Nothing of it is kept. False where another coordinator was quicker."""
    return session.run(delete(Gap).where(col(Gap.id) == bindparam("which")), which=gap_id) == 1


def of_entries(session: Session) -> Mapping[str, Voices]:
    """By the id of the entry, those of which enough people have said something, and first what needs a look."""
    found = {row.entry: Voices(int(row.useful), int(row.different)) for row in session.rows(_counts)}
    order = sorted(found.items(), key=lambda pair: (-pair[1].different / pair[1].all, -pair[1].all, pair[0]))
    return {entry: voices for entry, voices in order if voices.all >= ENOUGH}


def forget_old(session: Session, before: datetime, zone: ZoneInfo) -> None:
    """By whole months: of a day nothing is known."""
    session.run(delete(Gap).where(col(Gap.month) < _month(before, zone)))


def _month(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m")
