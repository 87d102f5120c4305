"""Finds which of some short texts speak of what a question asks, by the words they share."""

from collections.abc import Sequence

from bot.language import tokens

SHARED_WORDS = 2
SHARED_PART = 0.34
"""Of the words of a question: fewer, and they only happen to meet."""


def beside(question: str, texts: Sequence[str], most: int) -> list[int]:
    """The places of those that fit, the nearest first; none rather than a poor one. Off the event loop, please."""
    asked = {word.normal for word in tokens.words(question)}
    found = []
    for place, text in enumerate(texts):
        shared = asked & {word.normal for word in tokens.words(text)}
        if len(shared) >= SHARED_WORDS and len(shared) / len(asked) >= SHARED_PART:
            found.append((-len(shared), place))
    return [place for _, place in sorted(found)[:most]]
