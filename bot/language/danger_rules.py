"""Decides from marked sentences whether somebody is in danger, and who: rules alone, nothing learned."""

from __future__ import annotations

from bot.language.danger_level import Level
from bot.language.danger_signs import Marked

ORDER = (Level.SELF_RISK, Level.CLIENT_RISK, Level.VIOLENCE)


def judge(text: list[Marked]) -> Level:
    """The gravest level among the sentences; NONE where every sign is excused."""
    found = {_of(text, place) for place, each in enumerate(text) if each.signs and not _excused(text, place)}
    return next((level for level in ORDER if level in found), Level.NONE)


def _of(text: list[Marked], place: int) -> Level:
    kinds = text[place].kinds()
    if kinds & {"together", "body"} and not _writers(text, place):
        return Level.CLIENT_RISK
    if "death" in kinds or kinds & {"together", "body"}:
        return Level.SELF_RISK if _writers(text, place) else Level.CLIENT_RISK
    return Level.VIOLENCE


def _writers(text: list[Marked], place: int) -> bool:
    """Whose dying is spoken of: words told of somebody are theirs, bare ones are the writer's own."""
    sentence = text[place]
    if sentence.has("reported") and not sentence.has("own_thought"):
        return False
    if sentence.has("other") and not sentence.has("own_thought", "writer"):
        return False
    if sentence.has("own_thought", "writer"):
        return True
    return not any(each.has("other") and not each.has("writer", "own_thought") for each in text[:place])


def _excused(text: list[Marked], place: int) -> bool:
    sentence = text[place]
    around = text[max(0, place - 1) : place + 2]
    told = sentence.has("reported") and sentence.has("other", "now")
    if sentence.has("negated"):
        return True
    if sentence.has("fiction", "training", "news", "general") and not (told or sentence.has("own_thought", "now")):
        return True
    if any(each.has("fiction", "training") for each in around) and not (
        told or sentence.has("own_thought", "now", "writer")
    ):
        return True
    if sentence.has("past") or any(each.has("settled") for each in around):
        return not any(each.has("again") for each in text)
    return sentence.has("bereaved") and not sentence.has("own_thought", "now", "again")
