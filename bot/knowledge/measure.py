"""Measures search with labelled questions: how often it is right, and how often it rightly says nothing."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.knowledge.index import Hit, Index

TOP = 3
SEEN = 5
EVERYTHING = float("-inf")


@dataclass(frozen=True, slots=True)
class Asked:
    """frame: ids of the frame that the question is about, the best first; none: it lies outside the handbook."""

    id: str
    text: str
    frame: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1, the first four as if nothing were refused.

    hit, first: some right id, or the best one, among the ids of the first three results. gain: nDCG of the first
    five ids. worst: the hits of the id where they are fewest. precision: of the refused questions, those outside;
    recall: of those outside, the refused.
    """

    hit: float
    first: float
    gain: float
    worst: float
    precision: float
    recall: float
    inside: int
    outside: int


def questions(path: Path) -> tuple[Asked, ...]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(Asked(row["id"], row["query"], tuple(row["frame"]), row["lang"]) for row in rows)


def measure(index: Index, asked: Sequence[Asked], threshold: float) -> Figures:
    return figures(
        asked, [(ids(index.search(each.text, SEEN, EVERYTHING)), index.margin(each.text)) for each in asked], threshold
    )


def figures(asked: Sequence[Asked], found: Sequence[tuple[list[tuple[str, ...]], float]], threshold: float) -> Figures:
    """found: for every question the ids of its results and how surely it lies inside."""
    pairs = list(zip(asked, found, strict=True))
    inside = [(each.frame, results) for each, (results, _) in pairs if each.frame]
    refused = [not each.frame for each, (_, margin) in pairs if margin < threshold]
    outside = len(pairs) - len(inside)
    by_id: dict[str, list[bool]] = {}
    for frame, results in inside:
        by_id.setdefault(frame[0], []).append(hits(frame, results))
    return Figures(
        hit=share(hits(frame, results) for frame, results in inside),
        first=share(frame[0] in among(results) for frame, results in inside),
        gain=math.fsum(_gain(frame, results) for frame, results in inside) / max(1, len(inside)),
        worst=min((share(each) for each in by_id.values()), default=0.0),
        precision=share(refused),
        recall=sum(refused) / max(1, outside),
        inside=len(inside),
        outside=outside,
    )


def ids(results: Iterable[Hit]) -> list[tuple[str, ...]]:
    return [hit.entry.frame for hit in results]


def among(results: Sequence[tuple[str, ...]]) -> set[str]:
    return {name for frame in results[:TOP] for name in frame}


def hits(frame: tuple[str, ...], results: Sequence[tuple[str, ...]]) -> bool:
    return bool(among(results) & set(frame))


def _gain(frame: tuple[str, ...], results: Sequence[tuple[str, ...]]) -> float:
    """Against the best order there could be; an id counts where it first stands, and the best label counts most."""
    shown = list(dict.fromkeys(name for each in results for name in each))[:SEEN]
    worth = {name: 1.0 / (1 + place) for place, name in enumerate(frame)}
    ideal = math.fsum(_discounted(list(worth.values())))
    return math.fsum(_discounted([worth.get(name, 0.0) for name in shown])) / ideal


def _discounted(worth: Sequence[float]) -> Iterator[float]:
    return (value / math.log2(place + 2) for place, value in enumerate(worth))


def share(outcomes: Iterable[bool]) -> float:
    counted = list(outcomes)
    return sum(counted) / len(counted) if counted else 0.0


def best_threshold(asked: Sequence[Asked], margins: Sequence[float]) -> float:
    """Where precision and recall of refusing are best together (F1); the middle of such places.

    Where recall stays the same, precision decides: whoever asks in earnest should rarely be refused.
    """
    ordered = sorted(zip(margins, (not each.frame for each in asked), strict=True))
    outside = sum(out for _, out in ordered)
    rightly, tried = 0, []
    for place, ((below, out), (above, _)) in enumerate(pairwise(ordered), 1):
        rightly += out
        tried.append((2 * rightly / (place + outside), (below + above) / 2))
    best = max(value for value, _ in tried)
    good = [middle for value, middle in tried if value >= best - 0.01]
    return good[len(good) // 2]
