"""Splits a piece of text into words and says which of them can be names, by Sudachi's dictionary."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.language.tokens import dictionary, tokenizer

_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
_KATAKANA = {code: code + 96 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_ROLES = re.compile("保健師|保育士|保護司|相談員|支援員")
_KATAKANA |= {ord("ヱ"): ord("エ"), ord("ヰ"): ord("イ"), ord("ゑ"): ord("エ"), ord("ゐ"): ord("イ")}
_BRACKETS = str.maketrans("()", "〔〕")
_MARKS = frozenset(("補助記号", "空白", "記号"))
_GRAMMAR = frozenset(("助詞", "助動詞"))
_INFLECTED = frozenset(("動詞", "形容詞"))
_PART_OF_WORD = frozenset(("接尾辞", "接頭辞"))
_LONGEST_NAME = 12


class Word:
    """One word, where it stands in its piece, and its parts of speech as Sudachi gives them."""

    __slots__ = ("end", "parts", "reading", "start", "text", "unknown")

    def __init__(self, text: str, start: int, end: int, parts: tuple[str, ...], reading: str, unknown: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.parts, self.reading, self.unknown = parts, reading, unknown

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

    @property
    def thing(self) -> bool:
        """A proper noun that the dictionary knows as neither person nor place."""
        return self.parts[1:3] == ("固有名詞", "一般")

    @property
    def mark(self) -> bool:
        return self.parts[0] in _MARKS

    @property
    def inflected(self) -> bool:
        return self.parts[0] in _INFLECTED

    @property
    def grammar(self) -> bool:
        """A particle or an ending."""
        return self.parts[0] in _GRAMMAR


@dataclass(frozen=True)
class Sentence:
    """A piece of text with its words; a stretch of words is [first, last)."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        from sudachipy import SplitMode

        # Sudachi alone reads 今井保健師 as 今, 井保 and 健師, and takes a reading in brackets for a part of the word.
        plain = self.text.translate(_BRACKETS)
        cuts = [0, *(found.start() for found in _ROLES.finditer(plain)), len(plain)]
        return tuple(
            Word(
                self.text[cut + found.begin() : cut + found.end()],
                cut + found.begin(),
                cut + found.end(),
                tuple(found.part_of_speech()[:4]),
                found.reading_form(),
                found.is_oov(),
            )
            for cut, end in pairwise(cuts)
            if cut < end
            for found in tokenizer().tokenize(plain[cut:end], SplitMode.C)
        )

    @cached_property
    def starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def ends(self) -> list[int]:
        return [word.end for word in self.words]

    def writing(self, first: int, last: int) -> str:
        """Of the stretch, as far as it lies in the sentence."""
        starts, ends = self.starts, self.ends
        if first < 0 or last > len(ends):
            first, last = max(first, 0), min(last, len(ends))
        return self.text[starts[first] : ends[last - 1]] if first < last else ""

    def word(self, at: int) -> str:
        """How it is written; nothing beyond either end."""
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def solid(self, first: int, last: int) -> bool:
        """Whether no mark and no space stands among these words."""
        return not any(word.mark for word in self.words[first:last])

    def rest(self, last: int, most: int) -> str:
        """So much of what is written behind these words."""
        end = self.words[last - 1].end
        return self.text[end : end + most]


@dataclass(frozen=True, slots=True)
class Readings:
    """What a writing can be elsewhere than here: a surname, a given name, a place, an everyday word."""

    surname: bool = False
    given: bool = False
    place: bool = False
    everyday: bool = False


def readings(writing: str) -> Readings:
    """Not remembered from one text to the next: nobody's name stays in the memory of the house."""
    if len(writing) > _LONGEST_NAME:
        return Readings()
    surname = given = place = everyday = False
    for found in dictionary().lookup(writing):
        parts = found.part_of_speech()
        if parts[2] == "人名":
            surname |= parts[3] == "姓"
            given |= parts[3] == "名"
        place |= parts[2] == "地名"
        everyday |= parts[1] != "固有名詞" and parts[0] not in _PART_OF_WORD
    return Readings(surname, given, place, everyday)


def katakana(writing: str) -> str:
    return writing.translate(_KATAKANA)


def is_kana(writing: str) -> bool:
    return _KANA.fullmatch(writing) is not None
