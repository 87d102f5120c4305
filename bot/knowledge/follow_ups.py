"""Tells whether a question makes sense only after the one before it: もう少し具体的に, what else."""

import re
import tomllib
from functools import cache
from pathlib import Path

from bot.language import tokens

FILE = Path(__file__).with_suffix(".toml")
LONGEST = 40
WORDS_OF_ITS_OWN = 1
"""With more words than this beside the phrase of a follow-up, a question stands for itself."""


def follows_up(question: str) -> bool:
    bare, phrases = question.strip().lower(), _phrases()
    if len(bare) > LONGEST or not phrases.search(bare):
        return False
    return len(tokens.words(phrases.sub(" ", bare))) < WORDS_OF_ITS_OWN


@cache
def _phrases() -> re.Pattern[str]:
    """The longest first, so that もう少し詳しく does not leave 少し behind."""
    phrases = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["phrases"], key=len, reverse=True)
    return re.compile("|".join(re.escape(phrase) for phrase in phrases))
