"""What a report or a decision is about: a worry or one of its answers, as everyone may read it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import worries
from bot.store.held import DANGER
from bot.store.items import Item
from bot.store.models import Answer, Worry
from bot.store.seal import same
from bot.store.session import Session
from bot.store.worries import PublicAnswer, PublicWorry

SEEN = ("open", "hidden")
"""What others have seen; of the rest they must not even learn that it is there."""

STOPPED = ("held", "hidden")


@dataclass(frozen=True, slots=True)
class Subject:
    """answer: None where it is the worry itself. held_for: why a worry is held or hidden."""

    worry: PublicWorry
    answer: PublicAnswer | None
    state: str
    held_for: str = ""

    @property
    def id(self) -> str:
        return self.answer.id if self.answer else self.worry.id

    @property
    def is_for_duty(self) -> bool:
        """Left for who is on duty by its author: it stands in no place, and only its author brings it to the others."""
        return self.state == "held" and self.held_for == DANGER

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else self.worry.text


@dataclass(frozen=True, slots=True)
class Found:
    """A subject with what its key can do; never shown to anyone."""

    subject: Subject
    item: Item
    token: str
    way_back: bytes

    def is_by(self, person: Address) -> bool:
        return same(self.item.token(person), self.token)

    def writer(self) -> Address | None:
        """None where whoever wrote it has left."""
        part = f"writer:{self.subject.id}" if self.subject.answer else "author"
        return self.item.open_address(self.way_back, part) if self.way_back else None


_answer = select(
    col(Answer.id),
    col(Answer.worry),
    col(Answer.seq),
    col(Answer.voice),
    col(Answer.voice_token),
    col(Answer.body),
    col(Answer.return_address),
    col(Answer.state),
)


def find(session: Session, subject_id: str, *, to_change: bool = False) -> Found:
    """Refused where it is closed, erased, never was, or is said between two alone."""
    answer = session.first(_answer.where(col(Answer.id) == subject_id, col(Answer.aside).is_(False)))
    worry_id = answer.worry if answer else subject_id
    worry, item, row = worries.unsealed(session, worry_id, to_change=to_change, states=worries.LIVING)
    if answer is None:
        held_for = session.scalar(select(col(Worry.held_for)).where(col(Worry.id) == worry_id)) or ""
        return Found(Subject(worry, None, worry.state, held_for), item, row.closing_token, row.return_address)
    return Found(_about(worry, item, answer), item, answer.voice_token, answer.return_address)


def _about(worry: PublicWorry, item: Item, row: Any) -> Subject:
    if not row.body:
        raise Refused("worry.withdrawn")
    text = item.open(row.body, f"answer:{row.id}")
    return Subject(worry, PublicAnswer(row.id, worry, row.seq, row.voice, text), row.state)


def stop(session: Session, subject: Subject, why: str) -> None:
    """Hides what others have seen, and holds back what they have not."""
    if subject.answer:
        session.run(update(Answer).where(col(Answer.id) == subject.id).values(state="hidden"))
        return
    state = "hidden" if subject.state in SEEN else "held"
    session.run(update(Worry).where(col(Worry.id) == subject.id).values(state=state, held_for=why))


def release(session: Session, subject: Subject) -> None:
    if subject.answer:
        session.run(update(Answer).where(col(Answer.id) == subject.id).values(state="open"))
    else:
        session.run(update(Worry).where(col(Worry.id) == subject.id).values(state="open", held_for=None))
