"""Brings hidden and playful spellings of words of danger to one plain form, sentence by sentence."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.language.cleaning import clean

PIECE = 1_000
"""Characters worked on at once, so that no single step holds up the other threads for long."""
OVERLAP = 60
LONGEST_SENTENCE = 200

_JAPANESE = r"\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u4e00-\u9fff"
_SPACE_INSIDE = re.compile(r"(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])")
_SPELT_OUT = re.compile(
    rf"(?<![{_JAPANESE}a-z])[{_JAPANESE}](?:[^{_JAPANESE}a-z0-9]{{1,3}}[{_JAPANESE}]){{2,}}(?![{_JAPANESE}])"
)
_SPELT_OUT_LETTERS = re.compile(r"(?<![a-z])[a-z](?:[ .\-_*/]{1,3}[a-z]){3,}(?![a-z])")
_NOT_A_LETTER = re.compile(rf"[^{_JAPANESE}a-z]+")
_QUOTED = re.compile(r"「[^」]{0,300}」|『[^』]{0,300}』")
_SENTENCE = re.compile(rf"[^。！!？?\n]{{1,{LONGEST_SENTENCE}}}[。！!？?]*")
_DRAWN_OUT = "[ー~〜～―ぁぃぅぇぉァィゥェォっッ・.…]*"
_REPEATED = re.compile(r"(.)\1{4,}", re.DOTALL)
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def sentences(text: str) -> list[str]:
    """The text's sentences with plain spellings; a quotation stays in one sentence."""
    plain = "".join(_visible(text))
    return [found.strip() for piece in _pieces(plain) for found in _sentences(piece)]


def _visible(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        composed = unicodedata.normalize("NFKC", clean(text[start : start + PIECE])).lower()
        yield "".join(sign for sign in composed if not unicodedata.category(sign).startswith("M"))


def _pieces(text: str) -> Iterator[str]:
    """Cut behind a sentence where there is one; else the pieces overlap, so that no word is cut in two."""
    start = 0
    while start < len(text):
        end = start + PIECE
        if (
            end < len(text)
            and (ends := [text.rfind(mark, start + PIECE // 2, end) for mark in "。\n"])
            and max(ends) > 0
        ):
            end = max(ends) + 1
        yield text[start:end]
        start = end if end >= len(text) or text[end - 1] in "。\n" else end - OVERLAP


def _sentences(piece: str) -> Iterator[str]:
    whole = _QUOTED.sub(_without_ends, plain(piece))
    return (found[0] for found in _SENTENCE.finditer(whole) if any(map(str.isalnum, found[0])))


def _without_ends(quoted: re.Match[str]) -> str:
    return re.sub(r"[。！!？?\n]", "、", quoted[0])


def plain(text: str) -> str:
    """One spelling for all; text is lower-case NFKC."""
    text = _REPEATED.sub(r"\1\1\1", text)
    text = _SPELT_OUT.sub(lambda found: _NOT_A_LETTER.sub("", found[0]), _SPACE_INSIDE.sub("", text))
    text = _SPELT_OUT_LETTERS.sub(lambda found: _NOT_A_LETTER.sub("", found[0]), text)
    for pattern, instead in _rules():
        text = pattern.sub(instead, text)
    return text


@cache
def _rules() -> list[tuple[re.Pattern[str], str]]:
    """In this order: what is harmless goes before what it sounds like is looked for."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    kana = {_any_kana(word): instead for word, instead in data["kana"].items()}
    steps = (data["innocent"], data["masked"], kana, data["idiom"])
    return [(re.compile(pattern), instead) for step in steps for pattern, instead in step.items()]


def _any_kana(word: str) -> str:
    return _DRAWN_OUT.join(f"[{sign}{sign.translate(_HIRAGANA_TO_KATAKANA)}]" for sign in word)
