"""Finds names and offices that are written in Latin letters: Tanaka Yuki, Dr. Mori, Ueda High School."""

import re
from collections.abc import Iterator
from functools import cache, partial

from bot.language.details_lists import listed
from bot.language.details_words import readings
from bot.language.spans import Kind

_TITLE = r"(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Professor|Sensei|Doctor|Nurse|Uncle|Aunt|Auntie|Principal|Teacher)"
_WORD = r"[A-Z][A-Za-zĀāĒēĪīŌōŪūÀ-ÿ'’]*+(?:-[A-Za-z]++)*+"
_TITLED = re.compile(rf"\b{_TITLE}\b\.? ?((?:{_WORD})(?: {_WORD})?)")
_LETTERS = "A-Za-zĀāĒēĪīŌōŪūÀ-ÿ"
_HONOURED = re.compile(
    rf"\b([{_LETTERS}]{{2,20}}+(?: [{_LETTERS}]{{2,20}}+)?)(?:-| ?)"
    r"(?:san|kun|chan|sama|sensei|さん|くん|君|ちゃん|氏|様|先生)(?![A-Za-z])"
)
_LATIN = re.compile(rf"(?<![A-Za-z0-9@._/])[{_LETTERS}]{{2,20}}+(?![A-Za-z0-9@_/]|[.][A-Za-z0-9])")
_ORG_KINDS = (
    "(?:Junior |Senior )?High School", "Elementary School", "Primary School", "Middle School", "Junior High", "School",
    "University", "College", "Academy", "Kindergarten", "Nursery(?: School)?", "Hospital", "Clinic", "Medical Center",
    "Health Center", 
    "Public Library", "Library", "Police Station", "City Hospital", "Support Office",
    "Pharmacy", r"Inc\b\.?", r"Co\.,? ?Ltd\.?", r"Ltd\b\.?", "Corporation", r"Corp\b\.?",
    "Company", "Center", "Centre", "City Hall", "Town Hall", "Ward Office", "City Office", "Office", "Foundation",
    "Association", "Society", "Cafe", "Café", "Workshop", "Factory", "Works", "Bank", "Store", "Supermarket", "Church",
    "Group Home", "Clubhouse", "Council", "House", "Base", "Lab", "Space", "Farm", "Studio", "Salon", "Bakery",
    "Restaurant", "Hotel", "Temple", "Shrine", "Dojo", "Juku", "Gakuen", "Foods", "Logistics", "Industries", "Motors",
)  # fmt: skip
_ORG = re.compile(rf"\b((?:(?:{_WORD}|of|and|&) ){{1,5}})(?:{'|'.join(_ORG_KINDS)})(?![a-z])")
_OWNED = re.compile("['’]s?$")
_MACRONS = str.maketrans("āēīōūĀĒĪŌŪ", "aeiouAEIOU")

_ROMAJI = {
    **dict(zip("アイウエオ", "aiueo", strict=True)),
    **{
        kana: f"{row}{vowel}"
        for row, line in {
            "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト",
            "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ",
            "m": "マミムメモ", "r": "ラリルレロ",
        }.items()
        for kana, vowel in zip(line, "aiueo", strict=True)
    },
    "シ": "shi", "ジ": "ji", "チ": "chi", "ヂ": "ji", "ツ": "tsu", "ヅ": "zu", "フ": "fu",
    "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu",
}  # fmt: skip
_SMALL = {"ャ": "a", "ュ": "u", "ョ": "o"}


def find(text: str) -> Iterator[tuple[int, int, Kind]]:
    for found in _ORG.finditer(text):
        yield from _org(found)
    for found in _TITLED.finditer(text):
        if len(found[1]) > 1 and found[1].split()[0].lower() not in _everyday():
            yield found.start(1), found.start(1) + len(_OWNED.sub("", found[1])), Kind.PERSON
    for found in _HONOURED.finditer(text):
        yield from _honoured(found)
    yield from _bare(text)


def _honoured(found: re.Match[str]) -> Iterator[tuple[int, int, Kind]]:
    """Sato Ken-san, and only sato of "to sato-san"."""
    start, end = found.span(1)
    first, _, second = found[1].partition(" ")
    if second and not _may_be_name(first):
        start, first = end - len(second), second
    if _may_be_name(first):
        yield start, end, Kind.PERSON


def _may_be_name(word: str) -> bool:
    return (len(word) > 1 and _is_name(word)) or (word.istitle() and not _plain(word))


def _org(found: re.Match[str]) -> Iterator[tuple[int, int, Kind]]:
    at = found.start()
    for word in found[1].split(" "):
        if word and word.lower() not in _everyday_in_offices():
            yield at, found.end(), Kind.ORG
            return
        at += len(word) + 1


def _bare(text: str) -> Iterator[tuple[int, int, Kind]]:
    words = list(_LATIN.finditer(text))
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else None
        together = after is not None and text[word.end() : after.start()] in (" ", ", ", "-")
        if after and together and f"{word[0]}-{after[0]}".lower() in _listed_lower("known_english"):
            at += 1
        elif after and together and _both(word[0], after[0]):
            yield word.start(), after.end(), Kind.PERSON
            at += 1
        elif _alone(word[0]):
            yield *word.span(), Kind.PERSON
        at += 1


def _both(first: str, second: str) -> bool:
    a, b = _letters(first), _letters(second)
    if first[0].islower() != second[0].islower() or (first[0].islower() and min(len(first), len(second)) < 4):
        return False
    if (a in _surnames() and b in _given()) or (a in _given() and b in _surnames()):
        return not (_plain(first) and _plain(second))
    return first.istitle() and second.istitle() and _is_name(first) and _is_name(second)


def _alone(word: str) -> bool:
    """Capitalised, known as a name, and no English word."""
    letters = _letters(word)
    return (
        len(letters) > 2
        and word[0].isupper()
        and (word.istitle() or (word.isupper() and len(word) > 3))
        and _is_name(word)
        and word.lower() not in _listed_lower("english_places")
    )


def _is_name(word: str) -> bool:
    letters = _letters(word)
    if letters in _everyday() or word.lower() in _everyday() | _listed_lower("known_english"):
        return False
    return (
        letters in _surnames() or letters in _given() or (word.istitle() and word.lower() in _listed_lower("foreign"))
    )


def _plain(word: str) -> bool:
    return word.lower() in _everyday() or readings(word.lower()).everyday


def _letters(word: str) -> str:
    """Long vowels are written in five ways; all come to one."""
    plain = word.translate(_MACRONS).lower()
    return re.sub(r"oh(?![aeiouy])|ou|oo", "o", re.sub("uu", "u", plain))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_letters(_romaji(name)) for name in listed("details_names_kana", "surnames") if len(name) > 1)


@cache
def _given() -> frozenset[str]:
    return frozenset(_letters(_romaji(name)) for name in listed("details_names_kana", "given") if len(name) > 1)


@cache
def _listed_lower(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in listed("details_names", name))


_everyday = partial(_listed_lower, "english")
_everyday_in_offices = partial(_listed_lower, "english_offices")


def _romaji(kana: str) -> str:
    written = ""
    for sign in kana:
        if sign in _SMALL:
            stem = written[:-1]
            written = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL[sign]
        elif sign == "ッ":
            written += "*"
        elif sign != "ー":
            written += _ROMAJI.get(sign, "")
    return re.sub(r"\*(.)", r"\1\1", written).replace("cch", "tch")
