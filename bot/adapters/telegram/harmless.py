"""Makes sure that nothing in people's words comes to life, and counts text as Telegram does.

Without a parse mode Telegram still looks for names, commands, tags, links and numbers. A word joiner (U+2060, drawn as
nothing) after the sign ends its search: td's MessageEntity.cpp takes no character of U+2000–U+206F but the joiners and
dashes into a link, and none into a name, a tag or a command. docs/decisions/0011-telegram.md says more.
"""

import re

JOINER = "\u2060"

_SIGN = re.compile(r"(?<=[@＠/#＃$:])(?=\S)")
_DOT = re.compile(r"(?<=\S)(?=\.\w)")
_NUMBER = re.compile(r"\d(?:[ \-‐‑–－()（）]{0,3}\d){5,}")
_DIGITS = re.compile(r"\d\D*\d\D*\d(?=\D*\d)")
_DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")


def harmless(words: str) -> str:
    """The same to the eye, and nothing in it to press."""
    words = _DOT.sub(JOINER, _SIGN.sub(JOINER, words))
    return _NUMBER.sub(lambda number: _DIGITS.sub(lambda three: three[0] + JOINER, number[0]), words)


def sound(text: str) -> str:
    """What Telegram would drop or blank by itself is gone before we count; half characters become a mark."""
    text = _BLANKED.sub(" ", _DROPPED.sub("", text))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def size(text: str) -> int:
    """As Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
