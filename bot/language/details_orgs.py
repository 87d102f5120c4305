"""Finds offices, schools, hospitals, companies and groups that have a name of their own."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from bot.language.details_lists import listed
from bot.language.details_words import Word, is_kana

_list = partial(listed, "details_orgs")

MOST_WORDS = 8
MOST_QUOTED = 16
_KIND_WORDS = 6

_QUOTED = re.compile(rf"「([^「」。、!?\n]{{1,{MOST_QUOTED}}})」")
_CALLED_KIND = re.compile("(?:という|って|なる)")
_OFFICES = re.compile("(?:センター|所|役場|庁|署|協議会|社協|局|委員会|館|ハローワーク|サポートステーション|サポステ)$")
_ABBREVIATED = re.compile("第?[一二三四五六七八九東西南北]?[高中小]")

Found = tuple[int, int]
"""Where a name begins and ends in its piece."""


def find(words: Sequence[Word], text: str) -> Iterator[Found]:
    for at in range(len(words)):
        yield from _of_a_kind(words, at)
        yield from _of_a_legal_form(words, at)
        yield from _behind_its_kind(words, at)
        yield from _worked_at(words, text, at)
        yield from _school_for_short(words, at)
    yield from _quoted(words, text)


def _of_a_kind(words: Sequence[Word], at: int) -> Iterator[Found]:
    """若葉クリニック: a kind ends behind the word at this place, and its name stands in front."""
    word = words[at]
    if _named_whole(word):
        first = _left(words, at)
        yield words[first].start, _with_parts(words, at + 1)
        return
    for first in range(max(0, at + 1 - _KIND_WORDS), at + 1):
        kind = _writing(words, first, at + 1)
        if kind not in _list("kinds"):
            continue
        if kind in _list("behind_no_kinds") and not _plainly_called(words, first):
            return
        begin = _left(words, first)
        if begin < first and _goes_on(words, at + 1):
            begin = first
        seen_by_all = _writing(words, begin, at + 1) in _list("sights")
        if begin < first and _distinct(words[begin:first], kind) and not seen_by_all:
            yield words[begin].start, _with_parts(words, at + 1)
        return


def _plainly_called(words: Sequence[Word], at: int) -> bool:
    """ひだまりの家, but not 上野さんの家."""
    return at > 0 and words[at - 1].text in _list("callings")


def _goes_on(words: Sequence[Word], after: int) -> bool:
    """病院長, 高校生, 店内: the kind is only a part of another word."""
    return after < len(words) and words[after].text in (
        "生",
        "長",
        "員",
        "内",
        "側",
        "的",
        "系",
        "化",
        "名",
        "者",
        "料",
    )


def _named_whole(word: Word) -> bool:
    if not word.proper or word.person or len(word.text) < 3:
        return False
    return any(word.text.endswith(kind) for kind in _list("kinds") if len(kind) > 1) and word.text not in _list("kinds")


def _of_a_legal_form(words: Sequence[Word], at: int) -> Iterator[Found]:
    for last in range(min(at + 5, len(words)), at, -1):
        if _writing(words, at, last) not in _list("legal"):
            continue
        end = _right(words, last)
        if end > last and words[last].text not in _list("tails"):
            yield words[at].start, words[end - 1].end
            return
        begin = _left(words, at)
        if begin < at and _distinct(words[begin:at], ""):
            yield words[begin].start, words[last - 1].end
        return


def _behind_its_kind(words: Sequence[Word], at: int) -> Iterator[Found]:
    for last in range(min(at + _KIND_WORDS, len(words)), at, -1):
        if _writing(words, at, last) not in _list("before"):
            continue
        if last < len(words) and _can_call(words[last]):
            end = _right(words, last)
            if end > last:
                yield words[at].start, words[end - 1].end
        return


def _can_call(word: Word) -> bool:
    if word.text in _list("general") or word.text in _list("tails") or len(word.text) < 2:
        return False
    if word.text in _list("callings"):
        return True
    if word.unknown:
        return word.parts[1] != "数詞" and not word.text.isdigit()
    return (word.proper and word.text not in _list("wider")) or (
        word.noun and is_kana(word.text) and "ぁ" <= word.text[0] <= "ん"
    )


def _worked_at(words: Sequence[Word], text: str, at: int) -> Iterator[Found]:
    word = words[at]
    rest = text[word.end : word.end + 8]
    behind = rest.startswith(("の工場", "の店舗", "の支店", "の本社", *_list("working")))
    if behind and (word.text in _list("companies") or (word.parts[1:3] == ("固有名詞", "一般") and len(word.text) > 2)):
        yield word.start, word.end


def _school_for_short(words: Sequence[Word], at: int) -> Iterator[Found]:
    """上田東高, 上田二中."""
    if not (words[at].place or words[at].surname):
        return
    for last in range(min(at + 4, len(words)), at + 1, -1):
        if not _ABBREVIATED.fullmatch(_writing(words, at + 1, last)):
            continue
        if last == len(words) or words[last].text in _list("at_school"):
            yield words[at].start, words[last - 1].end
        return


def _quoted(words: Sequence[Word], text: str) -> Iterator[Found]:
    for found in _QUOTED.finditer(text):
        before = [word for word in words if word.end <= found.start()][-_KIND_WORDS:]
        if before and before[-1].text in ("の", "・", "、"):
            before = before[:-1]
        after = [word for word in words if word.start >= found.end()][:_KIND_WORDS]
        for first in range(len(before)):
            kind = _writing(before, first, len(before))
            if kind in _list("kinds") or kind in _list("before") or kind in _list("legal"):
                yield before[first].start, found.end()
                break
        else:
            if after and (said := _CALLED_KIND.match(text, found.end())):
                named = _writing([word for word in after if word.start >= said.end()], 0, _KIND_WORDS)
                if any(named.startswith(kind) for kind in _list("kinds") if len(kind) > 1):
                    yield found.start(1), found.end(1)


def _left(words: Sequence[Word], at: int) -> int:
    """Where the name in front of this word begins; `at` itself when there is none."""
    first = at
    while first > max(0, at - MOST_WORDS) and (
        _part_of_name(words[first - 1])
        or (first < at and words[first - 1].text == "の" and words[first].text in _list("behind_no"))
        or (first == at and words[first - 1].text == " " and _is_branch(words[at]))
    ):
        first -= 1
    while first < at and (words[first].text in _list("general") or not _may_open(words[first])):
        first += 1
    return first


def _is_branch(word: Word) -> bool:
    return word.text in ("店", "支店", "校", "本店", "営業所", "キャンパス", "教室")


def _may_open(word: Word) -> bool:
    return word.text not in ("・", "ー", "-", "&", " ", "の") and word.parts[0] != "接尾辞"


def _right(words: Sequence[Word], at: int) -> int:
    last = at
    while last < min(len(words), at + MOST_WORDS) and (
        _part_of_name(words[last]) or (last == at and _kana_verb(words[last]))
    ):
        if words[last].text in _list("tails"):
            break
        last += 1
    return last


def _kana_verb(word: Word) -> bool:
    """はぐくみ, つくし: names that look like verbs."""
    return word.parts[0] in ("動詞", "形状詞", "副詞", "感動詞", "形容詞") and is_kana(word.text) and len(word.text) > 1


def _part_of_name(word: Word) -> bool:
    if word.parts[0] == "名詞":
        return word.parts[2] != "副詞可能" or word.text in _list("callings")
    return (
        word.parts[0] in ("接頭辞", "接尾辞")
        or word.text in ("・", "ー", "-", "&")
        or (word.unknown and word.text.isalnum())
    )


def _distinct(name: Sequence[Word], kind: str) -> bool:
    """Whether anything in it is more than a general word."""
    return any(_own(word, kind) for word in name)


def _own(word: Word, kind: str) -> bool:
    if word.text in _list("general") or word.text in _list("wider"):
        return False
    if word.text in _list("callings"):
        return True
    if (
        word.text in _list("prefectures")
        or word.text.removesuffix("県") in _list("prefectures")
        or word.text in ("東京都", "大阪府", "京都府")
    ):
        return bool(_OFFICES.search(kind)) or word.text in _list("prefectures")
    if word.proper:
        return True
    if word.parts[1] == "数詞" or word.text.isdigit():
        return False
    return word.unknown or (word.noun and is_kana(word.text) and len(word.text) > 1 and "ぁ" <= word.text[0] <= "ん")


def _with_parts(words: Sequence[Word], last: int) -> int:
    """The end, with the department that follows: 上田市役所福祉課."""
    end = last
    for after in range(last, min(last + 4, len(words))):
        if not _part_of_name(words[after]):
            break
        if words[after].text.endswith(tuple(_list("parts"))):
            end = after + 1
    return words[end - 1].end


def _writing(words: Sequence[Word], first: int, last: int) -> str:
    return "".join(word.text for word in words[first:last])
