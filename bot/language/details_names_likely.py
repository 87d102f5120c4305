"""Finds people where no single rule decides: the names of a row, and what Sudachi alone takes for a name."""

import re
from collections.abc import Iterator

from bot.language.details_beside import OPEN, names, spoken_of
from bot.language.details_known import known, maker
from bot.language.details_names_beside import can_be_name, is_nobody
from bot.language.details_orgs_names import orgs
from bot.language.details_words import Sentence, Word, is_kana, readings

Found = tuple[int, int]
"""Where a name begins and ends in its sentence."""

_NAME = "[一-龠々ぁ-んァ-ヴーA-Za-z]{1,7}"
_COUNTED = re.compile(
    rf"(?<![一-龠々ぁ-んァ-ヴー])({_NAME}(?:[、・,と]{_NAME}){{1,5}})(?:の|ら)?"
    r"(?:[0-9一二三四五六七八九]{1,2}(?:名|人)|両名|両氏|ペア|組|コンビ|各)"
)
_LABELLED = re.compile(
    r"(?:(?:出席|参加|欠席|同席|記録|司会|担当|報告|面接|訪問|同行|事例|相談|通訳|書記|対応|記入|受付|引継|紹介)者?"
    r"|氏名|名前|本名|(?<!人)生名?|患者|本人|対象者?|事例|当番|当直|夜勤|早番|遅番|日勤|世話役|遅刻|早退|引継先|前任|後任|新任|幹事|講師|発表|連絡係?|議長|副?会長)"
    rf"[:/→\s]{{1,2}}({_NAME}(?:[、・,/]\s?{_NAME}){{0,6}})(?=[(、。・,→\n\s/さ様君く]|$)"
)
_PARTS = re.compile(_NAME)
_PEOPLE_BEHIND = re.compile(
    r"(?:.*(?:員|師|士|長|名|役|係|官|事|宅|氏|殿|夫妻|親子|兄弟|姉妹|父|母|青年|少年|君|家|ケース)|さ|さん|ちゃん|やん|どん)$"
)


def find(sentence: Sentence) -> Iterator[Found]:
    for match in _COUNTED.finditer(sentence.text):
        yield from _each(match, most=False)
    for match in _LABELLED.finditer(sentence.text):
        yield from _each(match, most=True)
    yield from _by_the_dictionary(sentence)


def _each(match: re.Match[str], *, most: bool) -> Iterator[Found]:
    """The names of a row: of a counted one more than half, of a labelled one all must be able to be names."""
    rows = [(part.start() + match.start(1), part[0]) for part in _PARTS.finditer(match[1])]
    rows = [(start + at, name) for start, row in rows for at, name in _split(row)]
    if any(is_nobody(name) for _, name in rows):
        return
    likely = [can_be_name(name) for _, name in rows]
    if all(likely) or (not most and sum(likely) * 2 > len(likely)):
        for start, name in rows:
            yield start, start + len(name)


def _split(row: str) -> Iterator[tuple[int, str]]:
    at = 0
    for name in [row] if is_kana(row) else row.split("と"):
        if name:
            yield at, name
        at += len(name) + 1


def _by_the_dictionary(sentence: Sentence) -> Iterator[Found]:
    """What Sudachi reads as somebody's name here, though nothing around it says so."""
    words, at = sentence.words, 0
    while at < len(words):
        last = known(sentence, at)
        if not last and _a_person(sentence, at) and _stands_alone(sentence, at) and not maker(sentence, at, at + 1):
            yield words[at].start, words[at].end
        at = last or at + 1


def _a_person(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    text = word.text
    if not word.person or len(text) < 2 or text in names("seldom") or is_nobody(text):
        return False
    if text in orgs("sights") or text in orgs("companies"):
        return False
    found = readings(text)
    if found.everyday or text.isascii():
        return False
    if is_kana(text):
        return len(text) > 2
    return text[-1] != "寺" and (not readings(f"{text}市").place or spoken_of(sentence, at + 1))


def _stands_alone(sentence: Sentence, at: int) -> bool:
    """No part of a thing's, a place's or an office's name."""
    before = sentence.words[at - 1] if at else None
    if before and before.text[-1] not in OPEN and before.parts[0] in ("名詞", "接頭辞", "接尾辞"):
        return False
    behind: Word | None = sentence.words[at + 1] if at + 1 < len(sentence.words) else None
    if behind is None or behind.mark or behind.grammar:
        joined = behind is not None and behind.text in ("・", "=")
        return not (joined and is_kana(sentence.words[at].text))
    return behind.parts[0] not in ("名詞", "接尾辞") or _PEOPLE_BEHIND.match(behind.text) is not None
