"""What the handbook found, as one person reads it."""

from dataclasses import dataclass

from bot.knowledge.points import Entry


@dataclass(frozen=True, slots=True)
class Found:
    """under: the titles of the parts of the frame it stands under. foreign: not in the language they read."""

    entry: Entry
    under: tuple[str, ...] = ()
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads on from an answer.

    asked: the draft that knows the question for a while. words: whether it holds the question itself, in words that
    identify nobody. gap: whether the question may be left as one without an answer. shown: the draft by which what
    was found can be shown to a group. opinions: whether people are asked if it helped.
    """

    asked: str = ""
    words: bool = False
    gap: bool = False
    shown: str = ""
    opinions: bool = False


NO_WAYS = Ways()
