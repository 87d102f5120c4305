"""Notices when a place, an exact age or day and a rare fact together point at one person, and says it more softly."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.language.folding import Folded, fold
from bot.language.softening_days import ago, number
from bot.language.spans import Kind, Span

_N = "[0-9〇一二三四五六七八九十]{1,3}"
_AGE = re.compile(
    rf"(?<![0-9第〇一二三四五六七八九十.~-])(?:満)?(?P<age>{_N})\s?(?:歳|才|さい)(?!以[上下]|未満|まで|から|くらい|ぐらい|ごろ|頃|代|前後|児|差|違い|年[上下]|若|以降|の時|のとき|のころ)"
    r"|(?<![0-9])(?P<old>[0-9]{1,2})[- ]years?[- ]old"
)
_COUNTED = re.compile("[0-9〇一二三四五六七八九十百千万]")
_DAY = re.compile(
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}}|(?:平成|令和|昭和){_N})\s?[年./]\s?)?(?P<month>{_N})\s?(?:月|/)\s?(?P<day>{_N})(?:日|(?=に|の|、|は|\())(?:\s?\([月火水木金土日祝・]{{1,3}}\))?(?:に(?!ち))?"
)


@dataclass(frozen=True, slots=True)
class Softer:
    """before: what narrows. after: what would not."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """text: the whole text in softer words. changes: what differs, in the order of writing."""

    text: str
    changes: tuple[Softer, ...]


def narrowing(
    text: str, spans: Sequence[Span] = (), *, language: str = "ja", today: date | None = None
) -> Narrowing | None:
    """Nothing while one of the three is missing: a place, an exact age or day, a rare fact."""
    folded = fold(text)
    plain = _without_details(folded, spans)
    wording = _data()["wording"][language]
    places = [(*found.span(), wording["place"]) for found in _pattern("places").finditer(plain)]
    exact = [*_ages(plain, wording), *(_days(plain, wording, today) if today else ())]
    rare = list(_rare(plain, language))
    placed = places or any(span.kind is Kind.ADDRESS for span in spans)
    dated = exact or any(span.kind is Kind.BIRTHDATE for span in spans)
    if not (placed and dated and rare):
        return None
    # A place told as 「ある町」 is soft enough; one told by its few inhabitants is not.
    told = [place for place in places if _COUNTED.search(plain, place[0], place[1])]
    return _said(text, folded, [*told, *exact, *rare])


def _without_details(folded: Folded, spans: Sequence[Span]) -> str:
    """What is softened as a detail is not told of twice."""
    plain = list(folded.text)
    for index, offset in enumerate(folded.offsets[:-1]):
        if any(span.start <= offset < span.end for span in spans):
            plain[index] = "\x00"
    return "".join(plain)


def _ages(plain: str, wording: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    for found in _AGE.finditer(plain):
        age = number(found["age"] or found["old"])
        if age is not None:
            softer = wording["decade"].format(decade=age // 10 * 10) if age >= 10 else wording["child"]
            yield *found.span(), softer


def _days(plain: str, wording: dict[str, str], today: date) -> Iterator[tuple[int, int, str]]:
    for found in _DAY.finditer(plain):
        word = ago(found["year"], number(found["month"]), number(found["day"]), today)
        if word:
            softer = wording[word]
            yield *found.span(), softer if found[0].endswith("に") else softer.removesuffix("に")


def _rare(plain: str, language: str) -> Iterator[tuple[int, int, str]]:
    for index, row in enumerate(_data()["rare"]):
        for found in _rare_pattern(index).finditer(plain):
            yield *found.span(), row[language]


def _said(text: str, folded: Folded, found: Sequence[tuple[int, int, str]]) -> Narrowing:
    pieces, changes, done = [], [], 0
    for start, end, after in sorted(found, key=lambda change: (change[0], -change[1])):
        first, last = folded.place(start, end)
        if first >= done:
            pieces += [text[done:first], after]
            changes.append(Softer(text[first:last], after))
            done = last
    return Narrowing("".join(pieces) + text[done:], tuple(changes))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_data()[name]))


@cache
def _rare_pattern(index: int) -> re.Pattern[str]:
    return re.compile("|".join(_data()["rare"][index]["signs"]))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
