"""Kana in Latin letters, in the one form all the ways of writing it come down to."""

import re

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さ すせそ",
    "t": "た  てと",
    "n": "なにぬねの",
    "h": "はひ へほ",
    "m": "まみむめも",
    "y": "や ゆ よ",
    "r": "らりるれろ",
    "w": "わ   を",
    "g": "がぎぐげご",
    "z": "ざ ずぜぞ",
    "d": "だ  でど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_LETTERS = {sign: row + vowel for row, signs in _ROWS.items() for sign, vowel in zip(signs, "aiueo", strict=True)}
_LETTERS |= {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "ん": "n", "ー": ""}
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_LONG = re.compile(r"ou|oo|oh(?![aiueo])|[ōô]|uu|[ūû]")


def romaji(hiragana: str) -> str:
    """The kana as Hepburn writes them, long vowels short; signs that are no kana are left out."""
    written = ""
    for place, sign in enumerate(hiragana):
        if sign in _SMALL:
            written = (written[:-1] + _SMALL[sign]).replace("shy", "sh").replace("chy", "ch").replace("jy", "j")
        elif sign == "っ" and place + 1 < len(hiragana):
            written += _LETTERS.get(hiragana[place + 1], "")[:1]
        else:
            written += _LETTERS.get(sign, "")
    return one_form(written)


def one_form(latin: str) -> str:
    """The same for every usual way to write a long vowel or an n before b, p and m."""
    short = _LONG.sub(lambda found: "u" if found[0][0] in "uūû" else "o", latin.lower())
    return re.sub("tch", "cch", re.sub("m(?=[bpm])", "n", short))
