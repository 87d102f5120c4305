"""Makes people's words safe to store and show, and counts them as people count."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

import regex

MARKS_PER_BASE = 8
JOINS_PER_EMOJI = 4
CODE_POINTS_PER_CHARACTER = 32

# Anything a reader cannot see can mark who wrote it, so it goes; the joiners of emoji are judged below.
# Ideographic variation selectors go too: one behind each kanji would carry a byte nobody sees.
_UNSEEN = regex.compile(
    r"[[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]--[\n\u200d\ufe0e\ufe0f]]+",
    regex.VERSION1,
)
_STRAY_SELECTOR = regex.compile(
    r"(?<![\p{Emoji}--[0-9#*]])(?<![0-9#*](?=\ufe0f\u20e3))[\ufe0e\ufe0f]+",
    regex.VERSION1,
)
_STRAY_JOINER = regex.compile(
    r"(?<!\p{Extended_Pictographic}[\ufe0f\U0001f3fb-\U0001f3ff]?)\u200d+|\u200d+(?!\p{Extended_Pictographic})"
)
_LONG_CHAIN = regex.compile(
    rf"((?:\p{{Extended_Pictographic}}[\ufe0f\U0001f3fb-\U0001f3ff]?\u200d){{{JOINS_PER_EMOJI}}}"
    r"\p{Extended_Pictographic}[\ufe0f\U0001f3fb-\U0001f3ff]?)\u200d"
)
_TOO_MANY_MARKS = regex.compile(rf"([\p{{M}}\p{{Emoji_Modifier}}]{{{MARKS_PER_BASE}}})[\p{{M}}\p{{Emoji_Modifier}}]+")
_ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]")
_ODD_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ASCII_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]+")
_EMPTY_LINES = re.compile("\n{3,}")
_CLUSTER = regex.compile(r"\X")
# Below this, and in kana and kanji, a code point is a character; \X is only asked about the rest.
_NOT_PLAIN = re.compile("[^\n\x20-\x7e\u3000-\u3029\u3030-\u3098\u309b-\u312f\u4e00-\u9fff\uff01-\uff9d\uffa0-\uffef]")


def clean(text: str, *, lines: bool = True) -> str:
    """The same words in one normal form, with nothing hidden in them; on one line unless `lines`."""
    text = _ODD_SPACE.sub(" ", _ODD_LINE_END.sub("\n", text))
    text = _ASCII_CONTROL.sub("", text) if text.isascii() else _visible(text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    if not lines:
        return " ".join(line for line in text.split("\n") if line).strip()
    return _EMPTY_LINES.sub("\n\n", text).strip()


def length(text: str) -> int:
    """How many characters a person sees; an endless chain of joined signs counts by its parts."""
    if not _NOT_PLAIN.search(text):
        return len(text)
    return sum(1 for _ in _characters(text))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between two of them and marked 「…」 when something is missing."""
    if limit <= 0:
        return ""
    start = list(islice(_characters(text), limit + 1))
    if len(start) <= limit:
        return text
    return "".join(start[: limit - 1]).rstrip() + "…"


def _visible(text: str) -> str:
    text = _UNSEEN.sub("", text)
    # Normalising sorts marks in quadratic time, so they are capped before it, and again for those it unfolds.
    text = unicodedata.normalize("NFC", _TOO_MANY_MARKS.sub(r"\1", text))
    text = _TOO_MANY_MARKS.sub(r"\1", text)
    if "\ufe0e" in text or "\ufe0f" in text:
        text = _STRAY_SELECTOR.sub("", text)
    if "\u200d" in text:
        text = _LONG_CHAIN.sub(r"\1", _STRAY_JOINER.sub("", text))
    return text


def _characters(text: str) -> Iterator[str]:
    for found in _CLUSTER.finditer(text):
        cluster = found[0]
        for start in range(0, len(cluster), CODE_POINTS_PER_CHARACTER):
            yield cluster[start : start + CODE_POINTS_PER_CHARACTER]
