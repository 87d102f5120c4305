"""A worry with its posts, an answer with its own, and a conference, as rows: what erasing and retention meet."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import func, select
from sqlmodel import col

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox, places, polls, posts, worries
from bot.store.conferences import PublicConference
from bot.store.models import Outbox, Table
from bot.store.outbox import Letter
from bot.store.places import Place
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from bot.store.worries import PublicAnswer, PublicWorry
from tests.store.people import HANA, KEN, NOW

WORDS = "訪問しても、親御さんばかりお話しになります。"
SAID = "まず手紙を一通、置いてみませんか。"
_numbers = count(1)


def place(session: Session) -> Place:
    return places.link(session, Address("slack", "team", f"group-{next(_numbers)}"), "広場", "ja")


def stands(session: Session, key: str, where: Place, words: str = "", *, arrived: bool = True) -> None:
    """A lasting letter; arrived: the platform has it, and told us where."""
    letter = Letter(key, where.address, Message(quote=words), NOW, lasting=True)
    assert outbox.put(session, letter)
    if arrived:
        deliver(session, key)


def deliver(session: Session, key: str) -> None:
    token = session.keys.token("letter", key)
    outgoing = next(each for each in outbox.claim(session, NOW) if each.token == token)
    outbox.delivered(session, outgoing, f"where {key} stands")


def shared(session: Session, where: Place, author: Address = HANA, now: datetime = NOW) -> PublicWorry:
    worry = worries.share(session, WORDS, [where.id], author, now)
    stands(session, posts.worry_key(worry.id, where.id), where, WORDS)
    return worry


def answered(
    session: Session, worry: PublicWorry, where: Place, writer: Address = KEN, now: datetime = NOW
) -> PublicAnswer:
    said = worries.answer(session, worry.id, SAID, writer, now).answer
    stands(session, posts.answer_key(said.id, where.id), where, SAID)
    return said


def conference(session: Session, where: Place, last: datetime, member: str = "m") -> PublicConference:
    starts = [last - timedelta(days=1), last]
    proposed = polls.propose(session, Plan("手紙の続け方", 60), [Candidate(each) for each in starts], member)
    stands(session, posts.poll_key(proposed.id, where.id), where)
    polls.vote(session, proposed.id, member, {1: "yes", 2: "no"}, starts[0] - timedelta(days=1))
    return proposed


def letter_there(session: Session, key: str) -> bool:
    token = session.keys.token("letter", key)
    return session.scalar(select(col(Outbox.seq)).where(col(Outbox.token) == token)) is not None


def sizes(session: Session) -> dict[str, int]:
    """Rows of every table that has any."""
    counted = {
        table.name: int(session.scalar(select(func.count()).select_from(table)) or 0)
        for table in Table.metadata.sorted_tables
    }
    return {name: number for name, number in counted.items() if number and name != "meta"}
