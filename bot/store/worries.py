"""Worries and their answers. No row says who wrote them; the way back is sealed with the item's own key."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import items, mailroom, mine, told, tombstones, understood, voices
from bot.store.darkening import darken_worry
from bot.store.hours import to_the_hour
from bot.store.models import Answer, Worry
from bot.store.pseudonyms import PLANTS, fresh
from bot.store.seal import same
from bot.store.session import Session
from bot.store.told import Told
from bot.store.voices import AUTHOR as AUTHOR

PUBLISHED = ("open",)
LIVING = ("waiting", "held", "open", "hidden")
"""waiting: for its time to be published; held: before anyone saw it, hidden: afterwards, until somebody has looked.
Whoever wrote it sees it in all of them; everybody else only while it is open."""

ANSWERED = ("open", "held")
"""Where it can be answered; while it is held, by who looks after it and its author alone (store/held.py)."""


@dataclass(frozen=True, slots=True)
class PublicWorry:
    """The only shape of a worry that others may be shown. pseudonym: a code of store/pseudonyms.py.
    places: the ids of those where it stands, fixed when it was confirmed.
    understood: how many say わかります; nothing below three. beside: what may be told with it."""

    id: str
    pseudonym: str
    text: str
    places: tuple[str, ...]
    state: str = "open"
    version: int = 1
    understood: int = 0
    beside: Told = told.NOTHING


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """voice: AUTHOR or the code of a pseudonym; seq counts those that everybody sees from 1. name: one that its writer
    wished to give. aside: it stands in no place, but between two people alone. understood: as of a worry."""

    id: str
    worry: PublicWorry
    seq: int
    voice: str
    text: str
    name: str = ""
    aside: bool = False
    understood: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer and where the one it speaks to can be told; None when nobody needs to be. to_oneself: nobody else is
    spoken to."""

    answer: PublicAnswer
    tell: Address | None
    to_oneself: bool = False


_borne = select(col(Worry.state)).where(col(Worry.pseudonym) == bindparam("name"))
"""Not asked for open ones only: SQLite would then walk along all that are open."""


def share(
    session: Session,
    text: str,
    places: Sequence[str],
    author: Address,
    now: datetime,
    beside: Told = told.NOTHING,
    *,
    state: str = "open",
    held_for: str | None = None,
    release_at: datetime | None = None,
) -> PublicWorry:
    """release_at: it waits until then, seen by nobody but its author."""
    worry_id = secrets.token_urlsafe(16)
    item = items.create(session, worry_id)
    name = fresh(PLANTS, lambda code: any(row.state != "closed" for row in session.rows(_borne, name=code)))
    worry = PublicWorry(worry_id, name, text, tuple(places), "waiting" if release_at else state, beside=beside)
    session.insert(
        Worry,
        id=worry.id,
        pseudonym=worry.pseudonym,
        places=item.seal(" ".join(places), "places"),
        state=worry.state,
        held_for=held_for,
        body=item.seal(text, "body"),
        return_address=item.seal_address(author, "author"),
        closing_token=item.token(author),
        opened_at=to_the_hour(now),
        release_at=release_at,
        label=told.seal(item, beside),
    )
    return worry


def find(session: Session, worry_id: str, *, to_change: bool = False, states: Sequence[str] = PUBLISHED) -> PublicWorry:
    """Refused where it is closed, erased, never was, or is in none of these states: nobody learns which."""
    return unsealed(session, worry_id, to_change=to_change, states=states)[0]


def answer(
    session: Session,
    worry_id: str,
    text: str,
    writer: Address,
    now: datetime,
    to: str = "",
    *,
    name: str = "",
    aside: bool = False,
) -> Posted:
    """Adds an answer. to: the answer it speaks to, or nothing for the worry itself. name: what its writer wishes to be
    called; what one says with a name and without has different voices. aside: for the two alone."""
    worry, item, row = unsealed(session, worry_id, to_change=True, states=ANSWERED)
    own, token = item.tokens(writer), item.token(writer, named=bool(name))
    listener, listener_token = voices.listener(session, item, row, to, own)
    seq, answer_id = voices.next_seq(session, worry_id), secrets.token_urlsafe(16)
    voice = voices.voice(session, worry_id, token, row.closing_token)
    session.insert(
        Answer,
        id=answer_id,
        worry=worry_id,
        seq=seq,
        voice=voice,
        voice_token=token,
        reader_token=listener_token,
        body=item.seal(text, f"answer:{answer_id}"),
        return_address=item.seal_address(writer, f"writer:{answer_id}"),
        aside=aside,
        name=item.seal(name, f"name:{answer_id}") if name else None,
    )
    session.run(update(Worry).where(col(Worry.id) == worry_id).values(active_at=to_the_hour(now)))
    number = 0 if aside else voices.number(session, worry_id, seq)
    answered = PublicAnswer(answer_id, worry, number, voice, text, name, aside)
    to_oneself = listener_token in own
    return Posted(answered, None if to_oneself else listener, to_oneself)


_answer = select(
    col(Answer.id),
    col(Answer.worry),
    col(Answer.seq),
    col(Answer.voice),
    col(Answer.voice_token),
    col(Answer.reader_token),
    col(Answer.body),
    col(Answer.name),
    col(Answer.aside),
    col(Answer.state),
    understood.count_of(col(Answer.id)),
).where(col(Answer.id) == bindparam("which"))


def answer_row(session: Session, answer_id: str) -> Any:
    """For the other rooms of the store. Refused where there is none."""
    found = session.first(_answer, which=answer_id)
    if found is None:
        raise Refused("worry.gone")
    return found


def open_answer(session: Session, worry: PublicWorry, item: items.Item, row: Any) -> PublicAnswer:
    """Refused where whoever wrote it has erased it."""
    if not row.body:
        raise Refused("worry.withdrawn")
    return PublicAnswer(
        row.id,
        worry,
        0 if row.aside else voices.number(session, row.worry, row.seq),
        row.voice,
        item.open(row.body, f"answer:{row.id}"),
        item.open(row.name, f"name:{row.id}") if row.name else "",
        row.aside,
        understood.shown(row.understood),
    )


def read(session: Session, answer_id: str, reader: Address) -> tuple[PublicAnswer, bool]:
    """The answer, and whether the reader is the one who asked. Refused for anyone it was not written to, and where
    whoever wrote it has erased it."""
    found = answer_row(session, answer_id)
    worry, item, row = unsealed(session, found.worry, states=ANSWERED)
    own = item.tokens(reader)
    if found.reader_token not in own:
        raise Refused("worry.gone")
    if found.state != "open":
        raise Refused("report.looked_at")
    return open_answer(session, worry, item, found), row.closing_token in own


def thread(session: Session, worry_id: str, person: Address) -> tuple[PublicWorry, int, str]:
    """The worry, how many answers it has, and the id of the newest that speaks to who opened it ("" for none).

    Refused for anyone else."""
    worry, item, row = unsealed(session, worry_id, states=LIVING)
    if not same(item.token(person), row.closing_token):
        raise Refused("worry.gone")
    found = session.rows(
        select(col(Answer.id), col(Answer.reader_token))
        .where(col(Answer.worry) == worry_id, col(Answer.body) != b"")
        .order_by(col(Answer.seq))
    )
    to_author = [answer.id for answer in found if same(answer.reader_token, row.closing_token)]
    return worry, len(found), to_author[-1] if to_author else ""


def worry_of(session: Session, answer_id: str) -> str:
    """The open worry an answer belongs to. Refused where there is none."""
    found = session.scalar(select(col(Answer.worry)).where(col(Answer.id) == answer_id))
    if not found:
        raise Refused("worry.gone")
    return str(found)


def is_author(session: Session, worry_id: str, person: Address) -> bool:
    _, item, row = unsealed(session, worry_id, states=LIVING)
    return same(item.token(person), row.closing_token)


def close(session: Session, worry_id: str, by: Address, now: datetime) -> PublicWorry:
    """Only who opened it can."""
    worry, item, row = unsealed(session, worry_id, to_change=True, states=LIVING)
    if not same(item.token(by), row.closing_token):
        raise Refused("worry.gone")
    shut(session, worry, now)
    tombstones.mix(session, now)
    mailroom.erase(session, (), by)
    return worry


def shut(session: Session, worry: PublicWorry, now: datetime) -> None:
    """For good, whoever ends it."""
    darken_worry(session, worry.id, worry.places, now, closed_at=now)
    tombstones.bury(session, "worry", worry.id, now)


def own(session: Session, person: Address) -> list[PublicWorry]:
    return [find(session, worry_id, states=LIVING) for worry_id in mine.own_worries(session, person)]


_look_at = select(
    col(Worry.id),
    col(Worry.pseudonym),
    col(Worry.places),
    col(Worry.body),
    col(Worry.return_address),
    col(Worry.closing_token),
    col(Worry.state),
    col(Worry.version),
    understood.count_of(col(Worry.id)),
    col(Worry.label),
    col(Worry.opened_at),
    col(Worry.release_at),
).where(col(Worry.id) == bindparam("which"), col(Worry.state) != "closed")
_hold = _look_at.with_for_update()
"""Answers are numbered one after the other, and none is written to a worry that is being closed."""


def unsealed(
    session: Session, worry_id: str, *, to_change: bool = False, states: Sequence[str] = PUBLISHED
) -> tuple[PublicWorry, items.Item, Any]:
    """The worry, what its key can do, and its row, for the other rooms of the store."""
    row = session.first(_hold if to_change else _look_at, which=worry_id)
    item = row and items.find(session, worry_id)
    if row is None or item is None or row.state not in states:
        raise Refused("worry.gone")
    where = tuple(item.open(row.places, "places").split())
    text = item.open(row.body, "body")
    say, beside = understood.shown(row.understood), told.unseal(item, row.label)
    return PublicWorry(row.id, row.pseudonym, text, where, row.state, row.version, say, beside), item, row
