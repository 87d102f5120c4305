"""Finds people where no dictionary word decides: in lists and behind labels, by a title, as they are called or called on."""

import re
from collections.abc import Iterator
from functools import cache

from bot.language.details_beside import OPEN, names, nobodies
from bot.language.details_known import known, maker
from bot.language.details_names_kana import can_be_kana_name, given_names
from bot.language.details_names_new import made_like_a_name
from bot.language.details_orgs_names import orgs
from bot.language.details_words import Sentence, Word, is_kana, katakana, readings

Found = tuple[int, int]
"""Where a name begins and ends in its sentence."""

_NAME = "[一-龠々ぁ-んァ-ヴーA-Za-z]{1,7}"
_COUNTED = re.compile(
    rf"(?<![一-龠々ぁ-んァ-ヴー])({_NAME}(?:[、・,と]{_NAME}){{1,5}})(?:の|ら)?(?:[0-9一二三四五六七八九]{{1,2}}(?:名|人)|両名|両氏|ペア|組|コンビ)"
)
_LABELLED = re.compile(
    rf"(?:(?:出席|参加|欠席|同席|記録|司会|担当|報告|面接|訪問|同行|事例|相談|通訳|書記|対応|記入|受付|引継|紹介)者?"
    rf"|氏名|名前|本名|(?<!人)生名?|患者|本人|対象者?|事例)[:/→\s]{{1,2}}({_NAME}(?:[、・,/]\s?{_NAME}){{0,6}})(?=[(、。・,→\n\s/さ様君く]|$)"
)
_PARTS = re.compile(_NAME)
_NICKNAME = re.compile(
    r"(?<![ぁ-んァ-ヴー一-龠々])([ぁ-んァ-ヴー]{1,4}(?:っぴ|ぴ|っち|ちー|りん|ぽん|きゅん|ぴー|にゃん|のすけ|やん|ちょ))"
    r"(?=\s?ん[ちん]|[がはのとにをも、。!?]|から|って|$|\s)"
)
_CALLED_ON = re.compile(
    r"(?:^|[\n>「『。]\s?)([ぁ-んァ-ヴー]{2,8}|[一-龠々]{1,4}|[A-Za-z]{2,12})(?:さん|さま|様|ちゃん|くん)(?=へ|[、。!\n ]|$)"
)
_ONE_SIGN_SPOKEN_TO = re.compile(r"「([一-龠])、")
_KIN = r"(?:息子|娘|従妹|従弟|従兄|従姉|義[母父姉兄妹弟]|実[母父]|継母|継父|恩師|教え子|長男|次男|二男|三男|長女|次女|二女|三女|末っ子|兄|弟|姉|妹|夫|妻|孫|甥|姪|父|母|祖父|祖母|友人|同僚|後輩|先輩|上司|担任|主治医|当事者|本人|同級生|彼氏|彼女|いとこ|弟子)"
_ONE_SIGN_KIN = re.compile(
    rf"{_KIN}(?:の|、|・|「|\(|:)([一-龠])(?=[はがもにをと、」)。]|だけ|から|まで|より|って|の[^家])"
)
_KANA_KIN = re.compile(
    rf"{_KIN}(?:の|は|、|・|「|\(|:)([ァ-ヺー]{{2,5}}|[ぁ-ん]{{2,4}}?)(?=[がはもにをと、」)。](?![ぁ-ん]{{0,1}}[ァ-ヴ])|だけ|から|に)"
)
_BEFORE_A_NUMBER = re.compile(
    r"(?<![一-龠々ぁ-んァ-ヴー])([一-龠々]{2,4}|[ぁ-ん]{2,4}|[ァ-ヺー]{2,5})[ :/]?(?=\(?0[0-9]{1,4}[-)])"
)
_CALLED_SURNAME = re.compile(r"([一-龠々]{1,4})という(?:苗字|名字|姓)")
_ONE_SIGN_YAN = re.compile(
    r"(?<![一-龠ぁ-んァ-ヴー])([一-龠]{1,2})(?=やん[はがにのもをと、]|ちゃん|くん|坊[はがにのもをと、])"
)
_MISTER = re.compile(
    r"(?<![一-龠々])([一-龠々]{2,5})(?=氏(?:[はがにのもをと、。宅」)]|より|から|$)|先生(?:[はがにのもをと、。])|医師|師長|主任|保健師|相談員)"
)
_ON_DUTY = re.compile(
    r"(?:担当|主治医|受け?持ち|後任|前任|世話人|看護師|保健師|相談員|支援員|民生委員)(?:は|の|:|→|/|\s)?([一-龠々]{2,4})(?=[。、・,\n\s)→/]|$)"
)
_LATIN_HERE = re.compile(
    r"(?<![A-Za-z0-9@._/-])([A-Z][a-z]{2,9})(?= ?(?:に[聞き話頼会電言]|[がはもと]|の(?:家|部屋|母|父|お|件|担当)|から|って))"
)
_PEOPLE_BEHIND = re.compile(
    r"(?:.*(?:員|師|士|長|名|役|係|官|事|宅|氏|殿|夫妻|親子|兄弟|姉妹|両名|父|母|青年|少年|君|家)|君|さん|ちゃん|やん|どん)$"
)
_NO_PLACE_FOR_A_NAME = frozenset(("寺", "院"))


def find(sentence: Sentence) -> Iterator[Found]:
    for match in (*_COUNTED.finditer(sentence.text), *_LABELLED.finditer(sentence.text)):
        yield from _each(match, labelled=match.re is _LABELLED)
    for match in _NICKNAME.finditer(sentence.text):
        if not readings(match[1]).everyday and match[1] not in nobodies():
            yield match.span(1)
    for match in _CALLED_ON.finditer(sentence.text):
        if match[1] not in _nobody_here() and not is_pronoun(match[1]):
            yield match.span(1)
    for match in _ONE_SIGN_SPOKEN_TO.finditer(sentence.text):
        if match[1] in names("one_sign_given") and match[1] not in names("never_alone"):
            yield match.span(1)
    for match in _CALLED_SURNAME.finditer(sentence.text):
        yield match.span(1)
    for match in _BEFORE_A_NUMBER.finditer(sentence.text):
        if _can_be(match[1]):
            yield match.span(1)
    for match in _KANA_KIN.finditer(sentence.text):
        if _kana_of_kin(match[1]):
            yield match.span(1)
    for pattern in (_ONE_SIGN_KIN, _ONE_SIGN_YAN):
        for match in pattern.finditer(sentence.text):
            if all(sign in names("one_sign_given") for sign in match[1]) and match[1] not in names("never_alone"):
                yield match.span(1)
    for match in _MISTER.finditer(sentence.text):
        if _sounds_like_somebody(match[1]):
            yield match.span(1)
    for match in _ON_DUTY.finditer(sentence.text):
        if _sounds_like_somebody(match[1]) and not readings(match[1]).everyday:
            yield match.span(1)
    for match in _LATIN_HERE.finditer(sentence.text):
        if match[1] in names("given_in_latin"):
            yield match.span(1)
    yield from _by_the_dictionary(sentence)


def _sounds_like_somebody(writing: str) -> bool:
    found = readings(writing)
    return writing not in _nobody_here() and (
        found.surname or found.given or (found.place and not found.everyday and writing[-1] not in "市区町村県郡")
    )


def _kana_of_kin(name: str) -> bool:
    if name in _nobody_here():
        return False
    if "ァ" <= name[0] <= "ヺ":
        return katakana(name) in given_names() or readings(name).given
    return can_be_kana_name(name) and not readings(name).everyday and name not in names("seldom")


def is_pronoun(writing: str) -> bool:
    return writing.endswith(("みな", "みんな", "お客", "おば", "おじ", "者", "員", "師", "士", "長", "人", "親"))


@cache
def _nobody_here() -> frozenset[str]:
    return nobodies() | names("pseudonyms") | names("known") | orgs("general")


def _each(match: re.Match[str], *, labelled: bool) -> Iterator[Found]:
    """The names of a row, when each of them can be one."""
    rows = [(part.start() + match.start(1), part[0]) for part in _PARTS.finditer(match[1])]
    rows = [(start + at, name) for start, row in rows for at, name in _split(row)]
    if any(name in _nobody_here() for _, name in rows):
        return
    likely = [_can_be(name) for _, name in rows]
    if all(likely) or (not labelled and sum(likely) * 2 > len(likely)):
        for start, name in rows:
            yield start, start + len(name)


def _split(row: str) -> Iterator[tuple[int, str]]:
    at = 0
    for name in row.split("と") if not is_kana(row) else [row]:
        if name:
            yield at, name
        at += len(name) + 1


def _can_be(name: str) -> bool:
    found = readings(name)
    if found.surname or found.given or made_like_a_name(name):
        return len(name) > 1 or name in names("one_sign_given")
    return can_be_kana_name(name) and not found.everyday


def _by_the_dictionary(sentence: Sentence) -> Iterator[Found]:
    """What Sudachi reads as somebody's name here, though nothing around it says so."""
    words = sentence.words
    at = 0
    while at < len(words):
        last = known(sentence, at)
        if last:
            at = last
            continue
        if _a_person(words[at]) and _stands_alone(sentence, at) and not maker(sentence, at, at + 1):
            yield words[at].start, words[at].end
        at += 1


def _a_person(word: Word) -> bool:
    text = word.text
    if not word.person or len(text) < 2 or text in _nobody_here() or text in names("seldom") or text in orgs("sights"):
        return False
    if is_kana(text):
        return len(text) > 2 and not readings(text).everyday
    return not text.isascii() and not readings(text).everyday and text[-1] not in _NO_PLACE_FOR_A_NAME


def _stands_alone(sentence: Sentence, at: int) -> bool:
    """No part of a thing's, a place's or an office's name."""
    before, behind = sentence.word(at - 1), sentence.words[at + 1] if at + 1 < len(sentence.words) else None
    if before and before[-1] not in OPEN and at and sentence.words[at - 1].parts[0] in ("名詞", "接頭辞", "接尾辞"):
        return False
    if behind is None or behind.mark or behind.grammar:
        return not (behind is not None and behind.text in ("・", "=") and is_kana(sentence.words[at].text))
    return behind.parts[0] not in ("名詞", "接尾辞") or bool(_PEOPLE_BEHIND.match(behind.text))
