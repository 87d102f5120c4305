"""The written forms of times and lengths, each rule one pattern and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.language.dates_days import InDays
from bot.language.dates_times import Clock, Length, Span


@dataclass(frozen=True, slots=True)
class Part:
    """午後, 夕方, 終日: a part of the day, which by itself is no hour."""

    name: str


@dataclass(frozen=True, slots=True)
class InMinutes:
    """2時間後: so many minutes from now."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Same:
    """同じ時間: the hours said just before."""


TimeMeaning = Span | Length | Part | InMinutes | Same
TimeRule = tuple[re.Pattern[str], Callable[[re.Match[str]], TimeMeaning]]

_PARTS = r"午前中?|午後|お?昼|夕方|夜|晩|朝|(?<![a-z])[ap]m(?![a-z])"
_TO = r"(?:[ \n]?(?:頃|ごろ)?[ \n]?(?:[-~→ー]|から|より)[ ]?| (?:to|until|till) )"
_ENDING = r"(?: ?まで|(?:に|には)?終[わえ了])?"
_ROUGH = r"(?:頃|ごろ|くらい|ぐらい|過ぎ|すぎ|前後)?"


def _clock(end: str) -> str:
    """One time of day; the names of its parts begin with `end`, so that a span can hold two."""
    unit = (
        rf":(?P<{end}minute>[0-9]{{2}})(?::00)?(?![0-9:])時?"
        rf"| ?時(?!間|期|点|代|事|給)(?:(?P<{end}half>半)| ?(?P<{end}minute_ja>[0-9]{{1,2}})分(?!間)"
        rf"|(?P<{end}minute_bare>[0-9]{{2}})(?![0-9分]))?|(?= ?[ap]\.?m(?![a-z]))"
    )
    return (
        rf"(?:(?P<{end}noon>正午|(?<![a-z])noon(?![a-z]))"
        rf"|(?:(?P<{end}before>{_PARTS})(?:の|に|、| )?)?(?P<{end}hour>[0-9]{{1,2}})"
        rf"(?:{unit})(?: ?(?P<{end}after>[ap])\.?m(?![a-z])\.?)?)"
    )


_START = rf"(?<![0-9.])(?<![0-9]:)(?:from )?{_clock('start_')}"
_SPAN = rf"{_START}{_TO}(?P<next>翌日?の?)?{_clock('end_')}{_ENDING}"
_SINGLE = rf"{_START}{_ROUGH}"
_SPAN_ONE_UNIT = (
    rf"(?<![0-9./時分月])(?<![0-9]:)(?:(?P<start_before>{_PARTS})の? ?)?(?P<start_hour>[0-9]{{1,2}})(?P<start_one>)"
    rf"[ ]?[-~→ー][ ]?{_clock('end_')}{_ENDING}"
)
_AT = r"(?<![a-z])at (?P<start_hour>[0-9]{1,2})(?![0-9:/])"
_UNTIL = (
    rf"{_START}(?: ?まで(?!に?は?終)|(?:より|の)?(?:以前|前(?!後|半|に))"
    r"|(?:には|に|ごろ|頃)? ?(?:終[わえ了]|解散|閉会)\S?)"
)
_LENGTH = (
    r"(?P<each>(?:各|いずれも|それぞれ|どちらも|すべて|全て|全部"
    r"|each) ?)?(?<![0-9./])(?<![0-9]:)(?:(?P<hours>[0-9]{1,2})(?P<tenths>\.[05])? ?"
    r"(?:時間|hours?(?![a-z])|hrs?(?![a-z])|h(?![a-z]))(?:(?P<half>半)|(?P<and>[0-9]{1,2})分)?"
    r"|(?P<minutes>[0-9]{1,3}) ?(?:分間?|min(?:ute)?s?(?![a-z])))(?P<each_after>ずつ)?"
)
_WORDS = {"a": "午前", "p": "午後", "am": "午前", "pm": "午後", "午前中": "午前", "お昼": "昼", "晩": "夜"}


def _span(found: re.Match[str]) -> Span:
    part = found.groupdict()
    start, end = _read(part, "start_"), _read(part, "end_")
    return Span(start or Clock(0), end, InDays(1) if part.get("next") else None)


def _until(found: re.Match[str]) -> Span:
    return Span(_read(found.groupdict(), "start_") or Clock(0), until=True)


def _read(part: dict[str, str | None], end: str) -> Clock | None:
    if part.get(f"{end}noon"):
        return Clock(12)
    hour = part.get(f"{end}hour")
    if hour is None:
        return None
    half = "30" if part.get(f"{end}half") else "0"
    minute = part.get(f"{end}minute") or part.get(f"{end}minute_ja") or part.get(f"{end}minute_bare") or half
    word = (part.get(f"{end}after") or part.get(f"{end}before") or "").lower()
    written, clock = _WORDS.get(word, word), int(hour)
    if word in ("a", "am", "p", "pm") and clock == 12:
        return Clock(0 if word.startswith("a") else 12, int(minute), padded=True)
    return Clock(clock, int(minute), written, padded=hour.startswith("0"))


def _length(found: re.Match[str]) -> Length:
    each = bool(found["each"] or found["each_after"])
    if found["minutes"]:
        return Length(int(found["minutes"]), each)
    half = 30 if found["half"] or found["tenths"] == ".5" else 0
    return Length(60 * int(found["hours"]) + half + int(found["and"] or 0), each)


def _in_minutes(found: re.Match[str]) -> InMinutes:
    return InMinutes(int(found["n"]) * (60 if found["u"] == "時間" else 1) + (30 if found["half"] else 0))


def _rule(pattern: str, meaning: Callable[[re.Match[str]], TimeMeaning]) -> TimeRule:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), meaning


IN_MINUTES = _rule(r"(?<![0-9.])(?P<n>[0-9]{1,3})(?P<u>時間|分)(?P<half>半)?後", _in_minutes)
TIME_RULES: tuple[TimeRule, ...] = (
    _rule(r"同(?:じ|一)(?:の)?(?:時間|時刻)(?:帯)?(?! ?[0-9])|同時刻|same time", lambda _: Same()),
    _rule(_SPAN_ONE_UNIT, _span),
    _rule(_SPAN, _span),
    _rule(_UNTIL, _until),
    _rule(_SINGLE, _span),
    _rule(_AT, _span),
    _rule(r"(?<![a-z])(?P<start_before>[ap]m) ?(?P<start_hour>[0-9]{1,2})(?![0-9:/])", _span),
    _rule(_LENGTH, _length),
    _rule(
        rf"終日|1日中|何時でも|朝[イ一]チ|午[前後][イ一]チ|お?昼休み|昼過ぎ|昼前|夕刻|放課後|仕事(?:終わり|帰り)"
        rf"|(?:{_PARTS})(?!分|間|勤|食|顔|礼)",
        lambda found: Part(_WORDS.get(found[0].lower(), found[0].lower())),
    ),
)
