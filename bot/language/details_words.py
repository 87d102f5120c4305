"""Splits a piece of text into words and says which of them can be names, by Sudachi's dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.tokens import dictionary, tokenizer

_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
_HIRAGANA = {code: code + 96 for code in range(ord("ぁ"), ord("ゖ") + 1)}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, where it stands in its piece, and its parts of speech as Sudachi gives them."""

    text: str
    start: int
    end: int
    parts: tuple[str, ...]
    unknown: bool

    @property
    def noun(self) -> bool:
        return self.parts[0] == "名詞"

    @property
    def surname(self) -> bool:
        return self.parts[2:4] == ("人名", "姓")

    @property
    def given(self) -> bool:
        return self.parts[2:4] == ("人名", "名")

    @property
    def person(self) -> bool:
        return self.parts[2] == "人名"

    @property
    def place(self) -> bool:
        return self.parts[2] == "地名"

    @property
    def proper(self) -> bool:
        return self.parts[1] == "固有名詞"


@dataclass(frozen=True, slots=True)
class Readings:
    """What a writing can be elsewhere than here: a surname, a given name, a place, an everyday word."""

    surname: bool
    given: bool
    place: bool
    everyday: bool


def words(piece: str) -> list[Word]:
    from sudachipy import SplitMode

    return [
        Word(found.surface(), found.begin(), found.end(), tuple(found.part_of_speech()[:4]), found.is_oov())
        for found in tokenizer().tokenize(piece, SplitMode.C)
    ]


def readings(writing: str) -> Readings:
    if len(writing) > 12:
        return Readings(False, False, False, False)
    parts = [tuple(found.part_of_speech()[:4]) for found in dictionary().lookup(writing)]
    return Readings(
        surname=any(each[2:] == ("人名", "姓") for each in parts),
        given=any(each[2:] == ("人名", "名") for each in parts),
        place=any(each[2] == "地名" for each in parts),
        everyday=any(each[1] != "固有名詞" and each[0] not in ("接尾辞", "接頭辞") for each in parts),
    )


def katakana(writing: str) -> str:
    return writing.translate(_HIRAGANA)


def is_kana(writing: str) -> bool:
    return _KANA.fullmatch(writing) is not None
