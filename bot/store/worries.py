"""Worries and their answers. No row says who wrote them; the way back is sealed with the item's own key."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import items, mailroom, mine, tombstones
from bot.store.darkening import darken_worry, to_the_hour
from bot.store.models import Answer, Worry
from bot.store.pseudonyms import BIRDS, PLANTS, fresh
from bot.store.seal import WrongKey, same
from bot.store.session import Session

PUBLISHED = ("open",)
LIVING = ("waiting", "held", "open", "hidden")
"""waiting: for its time to be published; held: before anyone saw it, hidden: afterwards, until somebody has looked.
Whoever wrote it sees it in all of them; everybody else only while it is open."""

ANSWERED = ("open", "held")
"""Where it can be answered; while it is held, by who looks after it and its author alone (store/held.py)."""

AUTHOR = "author"
"""The voice of whoever opened the worry."""

KEEP_CLOSED = timedelta(days=30)
"""The rows of closed worries, which hold nothing of anyone, go after this."""


@dataclass(frozen=True, slots=True)
class PublicWorry:
    """The only shape of a worry that others may be shown. pseudonym: a code of store/pseudonyms.py.
    places: the ids of those where it stands, fixed when it was confirmed."""

    id: str
    pseudonym: str
    text: str
    places: tuple[str, ...]
    state: str = "open"
    version: int = 1


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """voice: AUTHOR or the code of a pseudonym; seq counts the answers of a worry from 1."""

    id: str
    worry: PublicWorry
    seq: int
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer and where the one it speaks to can be told; None when nobody needs to be."""

    answer: PublicAnswer
    tell: Address | None


_borne = select(col(Worry.state)).where(col(Worry.pseudonym) == bindparam("name"))
"""Not asked for open ones only: SQLite would then walk along all that are open."""


def share(
    session: Session,
    text: str,
    places: Sequence[str],
    author: Address,
    now: datetime,
    *,
    state: str = "open",
    held_for: str | None = None,
) -> PublicWorry:
    worry_id = secrets.token_urlsafe(16)
    item = items.create(session, worry_id)
    name = fresh(PLANTS, lambda code: any(row.state != "closed" for row in session.rows(_borne, name=code)))
    worry = PublicWorry(worry_id, name, text, tuple(places), state)
    session.insert(
        Worry,
        id=worry.id,
        pseudonym=worry.pseudonym,
        places=item.seal(" ".join(places), "places"),
        state=state,
        held_for=held_for,
        body=item.seal(text, "body"),
        return_address=item.seal_address(author, "author"),
        closing_token=item.token(author),
        opened_at=to_the_hour(now),
    )
    return worry


def find(session: Session, worry_id: str, *, to_change: bool = False, states: Sequence[str] = PUBLISHED) -> PublicWorry:
    """Refused where it is closed, erased, never was, or is in none of these states: nobody learns which."""
    return unsealed(session, worry_id, to_change=to_change, states=states)[0]


def answer(session: Session, worry_id: str, text: str, writer: Address, now: datetime, to: str = "") -> Posted:
    """Adds an answer. to: the answer it speaks to, or nothing for the worry itself."""
    worry, item, row = unsealed(session, worry_id, to_change=True, states=ANSWERED)
    token = item.token(writer)
    listener, listener_token = _listener(session, item, row, to, token)
    last = session.scalar(select(func.max(col(Answer.seq))).where(col(Answer.worry) == worry_id))
    answer_id = secrets.token_urlsafe(16)
    posted = PublicAnswer(
        answer_id, worry, int(last or 0) + 1, _voice(session, worry_id, token, row.closing_token), text
    )
    session.insert(
        Answer,
        id=answer_id,
        worry=worry_id,
        seq=posted.seq,
        voice=posted.voice,
        voice_token=token,
        reader_token=listener_token,
        body=item.seal(text, f"answer:{answer_id}"),
        return_address=item.seal_address(writer, f"writer:{answer_id}"),
    )
    session.run(update(Worry).where(col(Worry.id) == worry_id).values(active_at=to_the_hour(now)))
    return Posted(posted, listener if listener_token != token else None)


def read(session: Session, answer_id: str, reader: Address) -> tuple[PublicAnswer, bool]:
    """The answer, and whether the reader is the one who asked. Refused for anyone it was not written to, and where
    whoever wrote it has erased it."""
    found = session.first(
        select(
            col(Answer.worry),
            col(Answer.seq),
            col(Answer.voice),
            col(Answer.reader_token),
            col(Answer.body),
            col(Answer.state),
        ).where(col(Answer.id) == answer_id)
    )
    if found is None:
        raise Refused("worry.gone")
    worry, item, row = unsealed(session, found.worry, states=ANSWERED)
    token = item.token(reader)
    if token != found.reader_token:
        raise Refused("worry.gone")
    if not found.body:
        raise Refused("worry.withdrawn")
    if found.state != "open":
        raise Refused("report.looked_at")
    text = item.open(found.body, f"answer:{answer_id}")
    return PublicAnswer(answer_id, worry, found.seq, found.voice, text), token == row.closing_token


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
    _shut(session, worry, now)
    tombstones.mix(session, now)
    mailroom.erase(session, (), by)
    return worry


def close_unanswered(session: Session, before: datetime, now: datetime, most: int) -> list[PublicWorry]:
    """Closes open worries in which nothing was said since then, at most so many at once."""
    last = func.coalesce(col(Worry.active_at), col(Worry.opened_at))
    found = session.rows(select(col(Worry.id)).where(col(Worry.state).in_(LIVING), last < before).limit(most))
    closed = []
    for row in found:
        try:
            worry = find(session, row.id, to_change=True, states=LIVING)
        except Refused:  # its key is gone: what is left of it is closed without a word
            darken_worry(session, row.id, (), now, now)
            continue
        except WrongKey:  # a damaged row: it stays as it is, and stands in no other's way
            continue
        _shut(session, worry, now)
        closed.append(worry)
    return closed


def _shut(session: Session, worry: PublicWorry, now: datetime) -> None:
    darken_worry(session, worry.id, worry.places, now, closed_at=now)
    tombstones.bury(session, "worry", worry.id, now)


def forget_old(session: Session, now: datetime) -> None:
    """The rows of worries that were closed long ago; where an older version did not note when, since they opened."""
    ended = func.coalesce(col(Worry.closed_at), col(Worry.opened_at))
    session.run(delete(Worry).where(col(Worry.state) == "closed", ended < now - KEEP_CLOSED))


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
    return PublicWorry(row.id, row.pseudonym, text, where, row.state, row.version), item, row


def _listener(session: Session, item: items.Item, row: Any, to: str, writer: str) -> tuple[Address | None, str]:
    """Whom an answer speaks to: the writer of the answer named, else the one who asked."""
    if to:
        found = session.first(
            select(col(Answer.voice_token), col(Answer.return_address)).where(
                col(Answer.id) == to, col(Answer.worry) == item.id
            )
        )
        if found is None:
            raise Refused("worry.gone")
        if found.voice_token != writer:
            left = not found.return_address
            return None if left else item.open_address(found.return_address, f"writer:{to}"), found.voice_token
    return item.open_address(row.return_address, "author"), row.closing_token


def _voice(session: Session, worry_id: str, token: str, closing_token: str) -> str:
    if token == closing_token:
        return AUTHOR
    voices = {
        row.voice_token: row.voice
        for row in session.rows(select(col(Answer.voice_token), col(Answer.voice)).where(col(Answer.worry) == worry_id))
    }
    return voices.get(token) or fresh(BIRDS, set(voices.values()).__contains__)
