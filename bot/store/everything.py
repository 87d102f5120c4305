"""All that is kept of one person's words and choices, for that person alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from bot.chat.events import Address
from bot.store import daily_lines, drafts, feeds, items, mine, rota, talks, worries
from bot.store.conference_models import Conference, Slot, Vote
from bot.store.models import Worry
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Counts:
    worries: int
    answers: int
    votes: int
    drafts: int
    pressed: int = 0
    muted: int = 0
    duties: int = 0
    line: str = ""
    """The time of day of 今日の一行."""
    calendar: bool = False
    """Whether there is an address to subscribe to."""


@dataclass(frozen=True, slots=True)
class OwnWorry:
    pseudonym: str
    text: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """pseudonym: of the worry it belongs to. number: which of its answers; 0 for what was said to one person alone.
    name: what its writer wished to be called."""

    pseudonym: str
    number: int
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name given to one person alone, and the pseudonym of the worry."""

    pseudonym: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnVote:
    theme: str
    starts_at: datetime
    value: str


@dataclass(frozen=True, slots=True)
class Everything:
    worries: tuple[OwnWorry, ...]
    answers: tuple[OwnAnswer, ...]
    votes: tuple[OwnVote, ...]
    drafts: tuple[str, ...]
    names: tuple[OwnName, ...] = ()
    duties: tuple[str, ...] = ()
    """Days, in ISO."""
    line: str = ""
    """The time of day of 今日の一行."""


_worry = select(col(Worry.pseudonym), col(Worry.body), col(Worry.opened_at)).where(col(Worry.id) == bindparam("which"))
_votes = (
    select(col(Conference.id), col(Conference.theme), col(Slot.starts_at), col(Vote.value))
    .join(Slot, (col(Slot.conference) == col(Vote.conference)) & (col(Slot.number) == col(Vote.number)))
    .join(Conference, col(Conference.id) == col(Vote.conference))
    .where(col(Vote.member) == bindparam("whose"))
    .order_by(col(Slot.starts_at), col(Conference.id))
)


def count(session: Session, person: Address, member_id: str) -> Counts:
    own = mine.own(session, person)
    voted = select(func.count(col(Vote.conference).distinct())).where(col(Vote.member) == member_id)
    votes = int(session.scalar(voted) or 0)
    written = len(own.worries), len(own.answers), votes, drafts.count(session, person)
    return Counts(
        *written,
        len(own.pressed),
        len(own.muted),
        len(rota.own_days(session, member_id)),
        daily_lines.wished(session, member_id),
        feeds.exists(session, member_id),
    )


def gather(session: Session, person: Address, member_id: str, now: datetime) -> Everything:
    own = mine.own(session, person)
    return Everything(
        worries=tuple(_own_worry(session, worry_id) for worry_id in own.worries),
        answers=tuple(_own_answer(session, *each) for each in own.answers),
        votes=tuple(
            OwnVote(session.keys.box.open(row.theme, f"theme:{row.id}").decode(), row.starts_at, row.value)
            for row in session.rows(_votes, whose=member_id)
        ),
        drafts=tuple(_half_written(session, person, now)),
        names=tuple(OwnName(*each) for each in talks.own_names(session, own)),
        duties=tuple(rota.own_days(session, member_id)),
        line=daily_lines.wished(session, member_id),
    )


def _own_worry(session: Session, worry_id: str) -> OwnWorry:
    row, item = session.first(_worry, which=worry_id), items.known(session, worry_id)
    return OwnWorry(row.pseudonym, item.open(row.body, "body"), row.opened_at)


def _own_answer(session: Session, answer_id: str, worry_id: str) -> OwnAnswer:
    row, item = worries.answer_row(session, answer_id), items.known(session, worry_id)
    worry = worries.find(session, worry_id, states=worries.LIVING)
    answer = worries.open_answer(session, worry, item, row)
    return OwnAnswer(worry.pseudonym, answer.seq, answer.text, answer.name)


def _half_written(session: Session, person: Address, now: datetime) -> Iterator[str]:
    for draft in drafts.every(session, person, now):
        yield from drafts.words_of(draft)
