"""Finds the places that tell where somebody of a case lives or works, each in one stretch from prefecture to room."""

import re
from collections.abc import Sequence

from bot.language.details_kana_lines import in_hiragana
from bot.language.details_places_context import alternatives, public, said_of_home, tied
from bot.language.details_places_latin import latin
from bot.language.details_places_names import NUMBER, Name, Words, is_place, names
from bot.language.folding import fold
from bot.language.municipalities import municipalities, short
from bot.language.spans import Kind, Span

_PREFECTURES = sorted({form for name in municipalities().prefectures for form in (name, short(name))}, key=len)
_PREFECTURE_BEFORE = re.compile(rf"(?:{'|'.join(reversed(_PREFECTURES))})[の・ ,、]?$")
_POSTAL_BEFORE = re.compile(r"(?:〒\s?)?(?<![0-9])[0-9]{3}[-ー−‐–—]?[0-9]{4}[\s,、]{0,2}$")
_JOINS = frozenset(("", "の", " ", "・", "\n", "大字", "字", "、"))
_DASH = "\\-‐‑–—―−ー"
_NO_UNIT = "(?![0-9代歳才人年月日回名件校階度割%時分つ個かmMｍメキセ坪戸軒])"
_TOWN = r"(?![のがつ])(?:[一-龠々ケァ-ヴー]|(?<=[一-龠ケ])[ノのがつ](?=[一-龠])|(?:大字|字)[ぁ-ん]{0,5}){0,10}?"
_OF = "[のノ](?=[0-9]|[一二三四五六七八九十]{1,3}(?![一-龠]))"
_BLOCKS = (
    rf"\s?(?:[東西南北]?\s?(?:第)?{NUMBER}\s?(?:丁目?|番地?|番町|号|条|線|地割|[{_DASH}]|{_OF}))"
    rf"(?:\s?(?:(?:{_OF})?[東西南北]?{NUMBER}\s?(?:丁目?|番地?|号(?!室|棟)|条|線|[{_DASH}]|"
    rf"{_OF})?)){{0,5}}(?<![{_DASH}])"
    rf"|\s?[0-9]{{1,4}}{_NO_UNIT}"
)
_FLOOR = rf"(?:[A-Z]?[{_DASH}]?[0-9一二三四五六七八九十]{{1,4}}|[A-Z])\s?(?:号棟|号館|棟|号室|号|室|階|F)"
_HOUSE = (
    rf"(?:[\s,、]?(?![のがつ]|[都市県町村区府]営住宅|木造|賃貸|公営|同じ)(?:[一-龠々ァ-ヴーケA-Za-z・]|"
    rf"(?<=[一-龠ケ])[のが](?=[一-龠])|"
    rf"(?<=[\s0-9号])[ぁ-ん]{{3,6}}){{1,14}}?{alternatives('buildings')}[ A-Z0-9一二三四五六七八九]{{0,3}}(?:号棟|"
    rf"棟|号館)?"
    rf"|[\s,、]?[ァ-ヴー一-龠A-Za-z・]{{2,14}}(?=\s?[0-9]{{2,4}}号))?"
    rf"(?:[\s,、の]?{_FLOOR}){{0,2}}(?:\s?[0-9]{{3,4}}{_NO_UNIT})?"
)
_TAIL = re.compile(rf"{_TOWN}(?:{_BLOCKS}){_HOUSE}")
_AFTER_BLOCK = re.compile(rf"(?:(?:[{_DASH}]|{_OF})?\s?{NUMBER}\s?(?:番地?|号(?!室|棟))?(?![一-龠])){{0,3}}{_HOUSE}")
_BLOCK_BEHIND = re.compile(rf"\s?{NUMBER}\s?(?:丁目|番地|[{_DASH}]\s?[0-9]{{1,4}}[{_DASH}])")
_AFTER_TOWN = re.compile(rf"(?:{_BLOCKS}){_HOUSE}")
_TOWN_END = re.compile(
    r"(?![のにでへはがをともやかだ])[一-龠々ケノァ-ヴーぁ-ん]{1,6}?町(?![内会長民村])|(?:大字|"
    r"字)[一-龠々ァ-ヴーケノ]{1,8}"
)
_RUN = re.compile(r"[一-龠々ケノァ-ヴー]{1,6}")
_NO_TOWN = re.compile(alternatives("no_town"))
_NATURE = frozenset("山川湖岳峠滝橋城寺社海洋沼浜岬洞峡園館ッ宮")
_DISH = re.compile("[一-龠々ァ-ヴー]")
_PERSON_BEHIND = re.compile("さん|君|くん|ちゃん|様|先生|氏")


def find(text: str) -> list[Span]:
    """Somebody's places in any text, in the order of writing."""
    folded = fold(text)
    found = Words(in_hiragana(folded.text).replace("ヶ", "ケ"))
    written = [Name(*stretch, True) for stretch in latin(found.text)]
    stretches = _joined(found, sorted(written + [_whole(found, name) for name in names(found)], key=_place))
    return [Span(*folded.place(name.start, name.end), Kind.ADDRESS) for name in stretches if _somebodys(found, name)]


def _place(name: Name) -> tuple[int, int]:
    return name.start, -name.end


def _somebodys(found: Words, name: Name) -> bool:
    text = found.text
    if is_place(found.at(name.start)) and said_of_home(text, name.start, name.end):
        return True
    if tied(text, name.start, name.end):
        return _PERSON_BEHIND.match(text, name.end) is None
    if public(text, name.end) or _PERSON_BEHIND.match(text, name.end):
        return False
    return name.sure or _a_town(found, name)


def _a_town(found: Words, name: Name) -> bool:
    """A place that a text names for no reason of its own is mostly somebody's."""
    word, written = found.at(name.start), found.text[name.start : name.end]
    if not is_place(word) or word is None or word.start != name.start or len(written) < 2 or written.isascii():
        return False
    return written[-1] not in _NATURE and not _DISH.match(found.text, name.end)


def _whole(found: Words, name: Name) -> Name:
    """The name with the prefecture before it and with town, block, house and room behind it."""
    text, start, end = found.text, name.start, name.end
    before = _PREFECTURE_BEFORE.search(text[max(0, start - 6) : start]) if text[start] != "〒" else None
    if before:
        start -= len(before[0])
    postal = _POSTAL_BEFORE.search(text[max(0, start - 12) : start])
    if postal:
        start -= len(postal[0])
    if text[end - 1] in "市区町村郡" or name.sure:
        end = _town_end(found, start, end)
    elif _BLOCK_BEHIND.match(text, end):
        block = _AFTER_TOWN.match(text, end)
        end = block.end() if block else end
    while text[end - 1].isspace():
        end -= 1
    return Name(start, end, name.sure or end > name.end)


def _town_end(found: Words, start: int, end: int) -> int:
    text = found.text
    pattern = _TAIL if text[end - 1] not in "目地号" else _AFTER_BLOCK
    tail = pattern.match(text, end)
    if tail and tail.end() > end and not _NO_TOWN.match(tail[0]):
        return tail.end()
    town = _TOWN_END.match(text, end)
    if town and not _NO_TOWN.match(town[0]):
        return town.end()
    run = _RUN.match(text, end)
    if run and text[end - 1] in "市区町村" and not _NO_TOWN.match(run[0]) and _no_common_word(found, run.start()):
        proper = found.at(run.start())
        sure = proper is not None and proper.parts[1] == "固有名詞" and proper.end == run.end()
        return run.end() if sure or tied(text, start, run.end()) else end
    return end


def _no_common_word(found: Words, start: int) -> bool:
    word = found.at(start)
    return is_place(word) or word is None or word.parts[1] != "普通名詞"


def _joined(found: Words, every: Sequence[Name]) -> list[Name]:
    """Names that lie over one another or follow directly make one stretch."""
    joined: list[Name] = []
    for name in every:
        last = joined[-1] if joined else None
        if last is None or not _belongs(found, last, name):
            joined.append(name)
        elif name.start < last.end or name.sure or last.sure:
            joined[-1] = Name(last.start, max(last.end, name.end), last.sure or name.sure)
    return joined


def _belongs(found: Words, last: Name, name: Name) -> bool:
    if name.start < last.end:
        return True
    between = found.text[last.end : name.start]
    if between not in _JOINS or _PERSON_BEHIND.match(found.text, name.end):
        return False
    if between == "、":
        return found.text[last.end - 1].isdecimal() and name.sure
    if between == "":
        return last.sure
    return last.sure and (name.sure or (name.end - name.start > 1 and is_place(found.at(name.start))))
