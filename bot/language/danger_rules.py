"""Decides from marked sentences whether somebody is in danger, and who: rules alone, nothing learned."""

from __future__ import annotations

from bot.language.danger_level import Level
from bot.language.danger_signs import Marked

ORDER = (Level.SELF_RISK, Level.CLIENT_RISK, Level.VIOLENCE)
DYING = {"death.wish", "death.english", "together.said"}
DOUBT = ("negated", "fiction", "training", "news", "general", "joking", "idiom", "relief")
OVER = ("past", "settled", "bereaved")
SOMEBODY = ("other", "writer", "own_thought", "reported", "now", "alarm", "passive")
EASY = ("good", "office", "play", "asking")

HINTS = ("dying_hints", "ending", "wounds", "rope", "pills", "unreachable", "refusing", "harm", "cruel", "weary")


def judge(text: list[Marked]) -> Level:
    """The gravest level among the sentences whose signs are plain; NONE where every sign leaves room for doubt."""
    found = {_of(text, place) for place in range(len(text)) if _plain(text, place)}
    return next((level for level in ORDER if level in found), Level.NONE)


def sure(text: list[Marked]) -> bool:
    """Whether somebody plainly speaks of dying; that is enough, whatever the trained weights make of the rest."""
    return any(each.signs & DYING and _plain(text, place) for place, each in enumerate(text))


def cautious(text: list[Marked]) -> Level:
    """For when nothing learned can be asked: any sign, though excused, and any hint is taken seriously."""
    for place, each in enumerate(text):
        if each.signs or each.has(*HINTS):
            return _of(text, place)
    return Level.NONE


def _plain(text: list[Marked], place: int) -> bool:
    sentence = text[place]
    if not sentence.signs or sentence.has(*DOUBT):
        return False
    around = text[max(0, place - 1) : place + 2]
    excused = any(each.has("fiction", "training", "joking", "relief") for each in around)
    if excused and not (sentence.signs & DYING and sentence.has("now") and sentence.has("reported")):
        return False
    if sentence.has(*OVER) or any(each.has("settled") for each in around):
        return False
    return sentence.has(*SOMEBODY) or not any(each.has(*EASY) for each in around)


def _of(text: list[Marked], place: int) -> Level:
    kinds = text[place].kinds()
    if kinds & {"together", "body", "death"}:
        told = kinds & {"together", "body"} and not text[place].has("own_thought")
        return Level.CLIENT_RISK if told or not _writers(text, place) else Level.SELF_RISK
    harmed = "violence" in kinds or text[place].has("harm", "cruel")
    return Level.VIOLENCE if harmed else Level.SELF_RISK if _writers(text, place) else Level.CLIENT_RISK


def _writers(text: list[Marked], place: int) -> bool:
    """Whose dying is spoken of: words told of somebody are theirs, bare ones are the writer's own."""
    sentence = text[place]
    if sentence.has("own_thought"):
        return True
    if sentence.has("reported"):
        return False
    if sentence.has("writer"):
        return True
    return not sentence.has("other") and not any(each.has("other") for each in text[:place])
