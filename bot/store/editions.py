"""The editions of the centre's own handbook: drafts, the one that answers, and those whose citations still resolve."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.moments import Moment, reached
from bot.store.handbook_models import Edition as Row
from bot.store.handbook_models import Passage as PassageRow
from bot.store.session import Session

CHANGED = "handbook"
"""Announced when another edition answers, or none."""

BETWEEN = " › "
"""Stands between the headings on the way to a passage."""

State = Literal["draft", "published", "retired", "removed"]


@dataclass(frozen=True, slots=True)
class Passage:
    """heading: the way to it. point, page: as the document writes them."""

    heading: str
    point: str
    page: str
    body: str


@dataclass(frozen=True, slots=True)
class Edition:
    """passages, points: how many it has."""

    id: str
    title: str
    state: State
    kind: str
    pages: int
    passages: int
    points: int
    imported_at: datetime
    published_at: datetime | None


_counted = (
    select(
        *Row.__table__.columns,  # type: ignore[attr-defined]
        func.count(col(PassageRow.id)).label("passages"),
    )
    .join(PassageRow, col(PassageRow.edition) == col(Row.id), isouter=True)
    .group_by(*Row.__table__.columns)  # type: ignore[attr-defined]
    .order_by(col(Row.imported_at), col(Row.id))
)
_points = (
    select(col(PassageRow.edition), col(PassageRow.heading), col(PassageRow.point))
    .where(col(PassageRow.point) != "")
    .distinct()
    .subquery()
)
_points_of = select(_points.c.edition, func.count().label("points")).group_by(_points.c.edition)
_answering = select(col(Row.id)).where(col(Row.state) == "published")
_hold = select(col(Row.id)).order_by(col(Row.id)).with_for_update()
"""Whoever changes what answers holds every edition, so that never two do."""

_which = col(Row.id) == bindparam("which")
_passages = select(
    col(PassageRow.number), col(PassageRow.heading), col(PassageRow.point), col(PassageRow.page), col(PassageRow.body)
).where(col(PassageRow.edition) == bindparam("edition"))


def add(
    session: Session, title: str, kind: str, pages: int, digest: str, passages: Sequence[Passage], now: datetime
) -> str:
    """A draft, which nobody finds yet. Refused where the same file is there already."""
    same = select(col(Row.id)).where(col(Row.digest) == digest, col(Row.state) != "removed")
    if known := session.scalar(same):
        raise Refused("editions.already", edition=known)
    edition = secrets.token_hex(4)
    session.insert(
        Row,
        id=edition,
        title=title,
        state="draft",
        kind=kind,
        pages=pages,
        digest=digest,
        imported_at=now,
        published_at=None,
    )
    session.run_many(
        insert(PassageRow.__table__),  # type: ignore[attr-defined]
        [
            {
                "id": f"{edition}.{number}",
                "edition": edition,
                "number": number,
                "heading": each.heading,
                "point": each.point,
                "page": each.page,
                "body": each.body,
            }
            for number, each in enumerate(passages, start=1)
        ],
    )
    return edition


def every(session: Session) -> list[Edition]:
    """In the order in which they came, with what was removed."""
    points = {row.edition: row.points for row in session.rows(_points_of)}
    return [_edition(row, points.get(row.id, 0)) for row in session.rows(_counted)]


def find(session: Session, name: str) -> Edition:
    """By its id, or how that begins. Refused where there is none, or more than one."""
    wanted = name.strip().lower()
    found = [each for each in every(session) if wanted and each.id.startswith(wanted)]
    if len(found) != 1:
        raise Refused("editions.unknown" if not found else "editions.ambiguous")
    return found[0]


def answering(session: Session) -> str:
    """The id of the edition that answers; empty where none does. What an edition holds never changes."""
    return str(session.scalar(_answering) or "")


def passages(session: Session, edition: str) -> list[tuple[int, Passage]]:
    """With their numbers, in the order of the document."""
    rows = session.rows(_passages.order_by(col(PassageRow.number)), edition=edition)
    return [(row.number, Passage(row.heading, row.point, row.page, row.body)) for row in rows]


def passage(session: Session, edition: str, number: int) -> tuple[str, Passage] | None:
    """With the title of its edition, also where that one answers no more; None where it was removed for good."""
    title = session.scalar(select(col(Row.title)).where(_which), which=edition)
    row = session.first(_passages.where(col(PassageRow.number) == bindparam("number")), edition=edition, number=number)
    if title is None or row is None:
        return None
    return str(title), Passage(row.heading, row.point, row.page, row.body)


def publish(session: Session, edition: str, now: datetime) -> None:
    """From now on this one answers, and the one before rests. Refused where it was removed."""
    session.rows(_hold)
    chosen = find(session, edition)
    if chosen.state == "removed":
        raise Refused("editions.removed")
    if chosen.state == "published":
        raise Refused("editions.answers_already")
    _retire(session)
    session.run(update(Row).where(_which).values(state="published", published_at=now), which=chosen.id)
    if __debug__:
        reached(Moment.PUBLISHING)
    session.announce(CHANGED)


def roll_back(session: Session) -> Edition:
    """The edition that answered before does so again. Refused where there is none."""
    session.rows(_hold)
    known = every(session)
    now = next((each for each in known if each.state == "published"), None)
    before = [
        each
        for each in known
        if each.state == "retired" and each.published_at and (now is None or each.published_at < _moment(now))
    ]
    if not before:
        raise Refused("editions.none_before")
    last = max(before, key=_moment)
    _retire(session)
    session.run(update(Row).where(_which).values(state="published"), which=last.id)
    session.announce(CHANGED)
    return last


def remove(session: Session, edition: str, *, for_good: bool) -> Edition:
    """It can answer no more. What was cited of it can still be read, unless it is removed for good."""
    session.rows(_hold)
    chosen = find(session, edition)
    if for_good:
        session.run(delete(PassageRow).where(col(PassageRow.edition) == chosen.id))
        session.run(delete(Row).where(_which), which=chosen.id)
    else:
        session.run(update(Row).where(_which).values(state="removed"), which=chosen.id)
    if chosen.state == "published":
        session.announce(CHANGED)
    return chosen


def _retire(session: Session) -> None:
    session.run(update(Row).where(col(Row.state) == "published").values(state="retired"))


def _moment(edition: Edition) -> datetime:
    if edition.published_at is None:
        raise ValueError("it never answered")
    return edition.published_at


def _edition(row: Any, points: int) -> Edition:
    return Edition(
        id=row.id,
        title=row.title,
        state=row.state,
        kind=row.kind,
        pages=row.pages,
        passages=row.passages,
        points=points,
        imported_at=row.imported_at,
        published_at=row.published_at,
    )
