"""When a worry may be seen: it waits for others and goes with them, so that the moment tells nobody who wrote it."""

import secrets
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import labels, members, occurrences, told, worries
from bot.store.community_models import Mute, Review
from bot.store.hours import to_the_hour
from bot.store.keyed import table_of
from bot.store.labels import Label
from bot.store.models import ItemKey, Worry
from bot.store.outbox import shuffled
from bot.store.rules import Rules
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.store.told import Told
from bot.store.worries import PublicWorry

TOGETHER = "worries.together"
"""The kind of occurrence at which all that wait are published, if there are enough."""

ALONE = "worry.alone"
"""The kind of occurrence at which one is, at the moment its author was told of."""

SOON = timedelta(hours=2)

Author = Hashable
"""Whatever tells one author from another."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a worry that waits goes: first, where enough others wait by then; at the latest, whoever else does."""

    first: datetime
    latest: datetime


def next_time(now: datetime, rules: Rules) -> datetime:
    """The first time of publishing after now."""
    return min(_times(now, now + timedelta(days=2), rules))


def times(since: datetime, now: datetime, rules: Rules) -> Times:
    """since: when it was confirmed."""
    first = next_time(now, rules)
    return Times(first, max(_last_time(since, rules), first))


def _last_time(since: datetime, rules: Rules) -> datetime:
    """The last time of publishing before it would have waited too long."""
    since = to_the_hour(since)
    return max(_times(since, since + rules.batch_wait, rules), default=next_time(since, rules))


def _times(after: datetime, until: datetime, rules: Rules) -> list[datetime]:
    local = after.astimezone(rules.zone).date()
    days = [local + timedelta(days=number) for number in range((until - after).days + 2)]
    found = (datetime.combine(day, time, rules.zone).astimezone(UTC) for day in days for time in rules.publish_times)
    return [each for each in found if after < each <= until]


def soon(now: datetime, rules: Rules) -> datetime:
    """A random minute within the next two hours, and none at which others are published together."""
    minute = now.replace(second=0, microsecond=0)
    minutes = [minute + timedelta(minutes=number) for number in range(1, SOON // timedelta(minutes=1))]
    return secrets.choice([each for each in minutes if not _is_time(each, rules)])


def _is_time(moment: datetime, rules: Rules) -> bool:
    return moment.astimezone(rules.zone).time() in rules.publish_times


def line_up(session: Session, worry_id: str, now: datetime, rules: Rules) -> None:
    """From now on it waits to be published with the others."""
    release_at = next_time(now, rules) if rules.publish_times else now
    values = {"state": "waiting", "held_for": None, "opened_at": to_the_hour(now), "release_at": release_at}
    session.run(update(Worry).where(col(Worry.id) == worry_id).values(**values))
    occurrences.plan(session, TOGETHER, "", release_at)


def line_up_alone(session: Session, worry_id: str, release_at: datetime) -> None:
    """It goes at this moment, whoever else waits."""
    session.run(update(Worry).where(col(Worry.id) == worry_id).values(state="waiting", release_at=release_at))
    occurrences.plan(session, ALONE, worry_id, release_at)


_waits = (
    select(col(Worry.id), col(Worry.opened_at))
    .where(col(Worry.state) == "waiting", col(Worry.release_at) <= bindparam("now"))
    .order_by(col(Worry.id))
    .with_for_update()
)
_waiting = select(col(Worry.id)).where(col(Worry.state) == "waiting").limit(1)


def batch(session: Session, now: datetime, rules: Rules) -> list[str]:
    """The ids of those whose time has come, in no order that says anything; none while too few different people wait
    and nobody has waited long enough."""
    found = [(row, author) for row in session.rows(_waits, now=now) if (author := _author(session, row.id))]
    waiting = [(author, row.opened_at) for row, author in found]
    return shuffled(row.id for row, _ in found) if may_go(waiting, now, rules) else []


def may_go(waiting: Sequence[tuple[Author, datetime]], now: datetime, rules: Rules) -> bool:
    """waiting: who wrote what waits, and since when."""
    if not rules.publish_times or len({author for author, _ in waiting}) >= rules.batch_authors:
        return True
    return any(_last_time(since, rules) <= now for _, since in waiting)


def anybody_waits(session: Session) -> bool:
    return session.first(_waiting) is not None


def _author(session: Session, worry_id: str) -> Author | None:
    """Known in this transaction's memory alone, to tell people apart; None where its key is gone or rotten."""
    try:
        _, item, row = worries.unsealed(session, worry_id, states=("waiting",))
    except (Refused, WrongKey):
        return None
    address = item.open_address(row.return_address, "author")
    return address.platform, address.space, address.channel


def publish(session: Session, worry_id: str, now: datetime, rules: Rules) -> PublicWorry:
    """Refused where it waits no longer. From now on it is as old as its publishing."""
    worry, item, row = worries.unsealed(session, worry_id, to_change=True, states=("waiting",))
    author = item.open_address(row.return_address, "author")
    beside = labelled(session, worry.beside, worry.places, author, rules)
    values = {"state": "open", "opened_at": to_the_hour(now), "release_at": None, "label": told.seal(item, beside)}
    session.run(update(Worry).where(col(Worry.id) == worry_id).values(**values))
    return replace(worry, state="open", beside=beside)


def labelled(session: Session, beside: Told, places: Sequence[str], author: Address, rules: Rules) -> Told:
    """As much of its author as enough of those share who live where it goes."""
    member = members.find(session, author) if beside.labelled else None
    if member is None:
        return replace(beside, labelled=False)
    crowd = labels.crowd(session, places)
    label = labels.allowed(Label(member.area, member.work), crowd, rules.label_members)
    return replace(beside, labelled=False, area=label.area, work=label.work)


def mix(session: Session, worry_ids: list[str]) -> None:
    """Their rows are written anew in the order of their random names: as they came, the database would still hold who
    was confirmed after whom."""
    kept = {each for about in (Review, Mute) for each in _with_rows(session, about.worry, worry_ids)}
    for model, name in ((Worry, Worry.id), (ItemKey, ItemKey.item)):
        table = table_of(model)
        among = col(name).in_([each for each in worry_ids if each not in kept])
        rows = session.rows(select(table).where(among).order_by(col(name)))
        session.run(delete(model).where(among))
        session.run_many(insert(table), [dict(row._mapping) for row in rows])


def _with_rows(session: Session, worry: str, worry_ids: list[str]) -> list[str]:
    """worry: the column of a table whose rows hold on to these, so that they cannot be taken away for a moment."""
    return [row[0] for row in session.rows(select(col(worry)).where(col(worry).in_(worry_ids)))]


def told_times(session: Session, worry: PublicWorry, now: datetime, rules: Rules) -> Times | None:
    """What its author may expect; None where it waits for nothing."""
    row = session.first(select(col(Worry.opened_at), col(Worry.release_at)).where(col(Worry.id) == worry.id))
    if worry.state != "waiting" or row is None or row.release_at is None:
        return None
    if not rules.publish_times or not _is_time(row.release_at, rules):
        return Times(now, row.release_at)
    return times(row.opened_at, now, rules)
