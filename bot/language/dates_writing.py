"""Brings a writing into one plain form, and finds the days, times and lengths that stand in a line of it."""

import re
import unicodedata
from dataclasses import dataclass

from bot.language.cleaning import clean
from bot.language.dates_days import Day
from bot.language.dates_rules import RULES
from bot.language.dates_times import Length, Span

HIDDEN = "\x00"
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile(
    r"(?<![〇零一二三四五六七八九十百千万])[〇零一二三四五六七八九十]{1,4}(?= ?(?:[年月日時]|分間))"
    r"|(?<=[時])[〇零一二三四五六七八九十]{1,3}(?=分)|(?<=第)[一二三四五]|(?<=令和)[一二三四五六七八九十]{1,3}(?=年)"
)
_DASH = re.compile("[\u2010-\u2015\u2212]")
_LINK = re.compile(r"https?://\S+")
_LIST_MARK = re.compile(
    r"^ ?(?:[-*・•●○◎>] ?)?(?:第[0-9]{1,2}(?:希望|候補)日?|(?:候補|案|希望)日?[0-9]{0,2}(?=[ :])"
    r"|\([0-9]{1,2}\)|[0-9]{1,2}(?:\)|\.(?= )))[: .、)]*"
)
_NOTE = re.compile(r"第?[0-9]{1,4}(?:名|人|階|回|号室?|番|会議室|f(?![a-z]))", re.IGNORECASE)
# A number, a lone weekday or a word of time nobody read: it may change what the rest means.
_UNREAD = re.compile(
    r"\d|午前|午後|[先今来]週|[先今来]月|今年|[昨去前]年|おととい|一昨日|一昨|毎|隔週|週間|翌|次の|今度"
    r"|(?<![一-龠])[月火水木金土日](?![一-龠])"
    r"|不可|以外|除|都合が?悪|行け|欠席|中止|延期|変更|未定|ない|なし|無し|ません|無理|だめ|ダメ|[×✕✖❌]"
    r"|(?<![a-z])(?:ng|not|no|never|except|cancel\w*|can't|cannot|every|each|last|next|this|weeks?|months?|[ap]m|after|before|by|later|until|around|about"
    r"|utc|gmt|[pcem][sd]t|z)(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A meaning, the words that carry it, and where they stand in the line."""

    meaning: Day | Span | Length
    text: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Half-width digits and signs, kanji numbers as digits, single spaces; lines are kept."""
    # Numbers in circles mark a list; left to NFKC, ①12/3 would become 112/3.
    text = "".join(" " if unicodedata.category(sign) == "No" else sign for sign in clean(text))
    text = _DASH.sub("-", unicodedata.normalize("NFKC", text).replace("\u301c", "~"))
    lines = (" ".join(_LINK.sub(" ", line).split()) for line in text.split("\n"))
    return "\n".join(_LIST_MARK.sub("", _KANJI_NUMBER.sub(_digits, line)) for line in lines)


def tokens(line: str) -> list[Token]:
    """What the rules find in a normalised line, in the order of writing."""
    found = []
    for pattern, meaning in RULES:
        for match in pattern.finditer(line):
            found.append(Token(meaning(match), match[0].strip(), match.start(), match.end()))
        line = pattern.sub(lambda match: HIDDEN * len(match[0]), line)
    return sorted(found, key=lambda token: token.start)


def leftovers(line: str, found: list[Token]) -> bool:
    """Whether something that was not read may change the meaning of what was."""
    starts = [0, *(token.end for token in found)]
    ends = [*(token.start for token in found), len(line)]
    line = HIDDEN.join(line[start:end] for start, end in zip(starts, ends, strict=True))
    return _UNREAD.search(_NOTE.sub("", line)) is not None


def _digits(found: re.Match[str]) -> str:
    number = found[0].replace("零", "〇")
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(str(_KANJI_DIGITS.index(sign)) for sign in number)
    if len(tens) > 1 or len(ones) > 1:
        return found[0]
    return str(10 * (_KANJI_DIGITS.index(tens) if tens else 1) + (_KANJI_DIGITS.index(ones) if ones else 0))
