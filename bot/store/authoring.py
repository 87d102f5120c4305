"""What whoever wrote a worry may still do with it: other words, or taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import worries
from bot.store.community_models import Report
from bot.store.models import Answer, Worry
from bot.store.outbox import shuffled
from bot.store.seal import same
from bot.store.session import Session
from bot.store.worries import PublicWorry

SEEN = ("open", "hidden")
"""Of a worry in another state nobody but its author has ever seen anything."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A worry that was taken back, and where those who answered can be told, each once."""

    worry: PublicWorry
    answered: Sequence[Address]


def revise(session: Session, worry_id: str, by: Address, text: str) -> PublicWorry:
    """These words take the place of those before, which are gone. What nobody has seen is still the first version."""
    worry, item, row = worries.unsealed(session, worry_id, to_change=True, states=worries.LIVING)
    if not same(item.token(by), row.closing_token):
        raise Refused("worry.gone")
    version = worry.version + (worry.state in SEEN)
    values = {"body": item.seal(text, "body"), "version": version}
    session.run(update(Worry).where(col(Worry.id) == worry.id).values(**values))
    session.run(delete(Report).where(col(Report.subject) == worry.id))  # they were said of the words before
    return replace(worry, text=text, version=version)


def withdraw(session: Session, worry_id: str, by: Address, now: datetime) -> Withdrawn:
    """Destroys its key, like closing."""
    _, item, _ = worries.unsealed(session, worry_id, to_change=True, states=worries.LIVING)
    found = session.rows(
        select(col(Answer.id), col(Answer.return_address)).where(
            col(Answer.worry) == worry_id, col(Answer.return_address) != b""
        )
    )
    opened = [item.open_address(each.return_address, f"writer:{each.id}") for each in found]
    writers = {
        (each.platform, each.space, each.channel): each for each in opened
    }  # with a name and without, one person
    writers.pop((by.platform, by.space, by.channel), None)
    return Withdrawn(worries.close(session, worry_id, by, now), shuffled(writers.values()))
