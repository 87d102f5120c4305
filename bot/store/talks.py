"""Two people go on alone: the author of a worry and one who answered, once both wish it, for as long as both do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, delete, or_, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import answers, worries
from bot.store.community_models import Talk
from bot.store.items import Item
from bot.store.mine import Own
from bot.store.models import Answer
from bot.store.session import Session
from bot.store.voices import AUTHOR
from bot.store.worries import Posted, PublicWorry

Side = Literal["author", "other"]
State = Literal["nothing", "wished", "asked", "agreed"]
"""As one of the two sees it. wished: I wish it, and hear nothing until the other does. asked: the other wishes it."""


@dataclass(frozen=True, slots=True)
class PublicTalk:
    """What one of the two is shown. id: the first answer of the one who answered. voice: of the other one, a code;
    called: the name they answered under, if any. own_name: what I have typed. their_name: theirs, once both have."""

    id: str
    worry: PublicWorry
    voice: str
    called: str
    state: State
    own_name: str = ""
    their_name: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """The talk as whoever acts sees it now, and where the other can be told; None where there is nothing to tell."""

    talk: PublicTalk
    tell: Address | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two, seen from one of them. first: the row of the first answer of the one who answered."""

    worry: PublicWorry
    item: Item
    side: Side
    author: bytes
    first: Any
    talk: Any

    @property
    def other_side(self) -> Side:
        return "other" if self.side == "author" else "author"


_first_of = (
    select(col(Answer.id))
    .where(col(Answer.worry) == bindparam("which"), col(Answer.voice_token) == bindparam("whose"))
    .where(col(Answer.body) != b"")
    .order_by(col(Answer.seq))
    .limit(1)
)
_between = select(col(Talk.answer), col(Talk.worry), col(Talk.author_name), col(Talk.other_name)).where(
    or_(col(Talk.answer) == bindparam("which"), col(Talk.worry) == bindparam("which"))
)
_talk = select(col(Talk.asked_by), col(Talk.state), col(Talk.author_name), col(Talk.other_name)).where(
    col(Talk.answer) == bindparam("which")
)


def look(session: Session, answer_id: str, person: Address) -> PublicTalk:
    """The talk of the two between whom this answer was said. Refused for everybody else."""
    return _shown(_pair(session, answer_id, person))


def wish(session: Session, answer_id: str, person: Address) -> Changed:
    """I wish to go on alone; where the other wished it before, we do. Told to the other either way."""
    pair = _pair(session, answer_id, person, to_change=True)
    state = _seen(pair)
    if state == "asked":
        return agree(session, answer_id, person)
    if state in ("wished", "agreed"):
        return Changed(_shown(pair))
    values = {"worry": pair.worry.id, "asked_by": pair.side, "state": "asked"}
    session.insert(Talk, answer=pair.first.id, author_name=b"", other_name=b"", **values)
    return Changed(look(session, answer_id, person), _other(session, pair))


def agree(session: Session, answer_id: str, person: Address) -> Changed:
    """はい to a wish that still stands; to any other it changes nothing. いまはしない leaves no trace at all, so that
    nobody can tell it from silence, and はい can still follow."""
    pair = _pair(session, answer_id, person, to_change=True)
    if _seen(pair) != "asked":
        return Changed(_shown(pair))
    _set(session, pair, state="agreed")
    return Changed(look(session, answer_id, person), _other(session, pair))


def end(session: Session, answer_id: str, person: Address) -> Changed:
    """Either can, at any time; the names go with it. Who takes back a wish that nobody answered does so unheard."""
    pair = _pair(session, answer_id, person, to_change=True)
    state = _seen(pair)
    if state in ("wished", "agreed"):
        session.run(delete(Talk).where(col(Talk.answer) == pair.first.id))
    return Changed(look(session, answer_id, person), _other(session, pair) if state == "agreed" else None)


def say(session: Session, answer_id: str, text: str, person: Address, now: datetime) -> Posted:
    """Words for the other alone. Refused, with the words kept, where the two do not go on alone any more: they must
    never stand in a place."""
    pair = _pair(session, answer_id, person, to_change=True)
    if _seen(pair) != "agreed":
        raise Refused("talk.over", field="text")
    called = _called(pair) if pair.side == "other" else ""
    to = pair.first.id if pair.side == "author" else ""
    return worries.answer(session, pair.worry.id, text, person, now, to, name=called, aside=True)


def give_name(session: Session, answer_id: str, name: str, person: Address) -> Changed:
    """The other sees it once they have given theirs, and not before; then both stand."""
    pair = _pair(session, answer_id, person, to_change=True)
    if _seen(pair) != "agreed":
        raise Refused("talk.over", field="name")
    if _shown(pair).their_name:
        return Changed(_shown(pair))
    _set(session, pair, **{f"{pair.side}_name": pair.item.seal(name, f"{pair.side}_name:{pair.first.id}")})
    talk = look(session, answer_id, person)
    return Changed(talk, _other(session, pair) if talk.their_name else None)


def take_name_back(session: Session, answer_id: str, person: Address) -> PublicTalk:
    """Only while the other has not given theirs: what was read cannot be unread."""
    pair = _pair(session, answer_id, person, to_change=True)
    talk = _shown(pair)
    if talk.own_name and not talk.their_name:
        _set(session, pair, **{f"{pair.side}_name": b""})
    return look(session, answer_id, person)


def own_names(session: Session, own: Own) -> Iterator[tuple[str, str]]:
    """The names this person has typed, each with the pseudonym of the worry."""
    theirs = [*((each, "author") for each in own.worries), *((each, "other") for each, _ in own.answers)]
    for subject, side in theirs:
        for row in session.rows(_between, which=subject):
            sealed = row.author_name if side == "author" else row.other_name
            if sealed:
                worry, item, _ = worries.unsealed(session, row.worry, states=worries.LIVING)
                yield worry.pseudonym, item.open(sealed, f"{side}_name:{row.answer}")


def _pair(session: Session, answer_id: str, person: Address, *, to_change: bool = False) -> _Pair:
    found = worries.answer_row(session, answer_id)
    worry, item, row = worries.unsealed(session, found.worry, to_change=to_change)
    own = item.tokens(person)
    voice = found.reader_token if found.voice_token == row.closing_token else found.voice_token
    is_author, is_other = row.closing_token in own, voice in own
    if is_author == is_other or not voice or voice == row.closing_token:
        raise Refused("talk.nobody")
    first_id = session.scalar(_first_of, which=worry.id, whose=voice)
    if not first_id:
        raise Refused("talk.nobody")
    first, side = worries.answer_row(session, first_id), "author" if is_author else "other"
    return _Pair(worry, item, side, row.return_address, first, session.first(_talk, which=first_id))  # type: ignore[arg-type]


def _seen(pair: _Pair) -> State:
    if pair.talk is None:
        return "nothing"
    if pair.talk.state == "agreed":
        return "agreed"
    return "wished" if pair.talk.asked_by == pair.side else "asked"


def _shown(pair: _Pair) -> PublicTalk:
    voice, called = (pair.first.voice, _called(pair)) if pair.side == "author" else (AUTHOR, "")
    talk = PublicTalk(pair.first.id, pair.worry, voice, called, _seen(pair))
    if talk.state != "agreed":
        return talk
    own, theirs = _name(pair, pair.side), _name(pair, pair.other_side)
    return replace(talk, own_name=own, their_name=theirs if own else "")


def _called(pair: _Pair) -> str:
    return pair.item.open(pair.first.name, f"name:{pair.first.id}") if pair.first.name else ""


def _name(pair: _Pair, side: Side) -> str:
    sealed = getattr(pair.talk, f"{side}_name")
    return pair.item.open(sealed, f"{side}_name:{pair.first.id}") if sealed else ""


def _other(session: Session, pair: _Pair) -> Address | None:
    if pair.side == "author":
        return answers.way_back(session, pair.item, pair.first.id)
    return pair.item.open_address(pair.author, "author")


def _set(session: Session, pair: _Pair, **values: Any) -> None:
    session.run(update(Talk).where(col(Talk.answer) == pair.first.id).values(**values))
