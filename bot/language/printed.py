"""The text of a document as it should be shown: look-alike radicals become the signs they stand for, nothing hidden."""

import re
import unicodedata

from bot.language.cleaning import clean

_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_MORE_RADICALS = dict(zip("⺠⻑⻄⻘⻝⻤⻩⻫⻭⻯⻲⻨⻁⺟⻆⻣⻌", "民長西青食鬼黄斉歯竜亀麦虎母角骨辶", strict=True))
"""Unicode gives these no canonical form, and documents made by printing hold them all the same."""

_VERTICAL = dict(zip("︐︑︒︓︔︕︖︵︶︷︸︻︼﹁﹂﹃﹄", "，、。：；！？（）｛｝【】「」『』", strict=True))
"""Signs for vertical lines; the form for horizontal ones is meant."""

_SHOWN = str.maketrans(_RADICALS | _MORE_RADICALS | _VERTICAL)
_PRIVATE_BULLET = re.compile(r"^[\ue000-\uf8ff]\s*(?=\S)")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\ufffc]+")
_WIDE_ROOM = re.compile(r"[ \u3000]{2,}")
_SPREAD = re.compile(r"(?:(?<=^)|(?<=[\s\u3000]))(?:[\u3040-\u9fff][ \u3000]){2,}[\u3040-\u9fff](?=[\s\u3000]|$)")


def shown(text: str) -> str:
    """One line or paragraph. Widths and circled numbers stay as they are written: only search folds them."""
    text = _PRIVATE.sub("", _PRIVATE_BULLET.sub("・", text.translate(_SHOWN)))
    return clean(text)


def one_line(text: str) -> str:
    return _WIDE_ROOM.sub("　", " ".join(shown(text).split("\n"))).strip(" \u3000")


def joined(first: str, second: str) -> str:
    """Two halves of a broken line: Japanese has no spaces, other languages have."""
    if not first or not second:
        return first or second
    last, next_ = first[-1], second[0]
    if last == "-" and len(first) > 1 and first[-2].isascii() and first[-2].isalpha() and next_.islower():
        return first[:-1] + second
    spaced = last.isascii() and next_.isascii() and not last.isspace()
    return f"{first} {second}" if spaced else first + second


def without_room(text: str) -> str:
    """「は じ め に」 is 「はじめに」: the room is set there to make it look important."""
    return _SPREAD.sub(lambda found: found[0].replace(" ", "").replace("　", ""), text)


def is_kana(text: str) -> bool:
    return all("\u3041" <= sign <= "\u30ff" or sign in " \u3000" for sign in text)


def likely_japanese(text: str) -> float:
    """The share of signs that Japanese texts are made of; a wrong encoding gives half-width kana and rare kanji."""
    usual = sum(
        1 for sign in text if "\u3000" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff" or " " <= sign <= "~"
    )
    kana = sum(1 for sign in text if "\u3041" <= sign <= "\u30ff")
    return (usual + kana) / max(len(text), 1)
