"""Knows names that are written in kana alone, where the dictionary has them in kanji only."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.language.details_beside import begins_well, ends_well, names, nobodies, opens
from bot.language.details_lists import listed
from bot.language.details_words import Sentence, Word, is_kana, katakana, readings

_ALONE = re.compile(
    r"(?<![ぁ-んァ-ヺー一-鿿々])([ぁ-ん]{5,9}?)(?=さん|くん|ちゃん|さま|です|[はがをにのとも](?![ぁ-ん]{3})|[^ぁ-んァ-ヺー]|$)"
)
_FOREIGN = re.compile("([ァ-ヺー]{2,}(?:[・=][ァ-ヺー]{2,}){1,3})(?=さん|くん|ちゃん|さま|様|氏|先生)")
_SHORTEST = 3
_LONGEST_NICKNAME = 6
_SHORTEST_FULL = 5


@cache
def surnames() -> frozenset[str]:
    return listed("details_names_kana", "surnames")


@cache
def given_names() -> frozenset[str]:
    return listed("details_names_kana", "given")


def can_be_kana_name(writing: str) -> bool:
    if not is_kana(writing) or len(writing) < 2:
        return False
    sound = katakana(writing)
    return sound in given_names() or sound in surnames() or _both(sound)


def reads_like_kana(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    """けんた, サトウケンタ: a known name, and no everyday word."""
    if len(writing) < _SHORTEST or not can_be_kana_name(writing) or readings(writing).everyday:
        return False
    if last > first + 1 and not _oddly_split(sentence.words[first:last]):
        return False
    if last == first + 1 and not (sentence.words[first].noun or sentence.words[first].unknown):
        return False
    if sentence.words[last - 1].grammar and not _subject(sentence, first, last):
        return False
    return begins_well(sentence, first) and ends_well(sentence, last)


def written_out(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """かわばたあや, グエン・ティ・ラン: whole names that no dictionary splits well."""
    for found in _ALONE.finditer(sentence.text):
        inside = [word for word in sentence.words if word.start < found.end(1) and found.start(1) < word.end]
        if _both(katakana(found[1]), shortest=3) and _oddly_split(inside) and not readings(found[1]).everyday:
            yield found.span(1)
    for found in _FOREIGN.finditer(sentence.text):
        if found[1] not in names("known"):
            yield found.span(1)


def nickname(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    """まーくん, たけちゃん, ふくもりさん."""
    if not is_kana(writing) or len(writing) > _LONGEST_NICKNAME or writing[0] == "ー":
        return False
    if writing.endswith(("ばあ", "じい", "にい", "ねえ", "おば", "おじ")):
        return False
    if any(word.grammar for word in sentence.words[first:last]) or not begins_well(sentence, first):
        return False
    if any(sentence.writing(inner, last) in nobodies() for inner in range(first, last)):
        return False
    if sentence.word(last) == "さん":
        return len(writing) > _SHORTEST and last > first + 1 and "ぁ" <= writing[0] <= "ん"
    return sentence.word(last) in ("ちゃん", "くん", "ちん", "たん") and not readings(writing).everyday


def _oddly_split(words: Sequence[Word]) -> bool:
    """かわば たあ や: the dictionary made names or nothing of it; of この まま お it made everyday words."""
    return any(word.proper or word.unknown for word in words)


def _subject(sentence: Sentence, first: int, last: int) -> bool:
    """ゆうとは: what could be taken for a particle needs another one behind it, and a beginning in front."""
    return opens(sentence, first) and sentence.word(last) in ("は", "が", "も", "の", "を")


def _both(sound: str, shortest: int = 2) -> bool:
    """A surname and a given name written as one."""
    if len(sound) < _SHORTEST_FULL:
        return False
    return any(sound[:cut] in surnames() and sound[cut:] in given_names() for cut in range(shortest, len(sound) - 1))
