"""Worries and their answers. No row says who wrote them; the way back is sealed with the item's own key."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import items, outbox
from bot.store.models import Answer, Worry
from bot.store.pseudonyms import BIRDS, PLANTS, fresh
from bot.store.seal import same
from bot.store.session import Session

AUTHOR = "author"
"""The voice of whoever opened the worry."""


@dataclass(frozen=True, slots=True)
class PublicWorry:
    """The only shape of a worry that others may be shown. pseudonym: a code of store/pseudonyms.py.
    places: the ids of those where it stands, fixed when it was confirmed."""

    id: str
    pseudonym: str
    text: str
    places: tuple[str, ...]


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


_borne = select(col(Worry.id)).where(col(Worry.pseudonym) == bindparam("name"), col(Worry.state) == "open").limit(1)


def share(session: Session, text: str, places: Sequence[str], author: Address, now: datetime) -> PublicWorry:
    worry_id = secrets.token_urlsafe(16)
    item = items.create(session, worry_id)
    name = fresh(PLANTS, lambda code: session.scalar(_borne, name=code) is not None)
    worry = PublicWorry(worry_id, name, text, tuple(places))
    session.insert(
        Worry,
        id=worry.id,
        pseudonym=worry.pseudonym,
        places=item.seal(" ".join(places), "places"),
        state="open",
        body=item.seal(text, "body"),
        return_address=item.seal_address(author, "author"),
        closing_token=item.token(author),
        opened_at=now.replace(minute=0, second=0, microsecond=0),  # the hour is enough, and tells less
    )
    return worry


def find(session: Session, worry_id: str) -> PublicWorry:
    """Refused where it is closed, erased or never was: nobody learns which."""
    return _open(session, worry_id)[0]


def answer(session: Session, worry_id: str, text: str, writer: Address, to: str = "") -> Posted:
    """Adds an answer. to: the answer it speaks to, or nothing for the worry itself."""
    worry, item, row = _open(session, worry_id, to_change=True)
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
    return Posted(posted, listener if listener_token != token else None)


def read(session: Session, answer_id: str, reader: Address) -> tuple[PublicAnswer, bool]:
    """The answer, and whether the reader is the one who asked. Refused for anyone it was not written to."""
    found = session.first(
        select(col(Answer.worry), col(Answer.seq), col(Answer.voice), col(Answer.reader_token), col(Answer.body)).where(
            col(Answer.id) == answer_id
        )
    )
    if found is None:
        raise Refused("worry.gone")
    worry, item, row = _open(session, found.worry)
    token = item.token(reader)
    if token != found.reader_token:
        raise Refused("worry.gone")
    text = item.open(found.body, f"answer:{answer_id}")
    return PublicAnswer(answer_id, worry, found.seq, found.voice, text), token == row.closing_token


def thread(session: Session, worry_id: str, person: Address) -> tuple[PublicWorry, int, str]:
    """The worry, how many answers it has, and the id of the newest that speaks to who opened it ("" for none).

    Refused for anyone else."""
    worry, item, row = _open(session, worry_id)
    if not same(item.token(person), row.closing_token):
        raise Refused("worry.gone")
    found = session.rows(
        select(col(Answer.id), col(Answer.reader_token)).where(col(Answer.worry) == worry_id).order_by(col(Answer.seq))
    )
    to_author = [answer.id for answer in found if same(answer.reader_token, row.closing_token)]
    return worry, len(found), to_author[-1] if to_author else ""


def forget_voice(session: Session, person: Address) -> None:
    """Whoever leaves is not told of anything any more: the way back to them goes from every open thread."""
    for worry_id in [row[0] for row in session.rows(select(col(Worry.id)).where(col(Worry.state) == "open"))]:
        item = items.find(session, worry_id)
        if item:
            spoken = (col(Answer.worry) == worry_id, col(Answer.voice_token) == item.token(person))
            session.run(update(Answer).where(*spoken).values(return_address=b""))


def worry_of(session: Session, answer_id: str) -> str:
    """The open worry an answer belongs to. Refused where there is none."""
    found = session.scalar(select(col(Answer.worry)).where(col(Answer.id) == answer_id))
    if not found:
        raise Refused("worry.gone")
    return str(found)


def is_author(session: Session, worry_id: str, person: Address) -> bool:
    _, item, row = _open(session, worry_id)
    return same(item.token(person), row.closing_token)


def notice_key(answer_id: str) -> str:
    """The letter that tells the one an answer speaks to; one that waits is taken back when the worry closes."""
    return f"notice:{answer_id}"


def close(session: Session, worry_id: str, by: Address) -> PublicWorry:
    """Only who opened it can; destroys the key, so that not even ours finds the way back."""
    worry, item, row = _open(session, worry_id, to_change=True)
    if item.token(by) != row.closing_token:
        raise Refused("worry.gone")
    for answer in session.rows(select(col(Answer.id)).where(col(Answer.worry) == worry_id)):
        outbox.withdraw(session, notice_key(answer.id))
    items.destroy(session, worry_id)
    session.run(delete(Answer).where(col(Answer.worry) == worry_id))
    session.run(
        update(Worry)
        .where(col(Worry.id) == worry_id)
        .values(state="closed", body=b"", places=b"", return_address=b"", closing_token="")
    )
    return worry


def own(session: Session, person: Address) -> list[PublicWorry]:
    """The open worries of this person, found by trying each key: no row could list them."""
    ids = [
        row[0]
        for row in session.rows(select(col(Worry.id)).where(col(Worry.state) == "open").order_by(col(Worry.opened_at)))
    ]
    return [
        worry for worry, item, row in (_open(session, each) for each in ids) if item.token(person) == row.closing_token
    ]


_look_at = select(
    col(Worry.id),
    col(Worry.pseudonym),
    col(Worry.places),
    col(Worry.body),
    col(Worry.return_address),
    col(Worry.closing_token),
).where(col(Worry.id) == bindparam("which"), col(Worry.state) == "open")
_hold = _look_at.with_for_update()
"""Answers are numbered one after the other, and none is written to a worry that is being closed."""


def _open(session: Session, worry_id: str, *, to_change: bool = False) -> tuple[PublicWorry, items.Item, Any]:
    row = session.first(_hold if to_change else _look_at, which=worry_id)
    item = row and items.find(session, worry_id)
    if row is None or item is None:
        raise Refused("worry.gone")
    return (
        PublicWorry(row.id, row.pseudonym, item.open(row.body, "body"), tuple(item.open(row.places, "places").split())),
        item,
        row,
    )


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
