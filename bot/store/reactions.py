"""わかります and ありがとう: once for each person, and nobody is told whose they are."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import answers, worries
from bot.store.community_models import Reaction
from bot.store.session import Session
from bot.store.understood import UNDERSTOOD, shown
from bot.store.worries import PublicAnswer

THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Pressed:
    """given: whether わかります is said now, or taken back. visible: whether that changes what stands in the places."""

    given: bool
    visible: bool


@dataclass(frozen=True, slots=True)
class Thanked:
    """tell: where whoever wrote the answer can be told; None where it was said before, or nobody is there."""

    worry: str
    tell: Address | None


def understand(session: Session, worry_id: str, person: Address) -> Pressed:
    _, item, row = worries.unsealed(session, worry_id, to_change=True)
    return _turn(session, worry_id, worry_id, item.token(person), row.understood)


def understand_answer(session: Session, answer_id: str, person: Address) -> Pressed:
    """Only what stands in the places: of what two say alone nobody else knows."""
    worry, item, _ = worries.unsealed(session, worries.answer_row(session, answer_id).worry, to_change=True)
    row = answers.standing(worries.answer_row(session, answer_id))  # counted while the worry is held
    return _turn(session, worry.id, answer_id, item.token(person), row.understood)


def _turn(session: Session, worry_id: str, subject: str, token: str, before: int) -> Pressed:
    mine = (col(Reaction.subject) == subject, col(Reaction.kind) == UNDERSTOOD, col(Reaction.token) == token)
    given = not session.run(delete(Reaction).where(*mine))
    if given:
        session.insert_once(Reaction, subject=subject, kind=UNDERSTOOD, token=token, worry=worry_id)
    return Pressed(given, shown(before) != shown(before + (1 if given else -1)))


def thank(session: Session, answer_id: str, reader: Address) -> Thanked:
    """Whoever an answer was written to thanks for it, once."""
    found = worries.answer_row(session, answer_id)
    _, item, _ = worries.unsealed(session, found.worry, to_change=True, states=worries.ANSWERED)
    if found.reader_token not in item.tokens(reader):
        raise Refused("worry.gone")
    if not found.body:
        raise Refused("worry.withdrawn")
    first = session.insert_once(Reaction, subject=answer_id, kind=THANKS, token=found.reader_token, worry=found.worry)
    return Thanked(found.worry, answers.way_back(session, item, answer_id) if first else None)


def thanked(session: Session, answer_id: str, writer: Address) -> PublicAnswer:
    """One's own answer that somebody thanked for. Refused for everybody else."""
    found = worries.answer_row(session, answer_id)
    worry, item, _ = worries.unsealed(session, found.worry, states=worries.ANSWERED)
    said = select(col(Reaction.kind)).where(col(Reaction.subject) == answer_id, col(Reaction.kind) == THANKS)
    if found.voice_token not in item.tokens(writer) or session.scalar(said) is None:
        raise Refused("worry.gone")
    return worries.open_answer(session, worry, item, found)
