"""Tells whether a text shows that somebody is in danger, so that a human and a hotline can be offered."""

from __future__ import annotations

from bot.language.danger_level import Level
from bot.language.danger_rules import judge
from bot.language.danger_signs import marked
from bot.language.danger_spelling import sentences

__all__ = ["Level", "level", "warm"]


def level(text: str) -> Level:
    try:
        return judge(marked(sentences(text)))
    except Exception:  # whatever broke, a danger that may be there is not overlooked
        return Level.SELF_RISK


def warm() -> None:
    level("")
