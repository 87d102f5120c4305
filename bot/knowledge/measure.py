"""Measures search with labelled questions: how often it is right, and how often it rightly says nothing."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.index import Index

TOP = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """entries: ids of acceptable answers; none: the question lies outside the handbook."""

    text: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1. right: an acceptable entry among the first three, had nothing been refused."""

    first: float
    right: float
    refused_outside: float
    refused_inside: float
    inside: int
    outside: int


def questions(path: Path, split: str, language: str) -> tuple[Asked, ...]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Asked(row["text"], tuple(row["entries"]))
        for row in data["question"]
        if row["split"] == split and row["language"] == language
    )


def measure(index: Index, asked: Sequence[Asked], threshold: float) -> Figures:
    inside = [question for question in asked if question.entries]
    outside = [question for question in asked if not question.entries]
    return Figures(
        first=_share(_found(index, question, 1) for question in inside),
        right=_share(_found(index, question, TOP) for question in inside),
        refused_outside=_share(not index.search(question.text, TOP, threshold) for question in outside),
        refused_inside=_share(not index.search(question.text, TOP, threshold) for question in inside),
        inside=len(inside),
        outside=len(outside),
    )


def _found(index: Index, question: Asked, limit: int) -> bool:
    hits = index.search(question.text, limit, float("-inf"))
    return any(hit.entry.id in question.entries for hit in hits)


def _share(outcomes: Iterable[bool]) -> float:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else 0.0
