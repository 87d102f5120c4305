"""What a report or a decision is about: a worry or one of its answers, as everyone may read it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.store import worries
from bot.store.authoring import SEEN as SEEN
from bot.store.held import LEFT
from bot.store.items import Item
from bot.store.models import Answer, Worry
from bot.store.seal import same
from bot.store.session import Session
from bot.store.worries import PublicAnswer, PublicWorry

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
        return self.state == "held" and self.held_for in LEFT

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
        return any(same(token, self.token) for token in self.item.tokens(person))

    def writer(self) -> Address | None:
        """None where whoever wrote it has left."""
        part = f"writer:{self.subject.id}" if self.subject.answer else "author"
        return self.item.open_address(self.way_back, part) if self.way_back else None


_is_it = col(Answer.id) == bindparam("which")
_worry_of = select(col(Answer.worry)).where(_is_it, col(Answer.aside).is_(False))
_way_back = select(col(Answer.return_address)).where(_is_it)
_held_for = select(col(Worry.held_for)).where(col(Worry.id) == bindparam("which"))


def find(session: Session, subject_id: str, *, to_change: bool = False) -> Found:
    """Refused where it is closed, erased, never was, or is said between two alone."""
    if worry_id := session.scalar(_worry_of, which=subject_id):
        worry, item, _ = worries.unsealed(session, worry_id, to_change=to_change, states=worries.LIVING)
        row = worries.answer_row(session, subject_id)  # read while the worry is held
        way_back = session.scalar(_way_back, which=subject_id)
        return Found(
            Subject(worry, worries.open_answer(session, worry, item, row), row.state), item, row.voice_token, way_back
        )
    worry, item, row = worries.unsealed(session, subject_id, to_change=to_change, states=worries.LIVING)
    held_for = session.scalar(_held_for, which=subject_id) or ""
    return Found(Subject(worry, None, worry.state, held_for), item, row.closing_token, row.return_address)


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
