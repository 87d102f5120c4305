"""A document that was read → a draft in the rows, and what is shown of it first."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.knowledge.documents.shape import Document
from bot.store import editions
from bot.store.editions import Passage
from bot.store.session import Session

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Counts:
    pages: int
    points: int
    passages: int


@dataclass(frozen=True, slots=True)
class Found:
    """digest: of the file, so that the same one is not taken twice."""

    document: Document
    digest: str

    @property
    def counts(self) -> Counts:
        return Counts(self.document.pages, self.document.points, len(self.document.passages))

    @property
    def samples(self) -> tuple[Passage, ...]:
        return samples_of([Passage(each.heading, each.point, each.page, each.body) for each in self.document.passages])


def samples_of(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """From the beginning, the middle and the end, numbered points before others."""
    numbered = [each for each in passages if each.point]
    chosen = numbered if len(numbered) >= SAMPLES else passages
    places = sorted({len(chosen) * part // (2 * SAMPLES) for part in range(1, 2 * SAMPLES, 2)}) if chosen else []
    return tuple(chosen[at] for at in places)


def found_in(document: Document, content: bytes, title: str = "") -> Found:
    """title: in place of what the document says."""
    return Found(replace(document, title=title or document.title), hashlib.sha256(content).hexdigest())


def store(session: Session, found: Found, now: datetime) -> str:
    """The id of the draft. Refused where the same file is there already."""
    document = found.document
    passages = [Passage(each.heading, each.point, each.page, each.body) for each in document.passages]
    return editions.add(session, document.title, document.kind, document.pages, found.digest, passages, now)
