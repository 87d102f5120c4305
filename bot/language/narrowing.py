"""Notices a place, an age and a rare fact that together could mean only one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.language.softening import Change
from bot.language.spans import Span


@dataclass(frozen=True, slots=True)
class Narrowing:
    text: str
    changes: tuple[Change, ...]


def narrowing(text: str, spans: Sequence[Span] = (), today: date | None = None) -> Narrowing | None:  # noqa: ARG001
    return None
