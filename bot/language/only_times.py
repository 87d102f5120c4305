"""Whether a text is nothing but days and times, in which nothing can be a sign of anything."""

import re
import unicodedata

_WORDS = re.compile(
    r"(?:令和|平成|西暦|今年|来年|今月|来月|再来月|今週|来週|再来週|毎週|毎月|隔週|第|平日|祝日|今日|本日|明日|明後日|あさって"
    r"|午前|午後|正午|朝|夕方|前半|後半|年|月曜?|火曜?|水曜?|木曜?|金曜?|土曜?|日曜?|曜日|曜|時間|時|分|半|週|各|から|まで|又は|または|か|の|と|は|に|で"
    r"|[0-9〇一二三四五六七八九十]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|\b(?:next|week|at|on|or|and|from|to|until|am|pm|noon|each|the|st|nd|rd|th|hours?|minutes?)\b"
    r"|[\s/:.,;・、。()\[\]「」~〜～\-－ー−‐–—→|+●○◯*①-⑳])++",
    re.IGNORECASE,
)


def only_times(text: str) -> bool:
    """At least one number, and no word that is not part of a day or a time."""
    plain = unicodedata.normalize("NFKC", text)
    return any(sign.isdecimal() for sign in plain) and _WORDS.fullmatch(plain) is not None
