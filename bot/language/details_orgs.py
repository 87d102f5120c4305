"""Finds offices, schools, hospitals, companies and groups that have a name of their own."""

import re
from collections.abc import Iterator
from functools import cache

from bot.language.details_orgs_names import (
    calls_plainly,
    can_call,
    distinct,
    left,
    orgs,
    part_of_name,
    plainly_called,
    right,
)
from bot.language.details_words import Sentence, is_kana

Found = tuple[int, int]
"""Where a name begins and ends in its sentence."""

_KIND_WORDS = 6
_MOST_QUOTED = 16
_QUOTED = re.compile(rf"「([^「」。、!?\n]{{1,{_MOST_QUOTED}}})」")
_CALLED_KIND = re.compile("(?:という|って|なる)")
_GOES_ON = frozenset(("生", "長", "員", "内", "側", "的", "系", "化", "名", "者", "料", "時代", "費", "代"))
_ABBREVIATED = re.compile("第?[一二三四五六七八九東西南北]?[高中小]")


def find(sentence: Sentence) -> Iterator[Found]:
    for at in range(len(sentence.words)):
        yield from _of_a_kind(sentence, at)
        yield from _of_a_legal_form(sentence, at)
        yield from _behind_its_kind(sentence, at)
        yield from _worked_at(sentence, at)
        yield from _school_for_short(sentence, at)
    for found in _QUOTED.finditer(sentence.text):
        yield from _quoted(sentence, found)


def _of_a_kind(sentence: Sentence, at: int) -> Iterator[Found]:
    """若葉クリニック: a kind ends with the word at this place, and its name stands in front."""
    if _named_whole(sentence, at):
        yield _stretch(sentence, left(sentence, at), _with_parts(sentence, at + 1))
        return
    if sentence.word(at)[-1] not in _last_signs():
        return
    for first in range(max(0, at + 1 - _KIND_WORDS), at + 1):
        kind = sentence.writing(first, at + 1)
        if kind not in orgs("kinds") and not _general_kind(kind):
            continue
        if (kind in orgs("behind_no_kinds") and not plainly_called(sentence, first)) or _goes_on(sentence, at + 1):
            return
        begin = left(sentence, first)
        seen_by_all = sentence.writing(begin, at + 1) in orgs("sights")
        if begin < first and distinct(sentence.words[begin:first], kind) and not seen_by_all:
            yield _stretch(sentence, begin, _with_parts(sentence, at + 1))
        return


def _general_kind(writing: str) -> bool:
    """工業高校: a kind with a general word in front."""
    return any(
        writing[cut:] in orgs("kinds") and writing[:cut] in orgs("general") for cut in range(2, len(writing) - 1)
    )


def _goes_on(sentence: Sentence, after: int) -> bool:
    """病院長, 高校生, 店内: the kind is only a part of another word."""
    return sentence.word(after) in _GOES_ON


def _named_whole(sentence: Sentence, at: int) -> bool:
    """信州大学: the dictionary knows the office itself."""
    word = sentence.words[at]
    if (
        not word.proper
        or word.person
        or len(word.text) < 3
        or word.text in orgs("kinds")
        or word.text in orgs("sights")
    ):
        return False
    if is_kana(word.text[-1]) or word.text in orgs("general"):
        return False
    return word.text.endswith(_long_kinds()) and not _general_kind(word.text)


def _of_a_legal_form(sentence: Sentence, at: int) -> Iterator[Found]:
    """株式会社マルヤマ, マルヤマ株式会社."""
    for last in range(min(at + 5, len(sentence.words)), at, -1):
        if sentence.writing(at, last) not in orgs("legal"):
            continue
        begin = last + (sentence.word(last) == " ")
        end = right(sentence, begin)
        if end > begin:
            yield _stretch(sentence, at, end)
            return
        begin = left(sentence, at)
        if begin < at and distinct(sentence.words[begin:at], ""):
            yield _stretch(sentence, begin, last)
        return


def _behind_its_kind(sentence: Sentence, at: int) -> Iterator[Found]:
    """グループホームあおば."""
    for last in range(min(at + _KIND_WORDS, len(sentence.words)), at, -1):
        kind = sentence.writing(at, last)
        plainly = kind in orgs("kinds") and len(kind) > 1 and calls_plainly(sentence, last)
        if kind not in orgs("before") and not plainly:
            continue
        if last < len(sentence.words) and can_call(sentence.words[last], kind):
            yield _stretch(sentence, _whole_kind(sentence, at), _with_parts(sentence, right(sentence, last)))
        return


def _whole_kind(sentence: Sentence, at: int) -> int:
    """就労支援センターあすなろ, not 支援センターあすなろ."""
    while at > 0 and sentence.words[at - 1].noun and part_of_name(sentence.words[at - 1]):
        at -= 1
    return at


def _worked_at(sentence: Sentence, at: int) -> Iterator[Found]:
    """〇〇で働く: of a company that has no kind in its name."""
    if not sentence.rest(at + 1, 8).startswith(_working()):
        return
    word, begin = sentence.words[at], left(sentence, at)
    in_a_place = begin < at and distinct(sentence.words[begin:at], "") and is_kana(word.text)
    if (
        word.text in orgs("companies")
        or (word.proper and not word.place and len(word.text) > 2 and (word.thing or is_kana(word.text)))
        or in_a_place
    ):
        yield _stretch(sentence, begin, at + 1)


def _school_for_short(sentence: Sentence, at: int) -> Iterator[Found]:
    """上田東高, 上田二中."""
    if not (sentence.words[at].proper and not sentence.words[at].given):
        return
    for last in range(min(at + 4, len(sentence.words)), at + 1, -1):
        if _ABBREVIATED.fullmatch(sentence.writing(at + 1, last)):
            if not sentence.word(last) or sentence.word(last) in orgs("at_school"):
                yield _stretch(sentence, at, last)
            return


def _quoted(sentence: Sentence, found: re.Match[str]) -> Iterator[Found]:
    """居場所「ひだまり」, 「ひだまり」という作業所."""
    words = sentence.words
    before = sum(1 for word in words if word.end <= found.start())
    if sentence.word(before - 1) in ("の", "・"):
        before -= 1
    for first in range(max(0, before - _KIND_WORDS), before):
        kind = sentence.writing(first, before)
        if kind not in orgs("not_quoted") and any(kind in orgs(kinds) for kinds in ("kinds", "before", "legal")):
            yield words[_whole_kind(sentence, first)].start, found.end()
            return
    said = _CALLED_KIND.match(sentence.text, found.end())
    if said and sentence.text[said.end() :].startswith(_long_kinds()):
        yield found.start(1), found.end(1)


@cache
def _long_kinds() -> tuple[str, ...]:
    return tuple(kind for kind in orgs("kinds") if len(kind) > 1)


@cache
def _last_signs() -> frozenset[str]:
    return frozenset(kind[-1] for kind in orgs("kinds"))


@cache
def _parts() -> tuple[str, ...]:
    return tuple(orgs("parts"))


@cache
def _working() -> tuple[str, ...]:
    return tuple(orgs("working"))


def _with_parts(sentence: Sentence, last: int) -> int:
    """The end, with the department that follows: 上田市役所福祉課."""
    end = last
    for after in range(last, min(last + 4, len(sentence.words))):
        if not part_of_name(sentence.words[after]) and not (after == last and sentence.word(after) == " "):
            break
        if sentence.words[after].text.endswith(_parts()):
            end = after + 1
    return end


def _stretch(sentence: Sentence, first: int, last: int) -> Found:
    return sentence.words[first].start, sentence.words[last - 1].end
