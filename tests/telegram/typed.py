"""What Telegram itself finds in plain text: names, commands, tags, links, addresses and numbers, as entities."""

import re
from collections.abc import Iterator

from tests.telegram.shapes import Json

_WIDE = "com|org|net|info|biz|app|dev|xyz|online|site|shop|link|gov|edu|example|blog|cloud|page|club|tokyo|school"
_ROOTS = rf"(?:[a-z]{{2}}|{_WIDE})"
"""Every country and the usual others: Telegram links whatever ends in a domain that exists."""

_KINDS = {
    "email": re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+%-]*@[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}"),
    "url": re.compile(
        r"(?<![\w@.])(?:(?:https?|ftp|tonsite|tg)://[^\s<>「」『』（）]*[^\s<>.,;:!?\"'」『』（）)、。]"
        rf"|(?:[\w-]+\.)+{_ROOTS}(?![\w-]|\.\w)(?::\d{{1,5}})?(?:/[^\s<>「」『』（）、。]*)?"
        r"|(?:\d{1,3}\.){3}\d{1,3}(?![\w.])(?::\d{1,5})?(?:/[^\s<>]*)?)",
        re.IGNORECASE,
    ),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "hashtag": re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?(?![#\w])"),
    "cashtag": re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?:@[A-Za-z0-9_]{3,32})?(?![\w$])"),
    "bank_card_number": re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)", re.ASCII),
    "phone_number": re.compile(r"(?<![\w+:])(?:\+\d|0)(?:[ \-()]{0,2}\d){8,13}(?!\w)", re.ASCII),
}
"""The earlier kind wins where two lie over each other."""

BLIND = {"code", "pre", "text_link", "text_mention"}
"""Inside these nothing more is found."""


def units(text: str) -> int:
    """Telegram counts UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def entity(kind: str, text: str, start: int, end: int) -> Json:
    return {"offset": units(text[:start]), "length": units(text[start:end]), "type": kind}


def covered(text: str, found: Json) -> str:
    """The words an entity lies over."""
    raw = text.encode("utf-16-le", "surrogatepass")
    start = found["offset"] * 2
    return raw[start : start + found["length"] * 2].decode("utf-16-le", "surrogatepass")


def find(text: str, explicit: list[Json] | None = None) -> list[Json]:
    """The explicit entities and what Telegram finds beside them, in reading order."""
    given = explicit or []
    taken = [(each["offset"], each["offset"] + each["length"]) for each in given if each["type"] in BLIND]
    found: list[Json] = []
    for kind, start, end in _matches(text):
        new = entity(kind, text, start, end)
        span = (new["offset"], new["offset"] + new["length"])
        if not any(span[0] < other[1] and other[0] < span[1] for other in taken):
            taken.append(span)
            found.append(new)
    return sorted([*given, *found], key=lambda each: (each["offset"], -each["length"]))


def _matches(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(text):
            if kind != "bank_card_number" or _luhn(match.group()):
                yield kind, match.start(), match.end()


def _luhn(number: str) -> bool:
    digits = [int(letter) for letter in number if letter.isdigit()]
    if not 13 <= len(digits) <= 19:
        return False
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
