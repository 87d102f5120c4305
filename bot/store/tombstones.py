"""What was erased, and stays erased: a restored backup is held against this before anyone sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, or_, select, true
from sqlmodel import col

from bot.store import darkening, items, labels, mailroom, members, mine, posts
from bot.store.conference_models import Sheet
from bot.store.models import Answer, ItemKey, Worry
from bot.store.models import Member as MemberRow
from bot.store.models import Tombstone as Row
from bot.store.posts import Post
from bot.store.session import Session

TOPIC = "tombstones"
"""Announced when something was buried."""

Kind = Literal["worry", "answer", "member", "sheet"]
KINDS: tuple[Kind, ...] = ("worry", "answer", "member", "sheet")


@dataclass(frozen=True, slots=True)
class Tombstone:
    """subject: a random id that leads nowhere once it is gone. erased_at: the day, and no more."""

    kind: str
    subject: str
    erased_at: datetime


def bury(session: Session, kind: Kind, subject: str, now: datetime) -> None:
    """In the transaction that erases it; what is buried already keeps its day."""
    session.insert_once(Row, subject=subject, kind=kind, erased_at=_day(now))
    session.announce(TOPIC)


def mix(session: Session, now: datetime) -> None:
    """Those of today are written anew in the order of their random names: as they came, what one person erased
    together would lie side by side, for as long as they are kept."""
    today = select(col(Row.subject), col(Row.kind), col(Row.erased_at)).where(col(Row.erased_at) >= _day(now))
    rows = session.rows(today.order_by(col(Row.subject)).with_for_update())
    session.run(delete(Row).where(col(Row.subject).in_([row.subject for row in rows])))
    for row in rows:
        session.insert_once(Row, subject=row.subject, kind=row.kind, erased_at=row.erased_at)


def every(session: Session, since: datetime | None = None) -> list[Tombstone]:
    """Oldest first; within one day in the order of their random names."""
    wanted = select(col(Row.kind), col(Row.subject), col(Row.erased_at)).order_by(col(Row.erased_at), col(Row.subject))
    if since is not None:
        wanted = wanted.where(col(Row.erased_at) >= _day(since))
    return [Tombstone(row.kind, row.subject, row.erased_at) for row in session.rows(wanted)]


def merge(session: Session, rows: Iterable[Tombstone]) -> int:
    """Takes over what was buried elsewhere. Returns how many were new here."""
    new = [
        each
        for each in rows
        if each.kind in KINDS
        and session.insert_once(Row, subject=each.subject, kind=each.kind, erased_at=_day(each.erased_at))
    ]
    if new:
        session.announce(TOPIC)
    return len(new)


def apply(session: Session, now: datetime | None = None) -> int:
    """Removes whatever the tombstones name and this database still holds, and plans to replace its posts; a second
    time there is nothing left to do. Returns how many were found."""
    moment = now or datetime.now(UTC)
    open_again = or_(col(Worry.state) != "closed", col(Worry.id).in_(select(col(ItemKey.item))))
    worries = _buried(session, "worry", Worry.id, open_again)
    answers = _buried(session, "answer", Answer.id, col(Answer.body) != b"")
    people = _buried(session, "member", MemberRow.id, true())
    sheets = _buried(session, "sheet", Sheet.id, true())
    mailroom.drop_changes(session, {*worries, *answers})
    for worry_id in worries:
        _close_again(session, worry_id, moment)
    for answer_id in answers:
        _withdraw_again(session, answer_id, moment)
    for member_id in people:
        if found := members.recipient(session, member_id):
            darkening.forget_marks(session, mine.own(session, found.address))
            darkening.forget_person(session, member_id, found.address)
    for sheet_id in sheets:
        darkening.forget_sheet(session, sheet_id)
    if people:
        labels.look_again(session, moment)
    return len(worries) + len(answers) + len(people) + len(sheets)


def forget_old(session: Session, now: datetime, keep: timedelta) -> None:
    """Once no backup is left that could bring it back."""
    session.run(delete(Row).where(col(Row.erased_at) < now - keep))


def _buried(session: Session, kind: Kind, ids: str, still: ColumnElement[bool]) -> Sequence[str]:
    """ids: the column `id` of the table; those of its rows that should not be there any more."""
    name = col(ids)
    tombs = select(col(Row.subject)).where(col(Row.kind) == kind)
    return [row[0] for row in session.rows(select(name).where(name.in_(tombs), still))]


def _close_again(session: Session, worry_id: str, now: datetime) -> None:
    places = _places(session, worry_id)
    for place in places:
        _take_back(session, Post("worry", posts.worry_key(worry_id, place), place), now)
    darkening.darken_worry(session, worry_id, places, now, now)


def _withdraw_again(session: Session, answer_id: str, now: datetime) -> None:
    worry_id = str(session.scalar(select(col(Answer.worry)).where(col(Answer.id) == answer_id)) or "")
    for place in _places(session, worry_id):
        _take_back(session, Post("answer", posts.answer_key(answer_id, place), place), now)
    darkening.silence_answer(session, answer_id)


def _take_back(session: Session, post: Post, now: datetime) -> None:
    """What an old backup was just sending is not carried at all."""
    if posts.take_back(session, post, now):
        posts.forget(session, post.key)


def _places(session: Session, worry_id: str) -> list[str]:
    """None where the backup holds no key to read them with."""
    sealed = session.scalar(select(col(Worry.places)).where(col(Worry.id) == worry_id))
    item = items.find(session, worry_id)
    return item.open(sealed, "places").split() if item and sealed else []


def _day(moment: datetime) -> datetime:
    """An hour would tell what one person erased together."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
