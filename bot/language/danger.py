"""Tells whether a text shows that somebody is in danger, so that a human and a hotline can be offered."""

from __future__ import annotations

from bot.language import danger_model
from bot.language.danger_level import Level
from bot.language.danger_rules import cautious, judge
from bot.language.danger_signs import Marked, marked
from bot.language.danger_spelling import sentences
from bot.language.only_times import only_times

__all__ = ["Level", "level", "warm", "whole"]

UNREAD = Level.SELF_RISK
"""Of a text that could not be read at all: the card for oneself also names the way for somebody else."""


def level(text: str) -> Level:
    """Of any text; never raises. Rules or trained weights are enough by themselves, and what fails counts as a sign."""
    try:
        if only_times(text):
            return Level.NONE
        plain = marked(sentences(text))
        learned = _learned(plain)
        if learned is not None:
            return learned
        ruled = judge(plain)
        return ruled if ruled is not Level.NONE else cautious(plain)
    except Exception:  # whatever broke, a danger that may be there is not overlooked
        return UNREAD


def warm() -> None:
    """Reads patterns, dictionary and weights now, so that nobody waits for them later; never raises."""
    level("今日は家族会でした。")


def whole() -> bool:
    """Whether the trained weights can be read; without them every text with any hint shows the card."""
    try:
        danger_model.model()
    except Exception:
        return False
    return True


def _learned(plain: list[Marked]) -> Level | None:
    """What rules and weights say together; None where the weights or the dictionary fail."""
    try:
        return danger_model.decide(plain, danger_model.guess(plain), danger_model.model().threshold)
    except Exception:
        return None
