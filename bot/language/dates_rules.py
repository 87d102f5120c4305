"""The written forms of days, each rule one pattern and what it means."""

import re
from collections.abc import Callable

from bot.language.dates_days import After, Day, Gone, InDays, InWeek, NthWeekday, OnDate, Vague

DayRule = tuple[re.Pattern[str], Callable[[re.Match[str]], Day]]

WEEKDAYS = {
    name: number
    for number, names in enumerate(("月mon", "火tue", "水wed", "木thu", "金fri", "土sat", "日sun"))
    for name in (names[0], names[1:])
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_DAYS = {
    "今日": 0, "本日": 0, "きょう": 0, "today": 0, "明日": 1, "あした": 1, "あす": 1, "tomorrow": 1,
    "明後日": 2, "あさって": 2, "day after tomorrow": 2, "しあさって": 3, "明々後日": 3, "明明後日": 3,
    "今夜": 0, "今晩": 0, "tonight": 0, "明朝": 1, "明晩": 1, "来週の今日": 7, "来週の明日": 8,
}  # fmt: skip
_PARTS = {"今夜": "夜", "今晩": "夜", "tonight": "夜", "明晩": "夜", "明朝": "朝"}
AHEAD = {
    "今週": 0, "来週": 1, "再来週": 2, "翌週": 1, "週明け": 1, "this": 0, "this week": 0, "next": 1, "next week": 1,
    "今月": 0, "来月": 1, "再来月": 2, "翌月": 1, "this month": 0, "next month": 1,
    "今年": 0, "本年": 0, "来年": 1, "再来年": 2, "翌年": 1,
}  # fmt: skip

_ORDINALS = ("first", "second", "third", "fourth", "fifth")

KANJI = "[月火水木金土日]"
ENGLISH = r"(?<![a-z])(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?(?![a-z])\.?"
_MONTH = (
    r"(?<![a-z])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_ENDS = r"(?= ?(?:[0-9の、,はかとでも)・/~-]|午|正午|朝|昼|夕|夜|から|まで|$|\n))"
_CHECK = (
    rf"(?: ?[(\[] ?(?P<wb>{KANJI}(?:曜日?)?|{ENGLISH})(?:[・,、/ ]?[祝休]日?)? ?[)\]]?"
    rf"|[ ,、]{{0,2}}の?(?P<we>{ENGLISH})"
    rf"|の?[ \n]?(?P<ws>{KANJI}曜日?|(?!日){KANJI}{_ENDS}))?"
)
_YEAR = (
    r"(?:(?:(?P<year>[0-9]{4}) ?年?(?: ?\( ?(?:令和|r) ?(?P<era_too>[0-9]{1,2}|元)年? ?\) ?年?)?"
    r"|(?P<year_only>[0-9]{4}) ?年"
    r"|(?P<era>令和|平成|r(?=[0-9 ])|h(?=[0-9 ])) ?(?P<era_year>[0-9]{1,2}|元) ?年"
    r"(?: ?\( ?(?P<west>[0-9]{4}) ?年? ?\))?|(?P<years_ahead>今年|本年|再?来年|翌年))の?[ \n]?)"
)
_AHEAD_MONTH = r"(?P<months_ahead>今月|再?来月|翌月)の?[ \n]?"
_NOT_LENGTH = r"(?![間後前目中分以])"
_LISTED = rf"(?: ?[-~・,、/と&] ?[0-9]{{1,2}})+日{_NOT_LENGTH}"
_LATER = r"(?:(?P<later>次の|次回の|今度の|こんどの|coming )[ ]?)?"
_WEEK = r"(?P<week>今週|再?来週|翌週|週明け)の?[ \n]?[(]?"


def _compiled(pattern: str, meaning: Callable[[re.Match[str]], Day]) -> DayRule:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), meaning


def weekday(word: str | None) -> int | None:
    if not word:
        return None
    return WEEKDAYS[word[0] if word[0] in WEEKDAYS else word[:3].lower()]


def _checked(part: dict[str, str | None]) -> int | None:
    return weekday(part.get("before") or part.get("wb") or part.get("we") or part.get("ws"))


def _on_date(found: re.Match[str]) -> Day:
    part = found.groupdict()
    month = part.get("month") or ""
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1 if month else None
    year, wrong = _year(part)
    return OnDate(
        int(part["day"]), number, year, AHEAD.get(part.get("months_ahead") or ""),
        AHEAD.get(part.get("years_ahead") or ""), _checked(part), wrong, bool(part.get("every")),
    )  # fmt: skip


def _year(part: dict[str, str | None]) -> tuple[int | None, bool]:
    """The Western year, and whether the era contradicts it or had ended."""
    western = part.get("year") or part.get("year_only") or part.get("west")
    written = part.get("era_too") or part.get("era_year")
    if not written:
        return (int(western) if western else None), False
    since = 1988 if (part.get("era") or "").lower() in ("平成", "h") else 2018
    computed = since + (1 if written == "元" else int(written))
    if western:
        return int(western), int(western) != computed
    return computed, since == 1988 and computed > 2019


def _in_days(found: re.Match[str]) -> Day:
    word = found["days"].lower()
    return InDays(_IN_DAYS[word], _checked(found.groupdict()), _PARTS.get(word, ""))


def _counted(found: re.Match[str]) -> Day:
    count = int(found["count"] or found["count_en"])
    weeks = (found["unit"] or found["unit_en"]).lower().startswith(("週", "week"))
    if weeks and found["weekday"]:
        return InWeek(WEEKDAYS[found["weekday"]], count)
    return InDays(count * 7 if weeks else count)


def _in_week(found: re.Match[str]) -> Day:
    part = found.groupdict()
    week = (part.get("week") or "").lower()
    later, every = (part.get("later") or "").strip().lower(), part.get("every") or ""
    interval = (2 if "隔" in every or "other" in every or "2" in every else 1) if every else 0
    return InWeek(weekday(part["weekday"]) or 0, AHEAD.get(week), bool(later), None, interval)


def _week_of(found: re.Match[str]) -> Day:
    return InWeek(WEEKDAYS[found["weekday"]], of=OnDate(int(found["day"]), int(found["month"])))


def _nth(found: re.Match[str]) -> Day:
    part = found.groupdict()
    number = (part.get("nth") or "").lower()
    number = str(_ORDINALS.index(number) + 1) if number in _ORDINALS else re.sub("[a-z]+$", "", number)
    month = part.get("month")
    return NthWeekday(
        int(number) if number.isdigit() else -1, weekday(part["weekday"]) or 0, int(month) if month else None,
        AHEAD.get(part.get("months_ahead") or ""), bool(part.get("of_week")), bool(part.get("every")),
    )  # fmt: skip


def _vague(found: re.Match[str]) -> Day:
    part = found.groupdict()
    month, word = part.get("month"), (part.get("lends") or "").lower()
    is_month = word.endswith(("月", "month"))
    ahead = AHEAD.get(word)
    return Vague(
        None if is_month else ahead,
        int(month) if month and 1 <= int(month) <= 12 else None,
        ahead if is_month else None,
    )


_PAST = (
    r"一昨日|おととい|昨日|きのう|昨夜|昨晩|先々週|先週|先々月|先月|昨年|去年|yesterday|last (?:week|month|time|year)"
)
_VAGUE_WORDS = (
    r"次の次の?|週末|月末|月初め?|年末|年始|年明け|年内|年度末|平日|連休明け|連休|休み明け|[上中下]旬|近日|そのうち|祝日以外|"
    r"(?<![一-龠])来年|(?<![一-龠])今年|weekdays?|weekend|何曜日?でも|毎日|いつでも"
)
_NTH = r"(?:第 ?(?P<nth>[0-9]+)|(?P<last>最終))"

# The longer forms come first: what a rule has read is hidden from the rules after it.
DAY_RULES: tuple[DayRule, ...] = (
    _compiled(r"(?:一?昨年|去年|先月|先々月)の?(?:[0-9]{1,2}[月/])?[0-9]{1,2}(?:日|(?![0-9時:]))", lambda _: Gone()),
    _compiled(rf"(?:{_PAST})の?(?: ?{KANJI}曜日?| ?{ENGLISH})?|last {ENGLISH}", lambda _: Gone()),
    _compiled(
        rf"(?<![0-9./:-])(?P<year>[0-9]{{4}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
        rf"(?![0-9/.-])(?:t(?=[0-9]))?{_CHECK}",
        _on_date,
    ),
    _compiled(
        rf"(?<![a-z0-9])(?P<era>r|令和|h|平成) ?(?P<era_year>[0-9]{{1,2}}|元)(?P<mark>[./-])(?P<month>[0-9]{{1,2}})"
        rf"(?P=mark)(?P<day>[0-9]{{1,2}})(?![0-9/.-]){_CHECK}",
        _on_date,
    ),
    _compiled(
        rf"(?<![0-9])(?P<month>[0-9]{{1,2}})[/月](?P<day>[0-9]{{1,2}})日?(?:{_CHECK})"
        rf"の(?:ある)?週の ?(?P<weekday>{KANJI})(?:曜日?)?",
        _week_of,
    ),
    _compiled(
        rf"(?<![a-z0-9./-])(?<![0-9]:){_YEAR}?(?P<month>[0-9]{{1,2}}) ?月の?[ \n]?"
        rf"(?P<day>[0-9]{{1,2}})(?: ?日{_NOT_LENGTH}{_CHECK}|(?={_LISTED}))",
        _on_date,
    ),
    _compiled(
        rf"(?<![a-z0-9./-])(?<![0-9]:){_YEAR}?(?P<month>[0-9]{{1,2}}) ?/ ?(?P<day>[0-9]{{1,2}})(?![0-9/.]"
        rf"|[:時])日?{_CHECK}",
        _on_date,
    ),
    _compiled(rf"{_AHEAD_MONTH}(?P<day>[0-9]{{1,2}}) ?日{_NOT_LENGTH}{_CHECK}", _on_date),
    _compiled(
        rf"(?:(?P<before>{ENGLISH}),? )?(?:the )?{_MONTH} ?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:a-z])"
        rf"(?:,? (?P<year>[0-9]{{4}})(?![0-9:]))?{_CHECK}",
        _on_date,
    ),
    _compiled(
        rf"(?:(?P<before>{ENGLISH}),? )?(?<![0-9:.,/-])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}"
        rf"(?:,? (?P<year>[0-9]{{4}})(?![0-9:]))?{_CHECK}",
        _on_date,
    ),
    _compiled(
        rf"(?P<every>毎月の?|月1回の?)?[ ]?(?:{_AHEAD_MONTH}|(?<![0-9])(?P<month>[0-9]{{1,2}})月の? ?)?"
        rf"{_NTH}(?P<of_week>週)?の?[ ]?[(]?(?P<weekday>{KANJI})(?:曜日?|(?=\))|{_ENDS})[)]?",
        _nth,
    ),
    _compiled(
        rf"(?:the )?(?P<every>every )?(?:the )?(?P<nth>[1-5](?:st|nd|rd|th)|first|second|third|fourth|fifth"
        rf"|last) (?P<weekday>{ENGLISH})(?: of (?:the|every) month)?",
        _nth,
    ),
    _compiled(r"(?P<every>毎月の?) ?(?P<day>[0-9]{1,2})日", _on_date),
    _compiled(
        rf"(?P<every>毎週の?|隔週の?|2週間に1度の?|2週に1度の?) ?[(]?(?P<weekday>{KANJI})(?:曜日?|{_ENDS})[)]?",
        _in_week,
    ),
    _compiled(rf"(?P<every>every (?:other )?)(?P<weekday>{ENGLISH})", _in_week),
    _compiled(rf"(?<=の)翌週の?(?P<weekday>{KANJI})曜日?", lambda found: After(InWeek(WEEKDAYS[found["weekday"]]), 7)),
    _compiled(rf"{_WEEK}(?P<weekday>{KANJI})(?:曜日?|(?=\))|{_ENDS})[)]?", _in_week),
    _compiled(rf"(?<![a-z])(?P<week>next week|this week|next|this),? (?:on )?(?P<weekday>{ENGLISH})", _in_week),
    _compiled(
        rf"(?<![0-9第])(?P<count>[0-9]{{1,3}}) ?(?P<unit>日|週間?)後の?(?: ?(?P<weekday>{KANJI})(?:曜日?|{_ENDS}))?"
        r"|(?<![a-z])in (?P<count_en>[0-9]{1,3}) (?P<unit_en>days?|weeks?)(?![a-z])",
        _counted,
    ),
    _compiled(r"(?:その)?(?:次の日|翌日|あくる日)|(?:the )?(?:next|following) day", lambda _: After(None)),
    _compiled(r"(?:その)?翌々日", lambda _: After(None, 2)),
    _compiled(r"(?:その)?前日", lambda _: After(None, -1)),
    # Hiragana words hide in longer ones (とうきょう), so only a particle may stand beside them.
    _compiled(
        r"(?P<days>来週の(?:今日|明日)|明後日|明々後日|明明後日|しあさって|(?<!し)あさって|今日|本日|明日|今夜|今晩|明朝|明晩"
        r"|(?<![ぁ-ん])(?:あした|あす|きょう)(?=[のはにもかと夕朝昼夜午]|[^ぁ-ん]|$)"
        rf"|(?<![a-z])(?:today|day after tomorrow|tomorrow|tonight)(?![a-z])){_CHECK}",
        _in_days,
    ),
)

# What may only be read when no longer form was: 火曜, 9日, 来週.
BARE_RULES: tuple[DayRule, ...] = (
    _compiled(rf"(?<![0-9月/.])(?P<day>[0-9]{{1,2}})(?: ?日{_NOT_LENGTH}{_CHECK}|(?={_LISTED}))", _on_date),
    _compiled(rf"{_LATER}(?P<weekday>{KANJI})曜日?", _in_week),
    _compiled(rf"(?<![一-龠ァ-ヶ0-9])(?P<weekday>{KANJI})(?= ?[0-9]{{1,2}}[時:])", _in_week),
    _compiled(r"(?<![a-z])the (?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?![a-z])", _on_date),
    _compiled(rf"[(](?P<weekday>{KANJI})[)]", _in_week),
    _compiled(rf"{_LATER}(?P<weekday>{ENGLISH})", _in_week),
    _compiled(
        r"(?:(?P<lends>今週|再?来週|翌週|週明け|今月|再?来月|翌月|(?<![a-z])(?:this|next) (?:week|month)(?![a-z]))"
        rf"|(?<![0-9])(?P<month>[0-9]{{1,2}})月)の?(?:{_VAGUE_WORDS}|[上下]旬|中(?![旬日])|あたり|前半|後半|半ば)?",
        _vague,
    ),
    _compiled(_VAGUE_WORDS, _vague),
)
