"""Words with a number in them, by which a worry, an answer and a reminder are known wherever they turn up."""

import re


def worry_words(number: int) -> str:
    return f"悩み{_written(number)}。訪問しても、親御さんばかりがお話しになります。"


def answer_words(number: int) -> str:
    return f"返信{_written(number)}。まず手紙を一通、置いてみませんか。"


def reminder_words(number: int) -> str:
    return f"会議{_written(number)}"


def _written(number: int) -> str:
    """In two short groups: a longer one could be somebody's telephone number, and is made harmless."""
    return f"{number // 1000:03}の{number % 1000:03}番"


_NUMBER = r"(\d{3})の(\d{3})番"
_WORRY, _ANSWER, _REMINDER = (re.compile(word + _NUMBER) for word in ("悩み", "返信", "会議"))


def worries_in(words: str) -> list[int]:
    return _numbers(_WORRY, words)


def answers_in(words: str) -> list[int]:
    return _numbers(_ANSWER, words)


def reminders_in(words: str) -> list[int]:
    return _numbers(_REMINDER, words)


def _numbers(pattern: re.Pattern[str], words: str) -> list[int]:
    return [int(found[1]) * 1000 + int(found[2]) for found in pattern.finditer(words)]
