"""The numbers, dots and brackets that Japanese documents put before headings, points and items of lists."""

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = r"[0-9０-９〇一二三四五六七八九十百]+"
_DIGITS = r"[0-9０-９]{1,3}"

_STRONG = (
    (1, re.compile(rf"第\s?{_NUMBER}\s?[部編]")),
    (2, re.compile(rf"第\s?{_NUMBER}\s?章|(?:Chapter|CHAPTER)\s{_DIGITS}")),
    (3, re.compile(rf"第\s?{_NUMBER}\s?節|(?:Section|SECTION)\s{_DIGITS}")),
)
_POINT = re.compile(
    rf"(?:支援の)?(?:ポイント|留意点|項目|事例|ケース|コラム|資料|Point|POINT|Case|CASE|Q)\s?(?:No\.?|その)?\s?"
    rf"{_NUMBER}(?:[-－ー–]{_DIGITS})?(?![年月日時人名件割％%円回目つ個歳以以])"
)
_MIDDLE = (
    (5, re.compile(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+(?=[\s　．.、:：])")),
    (6, re.compile(rf"{_DIGITS}(?:[-－–.．]{_DIGITS}){{1,3}}(?=[\s　．.、:：])(?!\s?[%％])")),
    (6, re.compile(rf"{_DIGITS}(?:[．]|[.](?![0-9])|[、](?![0-9０-９])|[)）](?!以)|[\s　](?=[^\s0-9０-９]))")),
    (7, re.compile(rf"[(（]\s?(?:{_NUMBER}|[ァ-ヶｱ-ﾝア-ンa-zA-Z])\s?[)）]")),
    (7, re.compile(r"[⑴-⒇]")),
    (9, re.compile(r"[①-⑳㉑-㉟㊱-㊿❶-❿]")),
)
_AROUND = re.compile(r"[\s　.．、)）:：]+$")
_TITLE = re.compile(r"[【〔［](?=[^】〕］]{1,40}[】〕］]\s*$)|[■◆▼◼□◇●](?=\s?[^\s])")
_ITEM = re.compile(r"[・･•‣▪○◯●◎☆★※→⇒➡➤✓✔☑□■◆◇▶►▷＊*](?:[\s　]*)|[-–—][\s　]+")
_SENTENCE_END = re.compile(r"[。！？!?]$|[。！？][」』）)]$|(?<=[A-Za-z]{3})\.$")
_LEADER = re.compile(r"(?:[.．…‥・･]\s?){4,}\s*[-–]?\s*[0-9０-９ivx]{1,4}\s*[-–]?$")

LONG_HEADING = 48
"""Characters; what is longer is a sentence, whatever stands before it."""

POINT_LEVEL, TITLE_LEVEL = 10, 8

DOT = "・"
"""Before an item of a list whose own sign was lost."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line begins with. rank: the smaller, the higher it stands. sure: it is no accident of a sentence."""

    written: str
    rank: int
    sure: bool
    numbers: bool


def mark_of(text: str) -> Mark | None:
    """Of headings and numbered points."""
    for rank, pattern in _STRONG:
        if found := pattern.match(text):
            return Mark(found[0], rank, sure=_goes_on_as_title(text[found.end() :]), numbers=True)
    if found := _POINT.match(text):
        return Mark(found[0], POINT_LEVEL, sure=_goes_on_as_title(text[found.end() :]), numbers=True)
    for rank, pattern in _MIDDLE:
        if found := pattern.match(text):
            return Mark(_AROUND.sub("", found[0]) if rank in (5, 6) else found[0], rank, False, True)
    if _TITLE.match(text) and len(text) <= LONG_HEADING and not ends_sentence(text):
        return Mark("", TITLE_LEVEL, sure=text[0] in "【〔［■◆", numbers=False)
    return None


def _goes_on_as_title(rest: str) -> bool:
    """「第2章では」 and 「ポイント3を」 are words of a sentence, 「第2章　出会うまで」 is a title."""
    return not re.match(r"[はがをにでとのもや、へ]|から|まで|より|など|以", rest)


def begins_item(text: str) -> bool:
    return bool(_ITEM.match(text))


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def is_of_contents(text: str) -> bool:
    """A line of a table of contents: dots, and the page."""
    return bool(_LEADER.search(text))


def is_first(written: str) -> bool:
    """Whether a numbering begins here."""
    return re.sub(r"[\W]", "", unicodedata.normalize("NFKC", written)) in ("1", "I", "一", "ア", "a", "A", "ｱ")


_BEGINS_INSIDE = re.compile(
    r"[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョーゝ々、。）」』】〉》］・]|づくり|[をんヲン]|の(?!ち|ぞ|ん|び|こ|せ)"
)


def begins_inside(text: str) -> bool:
    """No word begins so: the line before goes on here."""
    return bool(_BEGINS_INSIDE.match(text)) and not begins_item(text)


_OPENING = "「『（(【〈《［"
_CONTINUES = re.compile(
    r"[、,，／/〜～-]$|(?:[のにをはがでとやへもて]|から|まで|より|など|及び|また|または|ため|よう|する|した)$"
)


def goes_on(text: str) -> bool:
    """What stands here cannot be all: a comma, a particle, an open bracket."""
    opened = sum(text.count(sign) for sign in _OPENING)
    closed = sum(text.count(sign) for sign in "」』）)】〉》］")
    return bool(_CONTINUES.search(text)) or (opened > closed and text[0] not in _OPENING)


_PAGE_NUMBER = re.compile(
    r"(?:[-－–—‐~〜\[(（]?\s?)(?:p(?:age|p)?\.?\s?|P\.?\s?)?([0-9０-９]{1,4}|[ivxIVX]{1,6})"
    r"(?:\s?(?:/|／|of)\s?[0-9０-９]{1,4})?(?:\s?(?:ページ|頁))?(?:\s?[-－–—‐~〜\])）]?)"
)
_NUMBERED_HEADING = re.compile(r"(?:第#|ポイント#|事例#|項目#|留意点#|#[.．、]|[(（]#|Q#|[①-⑳])")


def page_number(text: str) -> str:
    """What a line that is nothing but the number of a page says; empty for any other line."""
    found = _PAGE_NUMBER.fullmatch(text.strip())
    return found[1] if found else ""


def differs_by_number(key: str) -> bool:
    """「ポイント#」 stands for many headings, with # for their numbers: they are not one line that runs along."""
    return bool(_NUMBERED_HEADING.match(key)) and len(key) < 12
