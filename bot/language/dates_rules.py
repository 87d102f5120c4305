"""The written forms of days, times and lengths, each rule one pattern and what it means."""

import re
from collections.abc import Callable

from bot.language.dates_days import Day, InDays, InWeek, NthWeekday, OnDate
from bot.language.dates_times import Clock, Length, Span

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Day | Span | Length]]

_WEEKDAYS = {name: number for number, names in enumerate(
    ("月mon", "火tue", "水wed", "木thu", "金fri", "土sat", "日sun")) for name in (names[0], names[1:])
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AHEAD = {
    "昨日": -1, "yesterday": -1, "今日": 0, "本日": 0, "きょう": 0, "today": 0,
    "明日": 1, "あした": 1, "あす": 1, "tomorrow": 1, "明後日": 2, "あさって": 2, "day after tomorrow": 2,
    "先週": -1, "last": -1, "今週": 0, "this": 0, "this week": 0,
    "来週": 1, "next": 1, "next week": 1, "再来週": 2,
    "今月": 0, "来月": 1, "再来月": 2, "今年": 0, "本年": 0, "来年": 1, "再来年": 2,
}  # fmt: skip

_KANJI = "[月火水木金土日]"
_ENGLISH = r"(?<![a-z])(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z])\.?"
_MONTH = (
    r"(?<![a-z])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_HOUR_FOLLOWS = r"(?= ?(?:[0-9、,]|午|正午|朝|昼|夕|夜|$))"
_CHECK = (
    rf"(?: ?(?:\( ?(?P<in_brackets>{_KANJI}(?:曜日?)?|{_ENGLISH})(?:[・,、/ ]?祝日?)? ?\)"
    rf"|(?P<beside>{_KANJI}(?:曜日?|{_HOUR_FOLLOWS})|{_ENGLISH})))?"
)
_YEAR = (
    r"(?:(?:(?P<year>[0-9]{4}) ?年|(?:令和|r) ?(?P<reiwa>[0-9]{1,2}|元) ?年"
    r"|(?P<years_ahead>今年|本年|再?来年))の? ?)?"
)
_MONTHS_AHEAD = r"(?P<months_ahead>今月|再?来月)の? ?"
_BARE_DAY = r"(?P<day>[0-9]{1,2})日(?![間後前目])"
_YEAR_AFTER = r"(?:,? (?P<year>[0-9]{4})(?![0-9:]))?"
_BEFORE = rf"(?:(?P<before>{_ENGLISH}),? )?"
# Hiragana words hide in longer ones (とうきょう, しあさって), so only a particle may follow them.
_DAY_WORD = (
    r"(?<![ぁ-ん])(?P<days>今日|本日|昨日|明日|明後日|あさって|あした|あす|きょう)"
    r"(?=[のはにもかと]|[^ぁ-ん]|$)"
)

_COUNTED = (
    r"(?<![0-9第])(?P<count>[0-9]{1,3}) ?(?P<unit>日|週間)後の?"
    r"|(?<![a-z])in (?P<count_en>[0-9]{1,3}) (?P<unit_en>days?|weeks?)(?![a-z])"
)

_RANGE = r"(?: ?[-~〜→ー] ?| ?から ?| (?:to|until|till) )"


def _clock(end: str) -> str:
    """One time of day; the names of its parts begin with `end`, so that a span can hold two."""
    return (
        rf"(?:(?P<{end}noon>正午|(?<![a-z])noon(?![a-z]))"
        rf"|(?:(?P<{end}before>午前|午後|朝|昼|夕方|夜|(?<![a-z])[ap]m)の? ?)?(?P<{end}hour>[0-9]{{1,2}})"
        rf"(?::(?P<{end}minute>[0-9]{{2}})(?::00)?(?![0-9:])"
        rf"| ?時(?!間)(?:(?P<{end}half>半)|(?P<{end}minute_ja>[0-9]{{1,2}})(?:分(?!間)|(?![0-9分])))?"
        rf"|(?= ?[ap]\.?m(?![a-z])))(?: ?(?P<{end}after>[ap])\.?m(?![a-z])\.?)?)"
    )


_ROUGH = (
    r"(?P<rough> ?(?:頃|ごろ|以降|以後|以前|過ぎ|すぎ|前後?|あたり|まで|くらい|ぐらい)"
    r"|(?<=時) [0-9]{1,2}分(?!間))?"
)
_SPAN = rf"(?<![0-9:./])(?:from )?{_clock('start_')}(?:{_RANGE}{_clock('end_')}(?: ?まで(?!に))?)?{_ROUGH}"
_SPAN_ONE_UNIT = (
    rf"(?<![0-9:./時分])(?:(?P<start_before>午前|午後|朝|昼|夕方|夜)の? ?)?(?P<start_hour>[0-9]{{1,2}})"
    rf"{_RANGE}{_clock('end_')}(?: ?まで(?!に))?{_ROUGH}"
)
_LENGTH = (
    r"(?P<each>(?:各|いずれも|それぞれ|each) ?)?(?<![0-9.:/])(?:(?P<hours>[0-9]{1,2})(?P<tenths>\.[05])? ?"
    r"(?:時間|hours?(?![a-z])|hrs?(?![a-z])|h(?![a-z]))(?:(?P<half>半)|(?P<and>[0-9]{1,2})分)?"
    r"|(?P<minutes>[0-9]{1,3}) ?(?:分間?|min(?:ute)?s?(?![a-z])))"
)


def _on_date(found: re.Match[str]) -> Day:
    part = found.groupdict()
    reiwa, month, year = part.get("reiwa"), part.get("month"), part.get("year")
    if reiwa:
        year = str(2018 + (1 if reiwa == "元" else int(reiwa)))
    if month and not month.isdigit():
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    return OnDate(
        day=int(part["day"]),
        month=int(month) if month else None,
        year=int(year) if year else None,
        years_ahead=_AHEAD.get(part.get("years_ahead") or ""),
        months_ahead=_AHEAD.get(part.get("months_ahead") or ""),
        weekday=_weekday(part.get("before") or part["in_brackets"] or part["beside"]),
    )


def _in_days(found: re.Match[str]) -> Day:
    return InDays(_AHEAD[found["days"].lower()], _weekday(found["in_brackets"] or found["beside"]))


def _counted(found: re.Match[str]) -> Day:
    count = int(found["count"] or found["count_en"])
    weeks = (found["unit"] or found["unit_en"]).lower().startswith(("週", "week"))
    return InDays(count * 7 if weeks else count)


def _in_week(found: re.Match[str]) -> Day:
    word = (found.groupdict().get("week") or "").lower()
    return InWeek(_WEEKDAYS[_name(found["weekday"])], _AHEAD.get(word), nearest_too=word == "next")


def _nth_weekday(found: re.Match[str]) -> Day:
    return NthWeekday(
        nth=int(found["nth"]),
        weekday=_WEEKDAYS[found["weekday"]],
        month=int(found["month"]) if found["month"] else None,
        months_ahead=_AHEAD.get(found["months_ahead"] or ""),
    )


def _weekday(word: str | None) -> int | None:
    return _WEEKDAYS[_name(word)] if word else None


def _name(word: str) -> str:
    return word[0] if word[0] in _WEEKDAYS else word[:3].lower()


def _span(found: re.Match[str]) -> Span:
    part = found.groupdict()
    start, end = _read_clock(part, "start_"), _read_clock(part, "end_")
    return Span(start or Clock(0), end, rough=part["rough"] is not None)


def _read_clock(part: dict[str, str | None], end: str) -> Clock | None:
    if part.get(f"{end}noon"):
        return Clock(12)
    hour = part.get(f"{end}hour")
    if hour is None:
        return None
    half = "30" if part.get(f"{end}half") else "0"
    minute = part.get(f"{end}minute") or part.get(f"{end}minute_ja") or half
    word = part.get(f"{end}after") or part.get(f"{end}before") or ""
    return Clock(int(hour), int(minute), word.lower().removesuffix("m"), padded=hour.startswith("0"))


def _length(found: re.Match[str]) -> Length:
    if found["minutes"]:
        return Length(int(found["minutes"]), for_all=found["each"] is not None)
    half = 30 if found["half"] or found["tenths"] == ".5" else 0
    return Length(60 * int(found["hours"]) + half + int(found["and"] or 0), for_all=found["each"] is not None)


def _rule(pattern: str, meaning: Callable[[re.Match[str]], Day | Span | Length]) -> Rule:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), meaning


# The longer forms come first: what a rule has read is hidden from the rules after it.
RULES: tuple[Rule, ...] = (
    _rule(
        r"(?<![0-9./:-])(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
        rf"(?![0-9/.-]){_CHECK}",
        _on_date,
    ),
    _rule(
        r"(?<![a-z0-9])(?:r|令和)(?P<reiwa>[0-9]{1,2}|元)(?P<mark>[./-])(?P<month>[0-9]{1,2})"
        rf"(?P=mark)(?P<day>[0-9]{{1,2}})(?![0-9/.-]){_CHECK}",
        _on_date,
    ),
    _rule(rf"(?<![a-z0-9年./:-]){_YEAR}(?P<month>[0-9]{{1,2}}) ?月 ?{_BARE_DAY}{_CHECK}", _on_date),
    _rule(
        rf"(?<![a-z0-9年./:-]){_YEAR}(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}})(?![0-9/.]){_CHECK}",
        _on_date,
    ),
    _rule(rf"{_MONTHS_AHEAD}{_BARE_DAY}{_CHECK}", _on_date),
    _rule(
        rf"{_BEFORE}{_MONTH} ?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:a-z]){_YEAR_AFTER}{_CHECK}",
        _on_date,
    ),
    _rule(
        rf"{_BEFORE}(?<![0-9:.,/-])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}"
        rf"{_YEAR_AFTER}{_CHECK}",
        _on_date,
    ),
    _rule(
        rf"(?:{_MONTHS_AHEAD}|(?<![0-9])(?P<month>[0-9]{{1,2}})月の? ?)?"
        rf"第 ?(?P<nth>[0-9])(?![0-9]) ?\(?(?P<weekday>{_KANJI})(?:曜日?|\)|{_HOUR_FOLLOWS})",
        _nth_weekday,
    ),
    _rule(
        rf"(?P<week>今週|再?来週|先週)の? ?(?:\( ?)?(?P<weekday>{_KANJI})"
        rf"(?:曜日?(?: ?\))?| ?\)|{_HOUR_FOLLOWS})",
        _in_week,
    ),
    _rule(_COUNTED, _counted),
    _rule(rf"{_DAY_WORD}{_CHECK}", _in_days),
    _rule(
        rf"(?<![a-z])(?:the )?(?P<days>today|yesterday|day after tomorrow|tomorrow)(?![a-z]){_CHECK}",
        _in_days,
    ),
    _rule(
        rf"(?<![a-z])(?P<week>next week|this week|next|this|last),? (?:on )?(?P<weekday>{_ENGLISH})",
        _in_week,
    ),
    _rule(_SPAN_ONE_UNIT, _span),
    _rule(_SPAN, _span),
    _rule(_LENGTH, _length),
    _rule(rf"(?<![0-9年月/.-]){_BARE_DAY}{_CHECK}", _on_date),
    _rule(rf"\( ?(?P<weekday>{_KANJI})(?:曜日?)? ?\)", _in_week),
    _rule(rf"(?P<weekday>{_KANJI})曜日?", _in_week),
    _rule(rf"(?P<weekday>{_ENGLISH})", _in_week),
)
