"""Finds a surname with its given name, with or without a space between."""

from bot.language.details_beside import behind_kin, ends_well, honoured, names, nobodies, opens, titled
from bot.language.details_names_kana import given_names, surnames
from bot.language.details_names_new import made_like_a_name
from bot.language.details_words import Sentence, Word, is_kana, katakana, readings

LONGEST_GIVEN = 6


def full_name(sentence: Sentence, first: int) -> int:
    """Where the full name ends that begins at this word; 0 when none does."""
    for middle in (first + 1, first + 2, first + 3):
        if middle > len(sentence.words) or not sentence.solid(first, middle):
            break
        family = sentence.writing(first, middle)
        certain = middle == first + 1 and sentence.words[first].surname
        if not (certain or _can_be_surname(family)):
            continue
        last = _given(sentence, first, middle, family, certain=certain)
        if last:
            return last
    return 0


def _given(sentence: Sentence, first: int, middle: int, family: str, *, certain: bool) -> int:
    spaced = sentence.word(middle) in (" ", "・")
    begin = middle + spaced
    for last in range(min(begin + 4, len(sentence.words)), begin, -1):
        if not sentence.solid(begin, last):
            continue
        own = sentence.writing(begin, last)
        if len(own) > LONGEST_GIVEN or own in nobodies() or own in names("honorifics") or own in names("not_after"):
            continue
        word = sentence.words[begin] if last == begin + 1 else None
        if _fits(sentence, first, last, family, own, word, certain=certain, spaced=spaced):
            return last
    return 0


def _fits(
    sentence: Sentence, first: int, last: int, family: str, own: str, word: Word | None, *, certain: bool, spaced: bool
) -> bool:
    if is_kana(own) and (len(own) < 2 or (own in names("seldom") and not spaced)):
        return False
    found = readings(own)
    given = word is not None and word.given
    if not (given or found.given or (is_kana(own) and katakana(own) in given_names()) or made_like_a_name(own)):
        return False
    bounded = ends_well(sentence, last) or honoured(sentence, last) or titled(sentence, last)
    if certain and given:
        return bounded or not is_kana(own)
    if not bounded:
        return False
    if certain:
        return not is_kana(own) or not found.everyday or spaced
    if is_kana(family) and is_kana(own) and len(family) > 2 and opens(sentence, first):
        return True
    everyday = readings(family).everyday and not behind_kin(sentence, first)
    if given:
        return not everyday
    return not everyday and not found.everyday and (len(own) > 1 or spaced)


def _can_be_surname(writing: str) -> bool:
    if writing in nobodies():
        return False
    if is_kana(writing):
        return len(writing) > 1 and katakana(writing) in surnames() and writing not in names("seldom")
    return readings(writing).surname
