"""Finds signs of danger in plain sentences, and what speaks for or against their being meant."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Marked:
    """One sentence. signs: kind and name of each certain sign. marks: what else is said in it."""

    text: str
    signs: frozenset[str]
    marks: frozenset[str]

    def has(self, *marks: str) -> bool:
        return any(mark in self.marks for mark in marks)

    def kinds(self) -> set[str]:
        return {sign.split(".")[0] for sign in self.signs}


def marked(sentences: list[str]) -> list[Marked]:
    signs, marks = _patterns("danger_signs.toml", "certain"), _patterns("danger_context.toml")
    return [Marked(text, _found(signs, text), _found(marks, text)) for text in sentences]


def _found(patterns: dict[str, re.Pattern[str]], text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))


@cache
def _patterns(file: str, part: str = "") -> dict[str, re.Pattern[str]]:
    data: dict[str, Any] = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    parts = data[part] if part else data
    return {
        (f"{kind}.{name}" if part else name): re.compile("|".join(patterns))
        for kind, names in parts.items()
        for name, patterns in names.items()
    }


@cache
def every_name() -> tuple[str, ...]:
    """Each sign and mark there is, in a fixed order."""
    return tuple(sorted(_patterns("danger_signs.toml", "certain")) + sorted(_patterns("danger_context.toml")))
