"""Where names of places stand in a text: municipalities, towns, stations, houses, blocks and postal codes."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.details_places_context import alternatives, words
from bot.language.municipalities import municipalities, short
from bot.language.tokens import Morpheme, morphemes

LONGEST_NAME = 10
LONGEST_BUILDING = 12
NUMBER = "[0-9〇一二三四五六七八九十百]{1,4}"
_TO_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ"))}
_LAST_SIGN = re.compile("[市区町村郡](?![場販街並落域間分切別画割])")
_LAST_KANA = re.compile("し|く|ちょう|まち|むら|そん|ぐん|[市区町村郡]")
_KANJI = re.compile("[一-龠々]")
_KANA = re.compile("[ぁ-んァ-ヴー]")
_PARTICLES = "はがのもにでへと、。「( \n"
_BEFORE_KANA = "都道府県郡市はがもにでへと、。「( \n・:"
_RUN = re.compile(r"(?:[一-龠々ケァ-ヴー]|(?<=[一-龠])[ノのがつ](?=[一-龠])){1,8}$")
_QUARTER = re.compile("台|[がケ]?丘|公園(?!で)|学園|中央|緑地")
_KANJI_RUN = re.compile("[一-龠々ケァ-ヴー]{2,8}$")
_STATION = re.compile("駅(?![伝員弁長舎ビ])")
_STATION_NAME = re.compile(r"(?:[一-龠々ケァ-ヴー]|[ぁ-ん](?=[一-龠])){1,8}$|[ぁ-ん]{2,6}$")
_BLOCK = re.compile(rf"{NUMBER}\s?(?:丁目|番地|番町|番[0-9一二三四五六七八九十]{{1,3}}号|地割)")
_POSTAL = re.compile(
    r"〒\s?[0-9]{3}\s?[-ー−‐‑–—―]?\s?[0-9]{4}(?![0-9])|"
    r"(?<=郵便番号)[はがの:\s「(]{0,3}(?P<it>[0-9]{3}[-ー−‐–—]?[0-9]{4})(?![0-9])"
)
_HAMLET = re.compile("(?<![一-龠々])(?P<sign>大字|字)(?:[一-龠々ケ]|(?<=[一-龠])ノ(?=[一-龠])){2,7}")
_BUILDING = re.compile(alternatives("buildings"))
_ROOM = re.compile(
    r"\s?(?:の)?(?:[A-Z]?-?[0-9一二三四五六七八九十]{1,4}|[A-Z])\s?(?:号棟|号館|棟|号室|号|室|"
    r"街区)(?:の?\s?[0-9一二三四五六七八九十A-Z-]{1,5}\s?(?:号室|号|室))?|\s?[0-9]{3,4}(?![0-9年月日円人])"
)
_BUILDING_NAME = re.compile(
    r"(?:[一-龠々ァ-ヴーケA-Z・]|(?<=[一-龠ケ])[のが](?=[一-龠])){1,12}$|(?<![ぁ-ん])[ぁ-ん]{3,5}$"
)
_HOMES = frozenset(("団地", "マンション", "アパート", "ハイツ", "コーポ", "ハイム", "メゾン"))
_NAMED_AFTER = re.compile(
    r"(?:コーポラス|コーポ|ハイツ|メゾン|レジデンス|パレス|シャトー|カーサ|ハイム|ヴィラ|"
    r"サンハイツ)\s?[一-龠々ァ-ヴーぁ-ん]{1,8}?\s?[0-9]{2,4}(?:号室?)?(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Name:
    """sure: a place of somebody unless the text says otherwise; the others only when it says so."""

    start: int
    end: int
    sure: bool


class Words:
    """The words of a text, to be asked by where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all: list[Morpheme] = list(morphemes(text))
        self._starts = [word.start for word in self.all]

    def at(self, place: int) -> Morpheme | None:
        """The word that covers this place."""
        index = bisect_right(self._starts, place) - 1
        return self.all[index] if index >= 0 else None

    def between(self, start: int, end: int) -> list[Morpheme]:
        """The words that begin inside."""
        return self.all[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]


def is_place(word: Morpheme | None) -> bool:
    """Whether the dictionary takes the word for a place."""
    return word is not None and word.parts[1:3] == ("固有名詞", "地名")


def names(found: Words) -> list[Name]:
    """Every name of a place, sure or not, in the order of writing; they may lie over one another."""
    every = (
        _municipalities,
        _readings,
        _places,
        _bare,
        _stations,
        _blocks,
        _buildings,
        _postal_codes,
        _unknown,
        _hamlets,
    )
    return sorted((name for rule in every for name in rule(found)), key=lambda name: (name.start, -name.end))


def _municipalities(found: Words) -> Iterator[Name]:
    text = found.text
    for sign in _LAST_SIGN.finditer(text):
        end = sign.end()
        start = next(
            (s for s in range(max(0, end - LONGEST_NAME), end - 1) if text[s:end] in municipalities().names), -1
        )
        if start < 0 or (_KANA.match(text[start]) and start and text[start - 1] not in _BEFORE_KANA):
            continue
        word = found.at(start)
        if is_place(word) and word is not None:
            yield Name(min(start, word.start), end, True)
        elif (word is not None and word.start == start) or not (start and _KANJI.match(text[start - 1])):
            yield Name(start, end, True)


def _readings(found: Words) -> Iterator[Name]:
    text = found.text.translate(_TO_HIRAGANA)
    for sign in _LAST_KANA.finditer(text):
        end = sign.end()
        for start in range(max(0, end - 2 * LONGEST_NAME), end - 3 + (sign[0] in "市区町村郡")):
            before = text[start - 1] if start else "\n"
            if text[start:end] in municipalities().kana and (before in _PARTICLES or not _KANA.match(before)):
                yield Name(start, end, sign[0] in "市区町村郡" and end - start > 2)
                break


def _places(found: Words) -> Iterator[Name]:
    for word in found.all:
        surface = found.text[word.start : word.end]
        if is_place(word) and word.parts[3] != "国" and not _too_large(surface):
            yield Name(
                word.start, word.end, surface[-1] in "市区町村郡" and len(surface) > 2 and not _too_large(surface[:-1])
            )


def _bare(found: Words) -> Iterator[Name]:
    ends = {word.end for word in found.all}
    known = municipalities().bare | words("islands")
    for word in found.all:
        for length in range(7, 0, -1):
            surface = found.text[word.start : word.start + length]
            if surface in known and word.start + length in ends and not _too_large(surface):
                yield _with_neighbours(found, word.start, word.start + length)
                break


def _with_neighbours(found: Words, start: int, end: int) -> Name:
    """「本八幡」 and 「八千代台」 as one name."""
    before = found.at(start - 1) if start else None
    if before and before.parts[0] == "接頭辞" and found.text[before.start : start] in "本新東西南北中上下元":
        start = before.start
    behind = _QUARTER.match(found.text, end)
    return Name(start, behind.end() if behind else end, False)


def _stations(found: Words) -> Iterator[Name]:
    for sign in _STATION.finditer(found.text):
        before = _STATION_NAME.search(found.text[max(0, sign.start() - 8) : sign.start()])
        if before:
            name = before[0].rpartition("線の")[2]
            start = _first_of_name(found, sign.start() - len(name), sign.start())
            name = found.text[start : sign.start()]
            if name and not _general(name, "no_station"):
                yield Name(start, sign.end(), name not in words("terminals"))


def _blocks(found: Words) -> Iterator[Name]:
    for block in _BLOCK.finditer(found.text):
        before = _RUN.search(found.text[max(0, block.start() - 8) : block.start()])
        if before:
            start = _first_of_name(found, block.start() - len(before[0]), block.start())
            if found.text[start : block.start()].strip("第約") and not _too_large(found.text[start : block.start()]):
                yield Name(start, block.end(), True)


def _buildings(found: Words) -> Iterator[Name]:
    text = found.text
    for match in _NAMED_AFTER.finditer(text):
        yield Name(match.start(), match.end(), True)
    for kind in _BUILDING.finditer(text):
        before = _BUILDING_NAME.search(text[max(0, kind.start() - LONGEST_BUILDING) : kind.start()])
        if not before:
            continue
        start = _first_of_name(found, kind.start() - len(before[0]), kind.start())
        name = text[start : kind.start()]
        room = _ROOM.match(text, kind.end())
        if name and not _general(name, "no_building") and (room or kind[0] in _HOMES):
            proper = any(word.parts[1] == "固有名詞" for word in found.between(start, kind.start()))
            if room or proper:
                yield Name(start, room.end() if room else kind.end(), room is not None)


def _postal_codes(found: Words) -> Iterator[Name]:
    for match in _POSTAL.finditer(found.text):
        start, end = match.span("it") if match["it"] else match.span()
        yield Name(start, end, True)


def _hamlets(found: Words) -> Iterator[Name]:
    """字上ノ段."""
    for match in _HAMLET.finditer(found.text):
        word = found.at(match.start())
        if word is not None and word.end == match.start() + len(match["sign"]):
            yield Name(match.start(), match.end(), True)


def _unknown(found: Words) -> Iterator[Name]:
    """A place the dictionary takes apart, like 三軒茶屋 or 竹の塚: a row of kanji with a proper noun in it."""
    for match in re.finditer(r"(?:在住|に(?:住|引っ越|転居|移り住|在住|帰省|転勤|赴任))", found.text):
        before = _KANJI_RUN.search(found.text[max(0, match.start() - 8) : match.start()])
        if before and len(before[0]) > 1:
            start = _first_of_name(found, match.start() - len(before[0]), match.start())
            inside = found.between(start, match.start())
            surface = found.text[start : match.start()]
            if (
                any(_proper(found, word) for word in inside)
                and not _too_large(surface)
                and surface[-1] not in "家方宅様邸国"
            ):
                yield Name(start, match.start(), False)


def _proper(found: Words, word: Morpheme) -> bool:
    return word.parts[1] == "固有名詞" or found.text[word.start : word.end] in municipalities().bare


def _first_of_name(found: Words, start: int, end: int) -> int:
    """Where a name begins that ends here: words of time and common ones before it are no part of it."""
    for word in reversed(found.between(start, end)):
        if (
            word.parts[1] in ("普通名詞", "非自立可能") and word.parts[2] in ("副詞可能", "サ変可能", "助数詞可能")
        ) or word.parts[0] in ("助詞", "助動詞", "動詞", "副詞", "接頭辞", "連体詞", "接続詞", "代名詞"):
            surface = found.text[word.start : word.end]
            if surface in "本新東西南北中上下大小" or (surface in "のがつノ" and word.start > start):
                continue
            return word.end
    inside = found.between(start, end)
    return inside[0].start if inside else end


def _general(name: str, list_of_words: str) -> bool:
    """Whether it is a kind of house or station only; one sign alone must be all of it, or every 山 would be one."""
    return any(name == word or (len(word) > 1 and name.endswith(word)) for word in words(list_of_words))


def _too_large(surface: str) -> bool:
    known = municipalities().prefectures
    return surface in words("regions") or surface in known or any(surface == short(name) for name in known)
