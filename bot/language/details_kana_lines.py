"""Writes a text as the dictionary knows it: lines of katakana alone in hiragana, old forms of kanji in today's."""

import re

_LINE = re.compile(r"[^\n]+")
_KATAKANA = re.compile("[ァ-ヴ]")
_OTHER = re.compile("[ぁ-んA-Za-z一-龠々]")
_SHORTEST = 8
_TO_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヴ") + 1)}


_OLD_FORMS = str.maketrans(
    "彌髙﨑𠮷濵濱栁靏桒邉邊槗㐂寬黑德淸緖彅槇頴會萬渡邨嶌舩廣壽眞惠榮國圓藏齊齋龝曻",
    "弥高崎吉浜浜柳鶴桑辺辺橋喜寛黒徳清緒薙槙穎会万渡村島船広寿真恵栄国円蔵斉斎秋昇",
)


def readable(text: str) -> str:
    """The same, as long as before."""
    return _LINE.sub(_line, text).translate(_OLD_FORMS)


def _line(found: re.Match[str]) -> str:
    line = found[0]
    kana = len(_KATAKANA.findall(line))
    if kana < _SHORTEST or kana < 6 * len(_OTHER.findall(line)):
        return line
    return line.translate(_TO_HIRAGANA)
