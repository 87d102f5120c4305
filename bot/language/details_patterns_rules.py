"""How a rule for details is written, and the words the rules are made of."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.language.spans import Kind

DIGIT = "[0-9〇零一二三四五六七八九]"
DASHES = "\\-\u2010-\u2015\u2212ー~_"
KANJI_DIGITS = str.maketrans("〇零Oo一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands in the group `it`, or the whole of the match, is a detail of this kind if `holds` agrees."""

    kind: Kind
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = lambda _: True


@cache
def words(name: str) -> str:
    """The alternatives of this name in details_patterns.toml."""
    data = tomllib.loads(Path(__file__).with_name("details_patterns.toml").read_text(encoding="utf-8"))
    return "(?:" + "|".join(data[name]) + ")"


def stretch(match: re.Match[str]) -> tuple[int, int]:
    """Where the detail stands."""
    named = "it" in match.re.groupindex and match["it"] is not None
    return match.span("it") if named else match.span()


def digits(match: re.Match[str]) -> str:
    """The detail's digits, kanji ones too."""
    start, end = stretch(match)
    return "".join(sign for sign in match.string[start:end].translate(KANJI_DIGITS) if sign.isdecimal())
