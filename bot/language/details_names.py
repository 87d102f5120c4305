"""Finds the names of people among the words of a piece: by the dictionary, and by what stands beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from bot.language.details_lists import listed
from bot.language.details_words import Word, is_kana, katakana, readings

_names = partial(listed, "details_names")
_kana = partial(listed, "details_names_kana")

LONGEST = 4
"""Words that one name may have been split into."""

_OPEN = frozenset("「『（([【〈《“\"'・/、。,.:;！？!?…―-~〜→←=＝●○■□◆◇★☆※*\n 　|")
_CLOSE = frozenset("」』）)]】〉》”\"'・/、。,.:;！？!?…―-~〜→←=＝\n 　|")
_CALLED = (
    "という",
    "と名乗",
    "といいます",
    "と言います",
    "って人",
    "って子",
    "と呼ば",
    "と申し",
    "と申します",
    "と言う",
)
_OPEN_OR_CLOSE = _OPEN | _CLOSE


@dataclass(frozen=True, slots=True)
class Name:
    """The words [first, last) of a piece; not `sure` when everybody knows who it is."""

    first: int
    last: int
    sure: bool


@cache
def _readings() -> frozenset[str]:
    return _kana("given") | _kana("surnames")


@cache
def _nobodies() -> frozenset[str]:
    """Kin, roles and titles: people, but not their names."""
    return _names("not_names") | _names("kin") | _names("titles")


def find(words: Sequence[Word], text: str) -> Iterator[Name]:
    """Names in order, none inside another."""
    at = 0
    while at < len(words):
        found = _name_at(words, text, at)
        if found and found.sure:
            yield found
        at = found.last if found else at + 1


def _name_at(words: Sequence[Word], text: str, at: int) -> Name | None:
    if not _can_begin(words, at):
        return None
    for last in _full_names(words, at):
        return Name(at, last, sure=not _known(words, at, last))
    for last in range(min(at + LONGEST, len(words)), at, -1):
        writing = _writing(words, at, last)
        if last > at + 1 and not (_joined(words, at, last) and len(writing) <= 8):
            continue
        if _accepted(words, text, at, last, writing):
            return Name(at, last, sure=True)
    return None


def _full_names(words: Sequence[Word], at: int) -> Iterator[int]:
    """Where a surname with its given name ends."""
    for middle in (at + 1, at + 2):
        if middle > len(words) or not (_joined(words, at, middle)):
            continue
        family = _writing(words, at, middle)
        certain = middle == at + 1 and words[at].surname
        if not certain and not _can_be_surname(family):
            continue
        after = middle + 1 if middle < len(words) and words[middle].text in (" ", "・") else middle
        for last in range(min(after + 3, len(words)), after, -1):
            if not _joined(words, after, last):
                continue
            own = _writing(words, after, last)
            if _is_full(words, at, certain, family, own, after, last, spaced=after > middle):
                yield last
                return


def _is_full(
    words: Sequence[Word], at: int, certain: bool, family: str, own: str, after: int, last: int, *, spaced: bool
) -> bool:
    if own in _names("titles") or own in _names("honorifics") or own in _names("not_names") or own in _names("kin"):
        return False
    given = last == after + 1 and words[after].given
    possible = given or readings(own).given or (is_kana(own) and katakana(own) in _kana("given"))
    if not possible or len(own) > 5:
        return False
    if own in _names("not_after") or (is_kana(own) and not is_kana(family) and len(own) < 2):
        return False
    everyday = readings(own).everyday
    if certain and given:
        return True
    bounded = _ends_well(words, last)
    if certain:
        return bounded and (not is_kana(own) or not everyday or spaced)
    if given:
        return (bounded and not readings(family).everyday) or (bounded and _behind_kin(words, at))
    return bounded and not everyday and not readings(family).everyday and (len(own) > 1 or spaced)


def _accepted(words: Sequence[Word], text: str, first: int, last: int, writing: str) -> bool:
    if writing in _names("not_names") or writing in _names("titles") or _known(words, first, last):
        return False
    one = words[first] if last == first + 1 else None
    if _followed_by_place(words, last) or _in_a_place(words, first):
        return False
    if _honoured(words, last, writing, one):
        return _can_be_honoured(writing, one) and not _longer_is_no_name(words, first, last)
    if _titled(words, last) and _can_be_name(writing, one):
        return not (one and one.place and not readings(writing).surname)
    if _called(words, text, last) and _can_be_name(writing, one):
        return not readings(writing).everyday or _behind_kin(words, first)
    if one and (one.surname or _is_surname_elsewhere(one)):
        return _bare_surname(words, first, last, writing)
    if one and one.given:
        return _bare_given(words, first, last, writing)
    if writing in _names("seldom"):
        return False
    if _behind_kin(words, first) and _ends_well(words, last):
        told_of = last < len(words) and words[last].text in ("が", "は", "も", "、", "(", "と")
        return told_of and _can_be_name(writing, one)
    return _bare_kana(words, first, last, writing)


def _bare_surname(words: Sequence[Word], first: int, last: int, writing: str) -> bool:
    if len(writing) == 1 or (is_kana(writing) and readings(writing).everyday):
        return _behind_kin(words, first) and _ends_well(words, last)
    if readings(writing + "市").place or readings(writing + "県").place:
        return (last < len(words) and words[last].text in ("が", "は", "も")) or _behind_kin(words, first)
    return _ends_well(words, last)


def _bare_given(words: Sequence[Word], first: int, last: int, writing: str) -> bool:
    if len(writing) == 1 or (is_kana(writing) and readings(writing).everyday):
        return _behind_kin(words, first) and _ends_well(words, last)
    return _ends_well(words, last) and _begins_well(words, first)


def _bare_kana(words: Sequence[Word], first: int, last: int, writing: str) -> bool:
    if not is_kana(writing) or len(writing) < 3 or readings(writing).everyday:
        return False
    if katakana(writing) not in _readings():
        return False
    if words[last - 1].parts[0] in ("助詞", "助動詞") and not _subject(words, first, last):
        return False
    return _begins_well(words, first) and _ends_well(words, last)


def _subject(words: Sequence[Word], first: int, last: int) -> bool:
    """ゆうとは: what could be taken for a particle needs another one behind it, and a beginning in front."""
    opens = first == 0 or words[first - 1].text[-1:] in _OPEN or _behind_kin(words, first)
    return opens and last < len(words) and words[last].text in ("は", "が", "も", "の", "を")


def _is_surname_elsewhere(word: Word) -> bool:
    """Some surnames are in the dictionary as things as well."""
    found = readings(word.text)
    return word.parts[1:3] == ("固有名詞", "一般") and found.surname and not found.everyday


def _can_be_surname(writing: str) -> bool:
    if writing in _names("not_names") or writing in _names("kin") or writing in _names("titles"):
        return False
    found = readings(writing)
    return found.surname or (is_kana(writing) and len(writing) > 1 and katakana(writing) in _kana("surnames"))


def _can_be_name(writing: str, one: Word | None) -> bool:
    if one and one.person:
        return True
    found = readings(writing)
    if found.surname or found.given:
        return not (is_kana(writing) and len(writing) < 2)
    return is_kana(writing) and len(writing) > 1 and katakana(writing) in _readings()


def _can_be_honoured(writing: str, one: Word | None) -> bool:
    """さん makes a name of most words: of all but those that are somebody's place in the world."""
    if writing in _names("kin") or writing in _names("pseudonyms") or (writing.isascii() and len(writing) < 2):
        return False
    if _can_be_name(writing, one):
        return True
    return one is not None and one.noun and (one.unknown or one.proper) and not one.place and _is_word(writing)


def _longer_is_no_name(words: Sequence[Word], first: int, last: int) -> bool:
    return any(_writing(words, earlier, last) in _nobodies() for earlier in range(max(0, first - 2), first))


def _is_word(writing: str) -> bool:
    return len(writing) > 1 and not writing.isdigit() and not (writing.isascii() and len(writing) < 3)


def _can_begin(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    return word.parts[0] not in ("補助記号", "空白", "助詞", "助動詞") or (is_kana(word.text) and len(word.text) > 1)


def _writing(words: Sequence[Word], first: int, last: int) -> str:
    return "".join(word.text for word in words[first:last])


def _joined(words: Sequence[Word], first: int, last: int) -> bool:
    return all(word.parts[0] not in ("補助記号", "空白", "記号") for word in words[first:last])


def _begins_well(words: Sequence[Word], first: int) -> bool:
    if first == 0:
        return True
    before = words[first - 1]
    return before.text in _names("before") or before.text[-1:] in _OPEN or before.noun


def _ends_well(words: Sequence[Word], last: int) -> bool:
    return last >= len(words) or words[last].text in _names("after") or words[last].text[:1] in _OPEN_OR_CLOSE


def _behind_kin(words: Sequence[Word], first: int) -> bool:
    if first == 0:
        return False
    before = words[first - 1]
    if before.text in ("の", "、", "は", "が", "・", "「", "(") and first > 1:
        return before.text in ("の", "、", "・", "「", "(") and words[first - 2].text in _names("kin")
    return before.text in _names("kin")


def _followed_by_place(words: Sequence[Word], last: int) -> bool:
    return last < len(words) and words[last].text in _names("not_after")


def _in_a_place(words: Sequence[Word], first: int) -> bool:
    """札幌市豊平区月寒: the next part of an address."""
    return first > 0 and words[first - 1].place and words[first - 1].text[-1] in "都道府県市区町村郡"


def _honoured(words: Sequence[Word], last: int, writing: str, one: Word | None) -> bool:
    if last >= len(words) or words[last].text not in _names("honorifics"):
        return False
    if words[last].text in _names("weak_honorifics"):
        return _can_be_name(writing, one)
    return True


def _titled(words: Sequence[Word], last: int) -> bool:
    if last >= len(words):
        return False
    return words[last].text in _names("titles") or _writing(words, last, last + 2) in _names("titles")


def _called(words: Sequence[Word], text: str, last: int) -> bool:
    end = words[last - 1].end
    rest = text[end : end + 8].lstrip("」』\"'")
    return rest.startswith(_CALLED)


def _known(words: Sequence[Word], first: int, last: int) -> bool:
    """An author or a figure of a story: known to everybody, or named with a work."""
    writing = _writing(words, first, last)
    if writing in _names("known"):
        return not (
            last < len(words) and words[last].text in ("くん", "君", "ちゃん", "さん") and _behind_kin(words, first)
        )
    with_title = _writing(words, first, last + 1)
    return with_title in _names("known")
