"""Finds the days, times and lengths in a plain writing, and lends weeks and months to the days that lack them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.language.dates_clocks import IN_MINUTES, TIME_RULES, TimeMeaning
from bot.language.dates_days import After, Both, Day, Gone, InDays, InWeek, NthWeekday, OnDate, Through, Vague
from bot.language.dates_rules import AHEAD, BARE_RULES, DAY_RULES, KANJI, WEEKDAYS
from bot.language.dates_writing import HIDDEN

RANGE = re.compile(r" ?(?:[-~ー]|から|to|until|through) ?", re.IGNORECASE)
_MOVED = re.compile(r"[^。\n]*(?:変更|ずら|移動|移し|延期|振り?替|リスケ|繰り[上下]|moved?|reschedul)", re.IGNORECASE)
_OR = re.compile(r" ?(?:[かと、,・/]|または|もしくは|and|or) ?", re.IGNORECASE)
_BOUND = re.compile(r" ?(?:以降|以後|以前|より(?:後|前|あと|まえ)|まで)")
_ROUGH_MONTH = re.compile("次の次|以降|以後|以前|より|まで|月末|月初|年末|年始|年明け|[上中下]旬|前半|後半|半ば")
_BESIDE = re.compile(r"[ \n]?(?:の)?[ \n]?[(\[]?(?:の)?")
# 火・木, 月水金, 月〜水: days of the week in one breath.
_WEEKDAY_LIST = re.compile(
    rf"(?<![一-龠ァ-ヶ0-9])(?:(?P<week>今週|再?来週|毎週)の?)?(?P<days>{KANJI}(?:(?:曜日?)?[・,、/か~-]{KANJI})+|{KANJI}{{2,7}})(?:曜日?)?"
    r"(?= ?(?:[0-9の)]|午|朝|夕|夜|$|\n|で|は|に))"
)
# 第2・第4火曜: several of a month in one breath.
_NTH_LIST = re.compile(
    r"(?P<every>毎月の?)?(?:(?P<ahead>今月|再?来月)の?|(?P<month>[0-9]{1,2})月の?)?"
    rf"第 ?(?P<numbers>[0-9](?:週?[ ]?(?:[・,、/&と]|か|または)[ ]?第?[ ]?[0-9])+)[ の]?(?P<weekday>{KANJI})曜日?"
)
# 12/3,4,8: numbers that go on where a date ended.
_MORE_DAYS = re.compile(
    rf"(?P<to> ?[-~] ?|(?: ?(?:[、,・/&とかや]|または|or|and) ?))(?P<day>[0-9]{{1,2}})日?(?![0-9:/時月分年人名件間-]"
    rf"| ?[ap]m)(?: ?\((?P<weekday>{KANJI})\))?"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A meaning, the words that carry it, and where they stand."""

    meaning: Day | TimeMeaning
    text: str
    start: int
    end: int

    @property
    def day(self) -> Day | None:
        return self.meaning if isinstance(self.meaning, Day) else None


def tokens(text: str) -> list[Token]:
    """In the order of writing, each day with the week or month it was meant in."""
    found: list[Token] = []
    written = text
    text = _take(IN_MINUTES, text, found)
    text = _nth_lists(_weekday_lists(text, found), found)
    for rule in DAY_RULES:
        text = _take(rule, text, found)
    text = _more_days(text, found)
    for rule in BARE_RULES:
        text = _take(rule, text, found)
    for time_rule in TIME_RULES:
        text = _take(time_rule, text, found)
    found = [_bound(written, token) for token in sorted(found, key=lambda token: token.start)]
    return _joined(written, _lent(_weeks_shared(written, found)))


def _take(
    rule: tuple[re.Pattern[str], Callable[[re.Match[str]], Day | TimeMeaning]], text: str, found: list[Token]
) -> str:
    pattern, meaning = rule
    for match in pattern.finditer(text):
        found.append(Token(meaning(match), match[0].strip(), match.start(), match.end()))
    return pattern.sub(lambda match: HIDDEN * len(match[0]), text)


def _bound(text: str, token: Token) -> Token:
    """12/3以降: a day that only bounds the days that are meant."""
    bound = _BOUND.match(text, token.end) if token.day is not None else None
    if (
        bound is None
        or isinstance(token.day, Vague | Gone)
        or RANGE.search(text[max(0, token.start - 2) : token.start])
    ):
        return token
    return Token(Vague(), token.text + bound[0], token.start, bound.end())


def _weekday_lists(text: str, found: list[Token]) -> str:
    def read(match: re.Match[str]) -> str:
        week = {"今週": 0, "来週": 1, "再来週": 2}.get(match["week"] or "")
        begin = match.start("days")
        signs = re.sub("曜日?", lambda mark: HIDDEN * len(mark[0]), match["days"])
        places = [begin + at for at, sign in enumerate(signs) if sign in WEEKDAYS]
        for at in places:
            day = InWeek(WEEKDAYS[text[at]], week, interval=1 if match["week"] == "毎週" else 0)
            last = at == places[-1]
            found.append(Token(day, text[at], at, match.end() if last else at + 1))
        return HIDDEN * len(match[0])

    return _WEEKDAY_LIST.sub(read, text)


def _nth_lists(text: str, found: list[Token]) -> str:
    def read(match: re.Match[str]) -> str:
        month = int(match["month"]) if match["month"] else None
        ahead = AHEAD.get(match["ahead"] or "")
        for number in re.finditer("[0-9]", match["numbers"]):
            start = match.start("numbers") + number.start()
            day = NthWeekday(int(number[0]), WEEKDAYS[match["weekday"]], month, ahead, every=bool(match["every"]))
            last = number.end() == len(match["numbers"])
            found.append(Token(day, f"第{number[0]}{match['weekday']}曜", start, match.end() if last else start + 1))
        return HIDDEN * len(match[0])

    return _NTH_LIST.sub(read, text)


def _more_days(text: str, found: list[Token]) -> str:
    for token in [each for each in found if isinstance(each.meaning, OnDate)]:
        end = token.end
        while match := _MORE_DAYS.match(text, end):
            weekday = WEEKDAYS[match["weekday"]] if match["weekday"] else None
            found.append(Token(OnDate(int(match["day"]), weekday=weekday), match[0], match.start("day"), match.end()))
            text = text[: match.start("day")] + HIDDEN * (match.end() - match.start("day")) + text[match.end() :]
            end = match.end()
    return text


def _lent(found: list[Token]) -> list[Token]:
    """12月3日・4日, 来週火曜か木曜: a day that lacks its month or week takes that of the days before it."""
    lent: list[Token] = []
    week: int | None = None
    month: OnDate | NthWeekday | Vague | None = None
    earlier: Day | None = None
    for index, token in enumerate(found):
        day = token.day
        if isinstance(day, Vague):
            week, month = (day.weeks if day.weeks is not None else week), (_month_of(day) or month)
            if day.weeks is not None and token.text.isascii() and lent and lent[-1].day is not None:
                lent = [_in_week(one, day.weeks) for one in lent]
                continue
        elif isinstance(day, InWeek):
            week = day.weeks if day.weeks is not None else week
            if day.weeks is None and not day.later and not day.interval and day.of is None:
                day = replace(day, weeks=week)
        elif isinstance(day, OnDate | NthWeekday):
            if day.month is None and day.months_ahead is None and month is not None and not day.every:
                day = _in_month(day, month)
            if isinstance(day, OnDate | NthWeekday) and day.month is None and _earlier_every(earlier, day):
                day = replace(day, every=True)
            month = _month_of(day) or month
        elif isinstance(day, After):
            day = _after(day, earlier)
        if day is not None and not isinstance(day, Gone | Vague):
            earlier = day
        lent.append(token if day is token.day else replace(found[index], meaning=day or token.meaning))
    return lent


def _after(day: After, earlier: Day | None) -> After:
    """その翌日 counts from the day before it, 12/3の翌週の木曜 from the week of that day."""
    if isinstance(day.day, InWeek):
        return replace(day, day=replace(day.day, of=earlier)) if isinstance(earlier, OnDate) else day
    return replace(day, day=earlier)


def _earlier_every(earlier: Day | None, day: Day) -> bool:
    return isinstance(earlier, OnDate | NthWeekday) and type(earlier) is type(day) and earlier.every


def _in_week(token: Token, weeks: int) -> Token:
    day = token.day
    if isinstance(day, InWeek) and day.weeks is None and not day.later and not day.interval:
        return replace(token, meaning=replace(day, weeks=weeks))
    return token


def _month_of(day: OnDate | NthWeekday | Vague) -> OnDate | NthWeekday | Vague | None:
    return day if day.month is not None or day.months_ahead is not None else None


def _in_month(day: OnDate | NthWeekday, month: OnDate | NthWeekday | Vague) -> OnDate | NthWeekday:
    if isinstance(day, OnDate) and isinstance(month, OnDate):
        return replace(month, day=day.day, weekday=day.weekday, every=False)
    return replace(day, month=month.month, months_ahead=month.months_ahead)


def _joined(text: str, found: list[Token]) -> list[Token]:
    """Two writings of one day become one, as do the two ends of a span of days."""
    joined: list[Token] = []
    for token in found:
        before = joined[-1] if joined else None
        if before and before.day and token.day and (day := _both(text, before, token)):
            joined[-1] = Token(day, f"{before.text} {token.text}".strip(), before.start, token.end)
        else:
            joined.append(token)
    unsure = [one for one in pairwise(joined) if isinstance(one[0].day, Vague) and one[1].day]
    for vague, named in unsure:
        # 12月中旬の火曜 says a month and a weekday, and still no day.
        loose = isinstance(named.day, InWeek) and named.day.weeks is None and named.start - vague.end <= 1
        joined.remove(named if loose and _month_only(vague) else vague)
    return joined


def _month_only(token: Token) -> bool:
    if not isinstance(token.day, Vague) or token.day.weeks is not None:
        return False
    return _month_of(token.day) is not None or _ROUGH_MONTH.search(token.text) is not None


def _weeks_shared(text: str, found: list[Token]) -> list[Token]:
    """来週か再来週の火曜: the weekday belongs to both weeks, as 毎週 does to both of 火曜と木曜."""
    shared = list(found)
    for index in range(len(found) - 1, 0, -1):
        before, token = shared[index - 1], shared[index]
        if not isinstance(token.meaning, InWeek) or not _OR.fullmatch(text[before.end : token.start]):
            continue
        if isinstance(before.meaning, Vague) and before.meaning.weeks is not None and token.meaning.weeks is not None:
            shared[index - 1] = replace(before, meaning=replace(token.meaning, weeks=before.meaning.weeks))
    for index in range(1, len(shared)):
        before, token = shared[index - 1], shared[index]
        if not isinstance(token.meaning, InWeek) or not _OR.fullmatch(text[before.end : token.start]):
            continue
        if isinstance(before.meaning, InWeek) and before.meaning.interval and token.meaning.weeks is None:
            shared[index] = replace(token, meaning=replace(token.meaning, interval=before.meaning.interval))
    return shared


def _both(text: str, before: Token, token: Token) -> Day | None:
    gap, one, other = text[before.end : token.start], before.day, token.day
    if isinstance(other, After) and gap == "の":
        return other
    if one is None or other is None or isinstance(one, Gone | Vague) or isinstance(other, Gone | Vague | After):
        return None
    if RANGE.fullmatch(gap) and not isinstance(one, Through) and not _MOVED.match(text, token.end):
        return Through(one, other)
    if not _BESIDE.fullmatch(gap):
        return None
    if isinstance(other, OnDate) and isinstance(one, InDays | InWeek | NthWeekday):
        return Both(one, other)
    if isinstance(one, OnDate) and (isinstance(other, InDays | NthWeekday) or "(" in gap):
        return Both(other, one)
    return None
