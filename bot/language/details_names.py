"""Finds the names of people among the words of a piece: by the dictionary, and by what stands beside them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.language.details_beside import (
    aged,
    begins_well,
    behind_kin,
    called,
    ends_well,
    honoured,
    introduced,
    named,
    names,
    nobodies,
    of_a_place,
    opens,
    spoken_of,
    titled,
    weakly_honoured,
)
from bot.language.details_known import known, maker
from bot.language.details_names_full import full_name
from bot.language.details_names_kana import can_be_kana_name, nickname, reads_like_kana, written_out
from bot.language.details_names_new import made_like_a_name
from bot.language.details_orgs_names import orgs
from bot.language.details_words import Sentence, Word, is_kana, katakana, readings

MOST_WORDS = 4
"""Words that one name may have been split into."""
LONGEST = 8
_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万億〇")


@dataclass(frozen=True, slots=True)
class Name:
    """The words [first, last) of a sentence; not `sure` when everybody knows who it is."""

    first: int
    last: int
    sure: bool = True


def find(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where names begin and end in the sentence."""
    yield from written_out(sentence)
    at = before = 0
    while at < len(sentence.words):
        found = _name_at(sentence, at) or _listed(sentence, before, at)
        if found is None:
            at += 1
            continue
        if found.sure and sentence.writing(found.first, found.last) not in orgs("sights"):
            yield sentence.words[found.first].start, sentence.words[found.last - 1].end
            yield from _explained(sentence, found.last)
        at = before = found.last


def again(sentence: Sentence, before: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where a name stands alone that somebody in the same text was called by."""
    for at, word in enumerate(sentence.words):
        if word.text not in before or not word.noun or _may_be_town(word.text) or of_a_place(sentence, at, at + 1):
            continue
        alone = begins_well(sentence, at) and ends_well(sentence, at + 1)
        if alone and (len(word.text) > 1 or _tells(sentence, at)):
            yield word.start, word.end


def _tells(sentence: Sentence, at: int) -> bool:
    return opens(sentence, at) and sentence.word(at + 1) in ("が", "は", "も", "に", "を", "と", "から")


def _listed(sentence: Sentence, before: int, at: int) -> Name | None:
    """高木・増田・佐久間: behind one name the next."""
    word = sentence.words[at]
    if not 0 < before == at - 1 or sentence.word(before) not in ("・", "、", "と", "や", "/", "→", ","):
        return None
    if len(word.text) < 2 or not word.noun or word.text in nobodies() or not ends_well(sentence, at + 1):
        return None
    found = readings(word.text)
    if not found.surname or _may_be_town(word.text) or word.text in names("seldom"):
        return None
    return Name(at, at + 1)


def _name_at(sentence: Sentence, at: int) -> Name | None:
    word = sentence.words[at]
    if word.mark or (word.grammar and len(word.text) < 2) or (word.inflected and not is_kana(word.text)):
        return None
    last = known(sentence, at)
    if last:
        return Name(at, last, sure=False)
    last = full_name(sentence, at)
    if last:
        return Name(at, last, sure=not maker(sentence, at, last))
    for last in range(min(at + MOST_WORDS, len(sentence.words)), at, -1):
        writing = sentence.writing(at, last)
        if last > at + 1 and not (len(writing) <= LONGEST and sentence.solid(at, last)):
            continue
        if _is_name(sentence, at, last, writing):
            return Name(at, last)
    return None


def _is_name(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    if writing in nobodies() or _no_writing_of_a_name(writing) or of_a_place(sentence, first, last):
        return False
    one = sentence.words[first] if last == first + 1 else None
    if one and (one.grammar or _a_temple(sentence, last, writing)):
        return False
    if honoured(sentence, last):
        return _honoured_name(sentence, first, last, writing, one)
    if titled(sentence, last) and _can_be_name(writing, one) and writing not in names("never_alone"):
        if is_kana(writing) and readings(writing).everyday:
            return False
        return not (one and one.place and not readings(writing).surname)
    if writing in names("never_alone") or writing in orgs("companies"):
        return False
    if (called(sentence, last) and begins_well(sentence, first)) or aged(sentence, last):
        return writing not in names("seldom") and _can_be_name(writing, one)
    if named(sentence, first) and ends_well(sentence, last) and _can_be_name(writing, one):
        return not (is_kana(writing) and readings(writing).everyday)
    if one and not is_kana(writing) and not writing.isascii() and _bare(sentence, first, last, one):
        return True
    if writing in names("seldom"):
        return False
    if last > first + 1 and sentence.words[first].given and made_like_a_name(writing):
        return begins_well(sentence, first) and ends_well(sentence, last)
    if one and (one.surname or one.given) and is_kana(writing):
        return _bare_in_kana(sentence, first, last, writing)
    if behind_kin(sentence, first) and sentence.word(last) in ("が", "は", "も", "、", "(", "と"):
        return _can_be_name(writing, one)
    return reads_like_kana(sentence, first, last, writing)


def _honoured_name(sentence: Sentence, first: int, last: int, writing: str, one: Word | None) -> bool:
    """さん makes a name of most words: of all but those that are somebody's place in the world."""
    if writing in names("pseudonyms") or _end_of_a_role(sentence, first, last):
        return False
    if _can_be_name(writing, one):
        return True
    if len(writing) == 1 and one and one.noun and sentence.word(last) in ("ちゃん", "くん", "君"):
        return writing not in names("never_alone")
    if weakly_honoured(sentence, last):
        return False
    if nickname(sentence, first, last, writing):
        return True
    return one is not None and one.noun and (one.unknown or one.proper) and not one.place and _is_word(writing)


def _bare(sentence: Sentence, first: int, last: int, word: Word) -> bool:
    """A name in kanji with nothing to honour it."""
    if not ends_well(sentence, last):
        return False
    if word.text in names("also_surnames") or (word.noun and len(word.text) == 1):
        if word.text in names("also_surnames") and introduced(sentence, first, last):
            return True
        if not (opens(sentence, first) and _can_be_name(word.text, word)):
            return False
        told_of = behind_kin(sentence, first) and sentence.word(last) in ("が", "は", "も", "、", "(", "と")
        return told_of or spoken_of(sentence, last)
    if word.text in names("rather_surnames") or word.surname or _surname_elsewhere(word):
        if _may_be_town(word.text):
            told_of = spoken_of(sentence, last) or behind_kin(sentence, first) or introduced(sentence, first, last)
            return told_of or sentence.word(last) in ("宛", "あて", "宛て")
        return begins_well(sentence, first) or word.surname
    if word.given:
        return begins_well(sentence, first)
    if word.place and readings(word.text).surname:
        return introduced(sentence, first, last) or (spoken_of(sentence, last) and begins_well(sentence, first))
    return word.noun and readings(word.text).given and opens(sentence, first) and spoken_of(sentence, last)


def _bare_in_kana(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    if not ends_well(sentence, last):
        return False
    if behind_kin(sentence, first) or (opens(sentence, first) and spoken_of(sentence, last) and len(writing) > 2):
        return True
    return begins_well(sentence, first) and not readings(writing).everyday


def _may_be_town(writing: str) -> bool:
    return any(readings(writing + kind).place for kind in "市県区")


def _can_be_name(writing: str, one: Word | None) -> bool:
    if one and one.person:
        return len(writing) > 1 or not is_kana(writing)
    found = readings(writing)
    if found.surname or found.given:
        return len(writing) > 1 or not is_kana(writing)
    return can_be_kana_name(writing) or made_like_a_name(writing)


def _a_temple(sentence: Sentence, last: int, writing: str) -> bool:
    return len(writing) > 2 and writing[-1] in "寺院" and not honoured(sentence, last)


def _surname_elsewhere(word: Word) -> bool:
    """Some surnames are in the dictionary as things as well."""
    if not word.thing:
        return False
    found = readings(word.text)
    return found.surname and not found.everyday


def _no_writing_of_a_name(writing: str) -> bool:
    """An initial, or a number."""
    return (writing.isascii() and len(writing) < 2) or all(sign in _NUMERALS for sign in writing)


def _is_word(writing: str) -> bool:
    return len(writing) > 1 and not writing.isdigit() and not (writing.isascii() and len(writing) < 3)


def _end_of_a_role(sentence: Sentence, first: int, last: int) -> bool:
    """保健師さん, when the words were split as 保 and 健師."""
    return any(sentence.writing(earlier, last) in nobodies() for earlier in (first - 1, first - 2) if earlier >= 0)


def _explained(sentence: Sentence, last: int) -> Iterator[tuple[int, int]]:
    """悠真(ゆうま): the reading of the name before it."""
    if sentence.word(last) not in ("(", " "):
        return
    for end in range(min(last + 6, len(sentence.words)), last + 1, -1):
        writing = sentence.writing(last + 1, end)
        if not is_kana(writing) or sentence.word(end) != ")":
            continue
        sounds = "".join(word.reading for word in sentence.words[max(0, last - 3) : last])
        if can_be_kana_name(writing) or sounds.endswith(katakana(writing)):
            yield sentence.words[last + 1].start, sentence.words[end - 1].end
        return
