"""Ages from years of birth, and days as people remember them: 「先月」 instead of a date."""

import re
from datetime import date

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_SHORT = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和", "明": "明治", "大": "大正", "昭": "昭和", "平": "平成", "令": "令和"}
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
