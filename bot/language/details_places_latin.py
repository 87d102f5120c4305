"""Finds places in texts written in Latin letters."""

import re
from collections.abc import Iterator

from bot.language.details_lists import listed
from bot.language.municipalities import municipalities
from bot.language.romaji import one_form

_PLACE = (
    r"(?P<it>[A-ZŌŪ][a-zōūôû']{2,}(?:[- ](?:[Ss]hi|[Kk]u|[Cc]ho|[Mm]achi|[Mm]ura|City|city|Ward|ward|Town|"
    r"town|Village|village))?(?:, ?[A-Z][a-zōū]{3,}(?:-ken|-fu)?)?)"
)
_ENGLISH = re.compile(
    r"(?:\b(?:liv(?:e|es|ed|ing)|resid(?:e|es|ing)|stay(?:s|ing)?|grew up|born|work(?:s|ed|ing)?|home|"
    r"house|apartment|flat|based|mother|father|parents|family|clinic|job|moved|moving|school|office|alone)"
    r"(?: (?:alone|together|here|back|with [a-z]+(?: [a-z]+)?))?,? (?:in|to|near|at)|\b(?:moved|comes?|"
    r"came|commut(?:es?|ing|ed)|am|is|are) (?:to|from)|\bvisit(?:s|ed|ing)? [a-z]+(?: [a-z]+)? (?:in|at)|"
    r"\baddress(?: is|:)?)"
    rf" {_PLACE}"
)
_ROMAJI = re.compile(
    rf"(?<![A-Za-z]){_PLACE.replace('[A-ZŌŪ]', '[A-Za-zŌŪ]', 1)}(?= (?:ni sun|ni kur|de kur|de hitori|"
    rf"zaijuu?|shusshin|no jikka|no ie\b|ni hikko|kara kayo))"
)
_WITH_KIND = re.compile(
    r"(?<![A-Za-z])(?P<it>[A-ZŌŪ][a-zōū']{2,}(?:-(?:shi|ku|cho|machi|mura|gun)| (?:City|Ward|Town|"
    r"Village)))(?![A-Za-z])"
)
_IN = re.compile(rf"(?:in|from|near) {_PLACE}(?=[ ,.!?]|$)")
_KIND = re.compile(r"[- ](?:shi|ku|cho|machi|mura|gun|city|ward|town|village)$", re.IGNORECASE)


def latin(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that name a municipality where somebody lives or works."""
    for pattern in (_ENGLISH, _ROMAJI, _WITH_KIND, _IN):
        for match in pattern.finditer(text):
            town = match["it"].split(",")[0]
            if pattern is _IN and town in listed("details_names", "english_places"):
                continue
            bare = _KIND.sub("", town)
            if "-" in town or one_form(bare) in municipalities().latin:
                yield match.span("it")
