"""Ages from years of birth, and days as people remember them: 「先月」 instead of a date."""

import re
from datetime import date

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_SHORT = {
    "M": "明治",
    "T": "大正",
    "S": "昭和",
    "H": "平成",
    "R": "令和",
    "明": "明治",
    "大": "大正",
    "昭": "昭和",
    "平": "平成",
    "令": "令和",
}
_ERA_YEAR = re.compile(r"(明治|大正|昭和|平成|令和|[MTSHR明大昭平令])[ .]?([0-9〇一二三四五六七八九十元]{1,3})")
_YEAR = re.compile(r"((?:18|19|20)[0-9]{2}|[一二][〇一二三四五六七八九]{3})")
_ROW = str.maketrans("〇一二三四五六七八九", "0123456789")
OLDEST = 120


def number(written: str) -> int | None:
    """12, 十二, 一二 and 元 as a number."""
    if written == "元":
        return 1
    tens, ten, ones = written.translate(_ROW).partition("十")
    digits = (tens or "1", ones or "0") if ten else ("0", tens)
    if not all(part.isdecimal() and len(part) < 5 for part in digits):
        return None
    return 10 * int(digits[0]) + int(digits[1])


def age_in(birthdate: str, today: date) -> int | None:
    """How old somebody born in that year is about now; nothing where no year stands."""
    era, year = _ERA_YEAR.search(birthdate), _YEAR.search(birthdate)
    born = None
    if era:
        count = number(era[2][:2] if era[2].isdecimal() else era[2])
        born = _ERAS[_SHORT.get(era[1], era[1])] + count if count else None
    elif year:
        born = int(year[1].translate(_ROW))
    if born is None or not 0 <= today.year - born <= OLDEST:
        return None
    return today.year - born


def ago(year: str | None, month: int | None, day: int | None, today: date) -> str | None:
    """The name of the word for that day; without a year it is the last such day, or the next when it is near."""
    if not month or not day:
        return None
    try:
        told = date(_year(year) or today.year, month, day)
    except ValueError:
        return None
    months = (today.year - told.year) * 12 + today.month - told.month
    if year is None and months < -2:
        months += 12
    return _word(months, (today - told).days)


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    era = _ERA_YEAR.fullmatch(written)
    if era is None:
        return int(written) if written.isdecimal() else None
    count = number(era[2])
    return _ERAS[_SHORT.get(era[1], era[1])] + count if count else None


def _word(months: int, days: int) -> str:
    if 0 <= days < 14:
        return "last_week"
    named = {-1: "next_month", 0: "this_month" if days >= 0 else "soon", 1: "last_month"}
    if months < -1:
        return "soon"
    if months in named:
        return named[months]
    return "months_ago" if months < 12 else "last_year" if months < 24 else "years_ago"
