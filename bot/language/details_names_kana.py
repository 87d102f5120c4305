"""Knows names that are written in kana alone, where the dictionary has them in kanji only."""

from functools import cache

from bot.language.details_beside import begins_well, ends_well, opens
from bot.language.details_lists import listed
from bot.language.details_words import Sentence, is_kana, katakana, readings

_KATAKANA = frozenset(chr(code) for code in range(ord("ァ"), ord("ヺ") + 1)) | {"ー"}
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
    if sentence.words[last - 1].grammar and not _subject(sentence, first, last):
        return False
    alone = begins_well(sentence, first) or _katakana_after_other_signs(sentence, first)
    return alone and ends_well(sentence, last)


def nickname(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    """まーくん, たけちゃん, ふくもりさん."""
    if not is_kana(writing) or len(writing) > _LONGEST_NICKNAME or writing[0] == "ー":
        return False
    if writing.endswith(("ばあ", "じい", "にい", "ねえ", "おば", "おじ")):
        return False
    if any(word.grammar for word in sentence.words[first:last]) or not begins_well(sentence, first):
        return False
    if sentence.word(last) == "さん":
        return len(writing) > _SHORTEST and last > first + 1 and "ぁ" <= writing[0] <= "ん"
    return sentence.word(last) in ("ちゃん", "くん", "ちん", "たん") and not readings(writing).everyday


def _katakana_after_other_signs(sentence: Sentence, first: int) -> bool:
    before = sentence.word(first - 1)
    return sentence.word(first)[0] in _KATAKANA and before[-1] not in _KATAKANA


def _subject(sentence: Sentence, first: int, last: int) -> bool:
    """ゆうとは: what could be taken for a particle needs another one behind it, and a beginning in front."""
    return opens(sentence, first) and sentence.word(last) in ("は", "が", "も", "の", "を")


def _both(sound: str) -> bool:
    """A surname and a given name written as one."""
    if len(sound) < _SHORTEST_FULL:
        return False
    return any(sound[:cut] in surnames() and sound[cut:] in given_names() for cut in range(2, len(sound) - 1))
