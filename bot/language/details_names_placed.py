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
_ACTS = re.compile(f"いわく|曰く|によると|によれば|[はがも]{_NEAR}{_HUMAN}")
_ACTS_AT_ONCE = re.compile(f"いわく|曰く|(?:は{_NEAR}|[がも]){_HUMAN}")
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
    r"(?<![A-Za-z0-9@])(?:from|after|without|since|before|until|than|met|meet|visited|called|asked|tells?"
    r"|over from|unlike|took|promised|gave|showed|helped|about|with|watched|missed)"
    r" ([A-Z][a-z]{2,12})(?=$|[ ,.!?;'’])"
)
_LATIN_ACTS = re.compile(
    r"(?<![A-Za-z0-9@])([A-Z][a-z]{2,12})(?=['’]s (?:father|mother|mum|mom|dad|parents|brother|sister|room|door|voice"
    r"|birthday|worker|family|house|school|son|daughter|aunt|uncle)| (?:says|said|told|won['’]t"
    r"|doesn['’]t|didn['’]t|cried|smiled"
    r"|laughed|refuses|stopped eating|turned [0-9a-z]+ty)\b)"
)
_LATIN_ROLE = re.compile(
    r"(?:worker|nurse|teacher|doctor|counsell?or|manager|neighbou?r|boss|visitor|volunteer|coordinator|therapist|mentor"
    r"|supervisor|colleague|helper|landlord|cousin|nephew|niece), ([A-Z][a-z]{2,12})"
    r"(?=[,.;!?]| (?:is|was|said|says|came|has))"
)
_LATIN_WENT = re.compile(
    r"(?:(?<=[a-z] )|(?<=Yesterday )|(?<=Today )|(?<=, )|(?<=; ))(?<![Tt]he )([A-Z][a-z]{2,12})"
    r"(?= (?:walked|left|came|went|opened|wrote|asked"
    r"|thinks|wants|lives|sleeps|eats|hates|loves|knows|stays|stayed|sat|likes|won['’]t|can['’]t|isn['’]t"
    r"|wasn['’]t|has been|is (?:still|not|home|back))\b)"
)


def find(sentence: Sentence) -> Iterator[Found]:
    for at in range(len(sentence.words)):
        if not _may_begin(sentence, at):
            continue
        for last in range(min(at + _LONGEST, len(sentence.words)), at, -1):
            if sentence.solid(at, last) and _placed(sentence, at, last):
                yield sentence.words[at].start, sentence.words[last - 1].end
                break
    for pattern in (_LATIN, _LATIN_ACTS, _LATIN_ROLE, _LATIN_WENT):
        for match in pattern.finditer(sentence.text):
            if match[1] not in names("english_no_names") and no_english_word(match[1]):
                yield match.span(1)


def _may_begin(sentence: Sentence, at: int) -> bool:
    """Behind a mark, a particle or a word for when; never inside another noun."""
    if at == 0 or sentence.word(at - 1)[-1:] in OPEN:
        return True
    before = sentence.words[at - 1]
    when = before.noun and before.parts[2] == "副詞可能"
    return when or before.parts[0] not in _NO_COMPOUND


def _placed(sentence: Sentence, first: int, last: int) -> bool:
    """The cheap questions first: most words stand in no such place."""
    behind = sentence.rest(last, 16)
    acts, owns, met = _ACTS.match(behind), _OWNS.match(behind), _MET.match(behind)
    writing = sentence.writing(first, last)
    if not (acts or owns or met) or not _may_be_meant(sentence, first, last, writing):
        return False
    if _sure(sentence, first, last, writing):
        return True
    if not (first == 0 or sentence.word(first - 1)[-1:] in OPEN):
        return False
    if writing == "実" and behind.startswith("は"):
        return False
    if len(writing) == 1:
        return _ACTS_AT_ONCE.match(behind) is not None or behind.startswith(("の寝", "の声", "の部屋"))
    return bool(acts or met) or not readings(writing).everyday


def _may_be_meant(sentence: Sentence, first: int, last: int, writing: str) -> bool:
    if is_nobody(writing) or writing in names("seldom"):
        return False
    if writing in orgs("sights") or writing in orgs("companies"):
        return False
    when = last == first + 1 and sentence.words[first].parts[2] == "副詞可能"
    if when or known(sentence, first) or maker(sentence, first, last):
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
