"""The measured thresholds above which a question counts as one that the handbook can answer."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.knowledge.index import VERSION
from bot.knowledge.points import Entry

FILE = Path(__file__).parent / "handbook" / "calibration.toml"
LEXICAL = "lexical"
MEANING = "meaning"


def threshold(way: str) -> float:
    """0, the middle between the two sides, where nothing was measured."""
    return float(_measured().get(way, {}).get("threshold", 0.0))


def knows_encoder(name: str) -> bool:
    """Figures measured with one encoder say nothing about another."""
    return bool(_measured().get(MEANING, {}).get("encoder") == name)


def measured_with(entries: Iterable[Entry], outside: Iterable[str]) -> bool:
    """Whether the thresholds belong to this handbook and this way of searching. If not, search goes on with them."""
    measured = _measured()
    return measured.get("handbook") == fingerprint(entries, outside) and measured.get("index") == VERSION


def fingerprint(entries: Iterable[Entry], outside: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for entry in entries:
        digest.update(repr((entry.id, entry.title, entry.summary, entry.body, entry.questions, entry.frame)).encode())
    digest.update(repr(tuple(outside)).encode())
    return digest.hexdigest()


@cache
def _measured() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
