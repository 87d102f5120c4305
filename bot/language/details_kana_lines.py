"""Turns lines that are written in katakana alone into hiragana, which the dictionary can take apart."""

import re

_LINE = re.compile(r"[^\n]+")
_KATAKANA = re.compile("[ァ-ヴ]")
_OTHER = re.compile("[ぁ-んA-Za-z一-龠々]")
_SHORTEST = 8
_TO_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヴ") + 1)}


def in_hiragana(text: str) -> str:
    """The same, as long as before."""
    return _LINE.sub(_line, text)


def _line(found: re.Match[str]) -> str:
    line = found[0]
    kana = len(_KATAKANA.findall(line))
    if kana < _SHORTEST or kana < 6 * len(_OTHER.findall(line)):
        return line
    return line.translate(_TO_HIRAGANA)
