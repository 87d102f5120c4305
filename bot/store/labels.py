"""What may be told of an author's region and work: only what enough members of the audience share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from bot.store import occurrences
from bot.store.areas import around
from bot.store.community_models import Dweller
from bot.store.models import Member, Worry
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Label:
    """area: a code of store/areas.py; both empty: nothing may be told."""

    area: str = ""
    work: str = ""


Crowd = Mapping[Label, int]
"""How many members of an audience say exactly this of themselves."""

NOTHING = Label()

_labelled = select(col(Worry.id)).where(col(Worry.label).is_not(None)).limit(1)

WIDEN = "labels.widen"
"""The kind of occurrence at which the labels that stand are looked at."""


def look_again(session: Session, now: datetime) -> None:
    """Somebody came, left or changed: within a minute, however many did. Nothing where no label stands."""
    if session.first(_labelled):
        occurrences.plan(session, WIDEN, "", now.replace(second=0, microsecond=0) + timedelta(minutes=1))


def crowd(session: Session, places: Sequence[str]) -> Crowd:
    """Everyone who lives in one of these places, once."""
    found = session.rows(
        select(col(Member.id), col(Member.area), col(Member.work))
        .join(Dweller, col(Dweller.member) == col(Member.id))
        .where(col(Dweller.place).in_(places))
        .distinct()
    )
    return Counter(Label(row.area or "", row.work or "") for row in found)


def wider(label: Label) -> Label:
    """One step: the next area around, then the work alone, then nothing."""
    if not label.area:
        return NOTHING
    beyond = around(label.area)[1:]
    return Label(beyond[0] if beyond else "", label.work)


def ladder(label: Label) -> list[Label]:
    """The label and all that is wider, without the nothing at its end."""
    steps = []
    while label != NOTHING:
        steps.append(label)
        label = wider(label)
    return steps


def allowed(label: Label, crowd: Crowd, fewest: int) -> Label:
    """The label, or the first wider one that can be shown.

    Everyone has one narrowest label that is theirs: it is shared by `fewest` whom no narrower one tells of. So neither
    a label nor the difference of two of them ever points at fewer; those who have none are told of by nothing."""
    all_in, left = _counted(crowd, label.work, fewest)
    for step in ladder(label):
        if all_in[step] >= fewest and not 0 < left[step] < fewest:
            return step
    return NOTHING


def _counted(crowd: Crowd, work: str, fewest: int) -> tuple[Counter[Label], Counter[Label]]:
    """How many there are in each label of this work, and how many of them no narrower label tells of."""
    all_in, left = Counter[Label](), Counter[Label]()
    depth: dict[Label, int] = {}
    for said, people in crowd.items():
        if said.work == work:
            left[said] += people
            steps = ladder(said)
            depth |= {step: len(steps) - at for at, step in enumerate(steps)}
            all_in.update(dict.fromkeys(steps, people))
    for step in sorted(depth, key=lambda each: -depth[each]):
        if left[step] < fewest:
            left[wider(step)] += left[step]
    return all_in, left
