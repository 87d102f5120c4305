"""Finds names that stand where only people stand: who acts, who owns a voice or a room, whom one meets or calls."""

import re
from collections.abc import Iterator

from bot.language.details_beside import OPEN, names
from bot.language.details_known import known, maker
from bot.language.details_names_beside import can_be_name, is_nobody, no_english_word
from bot.language.details_names_kana import given_names
from bot.language.details_orgs_names import orgs
from bot.language.details_words import Sentence, is_kana, katakana, readings

Found = tuple[int, int]
"""Where a name begins and ends in its sentence."""

_NEAR = r"[^。、!?\n「」]{0,8}?"
_HUMAN = (
    "(?:話[さしす]|しゃべ|言[いうっわ]|泣[いかき]|笑[いうっわ]|怒[っらり]|黙[っりる]|うなず|食べ|寝[てたなる]|眠[っり]|起き|捨て|怖が"
    "|嫌[いがっ]|好き|読[まみんも]|書[いかき]|電話|うつむ|つぶや|覚え|喜[びんぶ]|働[いかき]|辞め|入院|退院|通[いっ]て|座っ|歩[いか]"
    "|飲[まみん]|数え|描[いか]|弾[いか])"
)
_ACTS = re.compile(f"[はがも]{_NEAR}{_HUMAN}")
_ACTS_AT_ONCE = re.compile(f"(?:は{_NEAR}|[がも]){_HUMAN}")
_OWNS = re.compile(
    "の(?:寝息|寝顔|声|字[はがを]|車|部屋|布団|足音|背中|横顔|笑顔|笑い声|涙|手紙|口癖|ひきこもり|引きこもり|介護|入院|通院|退院|診察|受診"
    "|病気|病状|体調|機嫌|就職|不登校|父|母|お母|お父|兄|姉|弟|妹|息子|娘|両親|親御|実家|アパート|こと[をがでは]|気持|返事|沈黙|暴力"
    "|誕生日|日記|携帯|スマホ|髪|靴|隣に座)"
)
_MET = re.compile(
    f"(?:[にへ]{_NEAR}(?:手紙|電話|会[いうえおっわ]|話し|話す|メール|LINE|連絡|返[しす]|渡[しす]|頼[みんむ]|貸し|借り|謝|相談|伝え|返事)"
    f"|を{_NEAR}(?:訪ね|責め|叱|連れ|呼[んびぶ]|待[っつち]|励|誘[いっう]|紹介|説得|迎え|担当|起こ)"
    f"|と{_NEAR}(?:会[いうえおっ]|話し|話す|電話|遊[んび]|暮らし|約束|面談)"
    "|(?:から|より)の?(?:電話|手紙|返事|連絡|メール|借り|聞|LINE))"
)
_NO_COMPOUND = frozenset(("名詞", "接頭辞", "接尾辞"))
_LONGEST = 3
_LATIN = re.compile(
    r"(?<![A-Za-z0-9@])(?:from|after|without|since|before|until|than|met|meet|visited|called|asked|tells?|over from|unlike)"
    r" ([A-Z][a-z]{2,12})(?=$|[ ,.!?;'’])"
)
_LATIN_ACTS = re.compile(
    r"(?<![A-Za-z0-9@])([A-Z][a-z]{2,12})(?=['’]s (?:father|mother|mum|mom|dad|parents|brother|sister|room|door|voice|birthday"
    r"|worker|family|house|school|son|daughter|aunt|uncle)| (?:says|said|told|won['’]t|doesn['’]t|didn['’]t|cried|smiled|laughed"
    r"|refuses|stopped eating|turned [0-9a-z]+ty)\b)"
)
_DAYS = frozenset(
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter Nobody Everyone Somebody Someone".split()
)


def find(sentence: Sentence) -> Iterator[Found]:
    for at in range(len(sentence.words)):
        if not _may_begin(sentence, at):
            continue
        for last in range(min(at + _LONGEST, len(sentence.words)), at, -1):
            if sentence.solid(at, last) and _placed(sentence, at, last):
                yield sentence.words[at].start, sentence.words[last - 1].end
                break
    for pattern in (_LATIN, _LATIN_ACTS):
        for match in pattern.finditer(sentence.text):
            if match[1] not in _DAYS and no_english_word(match[1]):
                yield match.span(1)


def _may_begin(sentence: Sentence, at: int) -> bool:
    """Behind a mark, a particle or a word for when; never inside another noun."""
    if at == 0 or sentence.word(at - 1)[-1] in OPEN:
        return True
    before = sentence.words[at - 1]
    when = before.noun and before.parts[2] == "副詞可能"
    return when or before.parts[0] not in _NO_COMPOUND


def _placed(sentence: Sentence, first: int, last: int) -> bool:
    writing = sentence.writing(first, last)
    if not _may_be_meant(sentence, first, last, writing):
        return False
    behind = sentence.rest(last, 16)
    if _sure(sentence, first, last, writing):
        return any(place.match(behind) for place in (_ACTS, _OWNS, _MET))
    opened = first == 0 or sentence.word(first - 1)[-1] in OPEN
    if len(writing) == 1 or not opened:
        return opened and (_ACTS_AT_ONCE.match(behind) is not None or behind.startswith(("の寝", "の声", "の部屋")))
    return _ACTS.match(behind) is not None or _MET.match(behind) is not None


def _may_be_meant(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    if is_nobody(writing) or writing in names("seldom") or writing in orgs("sights") | orgs("companies"):
        return False
    if sentence.words[first].parts[2] == "副詞可能" or known(sentence, first) or maker(sentence, first, last):
        return False
    return can_be_name(writing) or (is_kana(writing) and len(writing) > 2 and katakana(writing) in given_names())


def _sure(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    """Not an everyday word as well, or read as a name here."""
    if len(writing) == 1:
        return False
    one = sentence.words[first] if last == first + 1 else None
    found = readings(writing)
    if is_kana(writing):
        return bool(one and one.person and len(writing) > 2) or (not found.everyday and len(writing) > 2)
    return (not found.everyday or bool(one and one.person)) and not readings(f"{writing}市").place
