"""Finds people by the words right beside them: kin, office, age of the name, a number, how they are called on."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from bot.language.details_beside import names, nobodies
from bot.language.details_names_kana import can_be_kana_name, given_names, surnames
from bot.language.details_names_new import made_like_a_name
from bot.language.details_orgs_names import orgs
from bot.language.details_words import Sentence, is_kana, katakana, readings

Found = tuple[int, int]
"""Where a name begins and ends in its sentence."""

_LETTER = "一-龠々ぁ-んァ-ヴー"
_END_OF_A_ROLE = frozenset("屋局院校所会社課係協生役主手工店家女男子母父夫婦官署部室隊団組事護官人年員様々者方妻娘")
_KANA = "ぁ-んァ-ヴー"
_KIN = (
    "(?:息子|娘|子|従妹|従弟|従兄|従姉|義[母父姉兄妹弟]|実[母父]|継母|継父|恩師|教え子|長男|次男|二男|三男|長女|次女|二女|三女"
    "|末っ子|兄|弟|姉|妹|夫|妻|孫|甥|姪|父|母|祖父|祖母|友人|同僚|後輩|先輩|上司|担任|主治医|当事者|本人|同級生|彼氏|彼女|いとこ"
    "|弟子|うち|新人|実習生|インターン(?:中)?|バイト)"
)
_PART = f"(?:[一-龠々]{{1,4}}|[{_KANA}]{{2,5}})"
_BEHIND = "[はがもにをと、」)。]|だけ|から|まで|より|って|です"


def is_nobody(writing: str) -> bool:
    return writing in _nobodies() or writing.endswith(
        ("みな", "みんな", "お客", "おば", "おじ", "者", "員", "師", "士", "長", "人", "親")
    )


def can_be_name(writing: str) -> bool:
    found = readings(writing)
    if found.surname or found.given or made_like_a_name(writing):
        return len(writing) > 1 or writing in names("one_sign_given")
    return can_be_kana_name(writing) and not found.everyday


@cache
def _nobodies() -> frozenset[str]:
    return nobodies() | names("pseudonyms") | names("known") | orgs("general")


def _one_sign(writing: str) -> bool:
    return all(sign in names("one_sign_given") for sign in writing) and writing not in names("never_alone")


def _new_nickname(writing: str) -> bool:
    return not readings(writing).everyday and not is_nobody(writing)


def _somebody(writing: str) -> bool:
    return not is_nobody(writing)


def _sounds_like_somebody(writing: str) -> bool:
    found = readings(writing)
    place = found.place and not found.everyday and writing[-1] not in "市区町村県郡"
    kana = is_kana(writing) and can_be_kana_name(writing)
    return writing not in _nobodies() and (found.surname or found.given or place or kana)


def _on_duty(writing: str) -> bool:
    return _sounds_like_somebody(writing) and not readings(writing).everyday


def _given_to_kin(writing: str) -> bool:
    found = readings(writing)
    return (found.given or made_like_a_name(writing)) and not found.everyday and not is_nobody(writing)


def _of_kin(writing: str) -> bool:
    if is_nobody(writing):
        return False
    if "ァ" <= writing[0] <= "ヺ":
        return katakana(writing) in given_names() or readings(writing).given
    if writing in names("given_in_kana"):
        return True
    return can_be_kana_name(writing) and not readings(writing).everyday and writing not in names("seldom")


def _in_katakana(writing: str) -> bool:
    known = writing in given_names() or (writing in surnames() and not readings(writing).everyday)
    return known and writing not in orgs("companies") and not is_nobody(writing) and writing not in names("seldom")


def _says_own_name(writing: str) -> bool:
    return can_be_kana_name(writing) and not readings(writing).everyday and writing not in names("seldom")


def _in_latin(writing: str) -> bool:
    return writing in names("given_in_latin")


def _any(_: str) -> bool:
    return True


@cache
def _english() -> frozenset[str]:
    return frozenset(word.lower() for word in names("english") | names("english_offices") | names("english_common"))


def no_english_word(writing: str) -> bool:
    return writing.lower() not in _english() and writing not in names("english_places")


_RULES: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        re.compile(
            r"(?<![ぁ-んァ-ヴー一-龠々])([ぁ-んァ-ヴー]{1,4}(?:っぴ|ぴ|っち|っちょ|ちー|りん|ぽん|きゅん|ぴー|にゃん|のすけ|やん))"
            r"(?=\s?ん[ちん]|[がはのとにをも、。!?]|から|って|$|\s)"
        ),
        _new_nickname,
    ),
    (
        re.compile(
            r"(?:^|[\s>「『。]\s?)([ぁ-んァ-ヴー]{2,8}|[一-龠々]{1,4}|[A-Za-z]{2,12})"
            r"(?:さん|さま|様|ちゃん|くん)(?=へ|[、。!\n ]|$)"
        ),
        _somebody,
    ),
    (
        re.compile(
            rf"(?<![{_LETTER}])([一-龠々]{{2,4}}|[ァ-ヺー]{{2,5}})(?=\((?:社協|包括|訪看|訪問|役場|市|県|町|保健|病院|学校|基幹|児相|支援|相談"
            r"|[A-Z]{2,3}|[^()\n]{1,6}担当)[^()\n]{0,6}\))"
        ),
        _sounds_like_somebody,
    ),
    (re.compile(r"「([一-龠])[、はがも]"), _one_sign),
    (re.compile(r"([一-龠々]{1,4})という(?:苗字|名字|姓)"), _any),
    (
        re.compile(
            rf"(?<![{_LETTER}])([一-龠々]{{2,4}}|[ぁ-ん]{{2,4}}|[ァ-ヺー]{{2,5}})[ :/]?(?=\(?0[0-9]{{1,4}}[-)])"
        ),
        can_be_name,
    ),
    (
        re.compile(rf"{_KIN}(?:の|は|、|・|「|\(|:)([ァ-ヺー]{{2,5}}|[ぁ-ん]{{2,4}}?)(?={_BEHIND})"),
        _of_kin,
    ),
    (
        re.compile(
            r"(?:長男|次男|二男|三男|長女|次女|三女|末っ子|息子|娘|妻|夫|弟|妹|兄|姉|孫|甥|姪|従弟|従兄)"
            r"[はの・「(]?([一-龠々]{2,3})(?=[、。)」のがはもにとを]|だけ)"
        ),
        _given_to_kin,
    ),
    (re.compile(r"名前[、は:]\s?([一-龠々]{1,4}|[ぁ-んァ-ヴー]{2,5}?)(?=って|といい|と言い|という|です)"), _somebody),
    (re.compile(rf"{_KIN}(?:の|、|・|「|\(|:)([一-龠])(?={_BEHIND}|の[^家])"), _one_sign),
    (
        re.compile(rf"(?<![{_LETTER}])([一-龠]{{1,2}})(?=やん[はがにのもをと、]|ちゃん|くん|坊[はがにのもをと、])"),
        _one_sign,
    ),
    (re.compile(r"(?<![一-龠々])([一-龠々]{2,4})(?=氏(?:[はがにのもをと、。宅」)]|より|から|$))"), _somebody),
    (
        re.compile(rf"(?:(?<=[一-龠])の|(?<![ぁ-んァ-ヴー]))([{_KANA}]{{1,4}})(?=ちゃん|くん(?!れ)|たん[がはの])"),
        lambda writing: _somebody(writing) and writing not in names("called_san"),
    ),
    (
        re.compile(
            r"(?:^|[。、!\s]\s?|ている|てる)([一-龠々]{2,4})(?=(?:です|と申します|といいます|と言います)(?:[。\n、!]|$))"
        ),
        lambda writing: readings(writing).surname and not readings(writing).everyday,
    ),
    (
        re.compile(r"(?:^|\s)(?:[・●○■◆▪*>-]|[0-9]{1,2}[.)])\s?([一-龠々]{2,4})(?=[\s→:(])"),
        lambda writing: (readings(writing).surname or readings(writing).given) and not is_nobody(writing),
    ),
    (
        re.compile(rf"(?:氏名|名前|患者名|本名|(?<!人)生名)\s?[:は]?\s?({_PART} {_PART})(?=[ 、。\n(,]|$)"),
        _any,
    ),
    (
        re.compile(
            r"(?<![一-龠々])([一-龠々]{2,5})(?=氏(?:[はがにのもをと、。宅」)]|より|から|$)|先生[はがにのもをと、。]"
            r"|医師|師長|主任|保健師|相談員)"
        ),
        _sounds_like_somebody,
    ),
    (
        re.compile(
            r"(?:担当|主治医|受け?持ち|後任|前任|世話人|看護師|保健師|相談員|支援員|民生委員|会長|所長|係長)"
            r"(?:は|の|:|→|/|\s)?([一-龠々]{2,4})(?=[。、・,\n\s)→/さ]|$)"
        ),
        _on_duty,
    ),
    (
        re.compile(
            r"(?<![A-Za-z0-9@._/-])([A-Z][a-z]{2,9})"
            r"(?= ?(?:に[聞き話頼会電言]|[がはもと]|の(?:家|部屋|母|父|お|件|担当)|から|って))"
        ),
        _in_latin,
    ),
    (
        re.compile(
            rf"(?<![{_LETTER}])([ぁ-ん]{{2,4}}|[ァ-ヺー]{{2,5}})(?=の(?:誕生日|部屋|様子|声|手紙|こと[がでを]))"
        ),
        _of_kin,
    ),
    (
        re.compile(r"(?<![ァ-ヺー])([ァ-ヺー]{3,6})(?=[(、。・→はがもにをのと」/\n]|から|より|って|$)"),
        _in_katakana,
    ),
    (
        re.compile(
            r"(?:^|[。、!\s]\s?)([ぁ-んァ-ヺー]{2,6})(?=(?:です|と申します|といいます|と言います)(?:[。\n、!]|$))"
        ),
        _says_own_name,
    ),
    (
        re.compile(
            r"(?:I'm|I am|[Mm]y name is|called|named|with|told|Hi|Dear|Hello|Hey|Thanks?|sons?|daughters?|brothers?"
            r"|sisters?|friends?|clients?|students?|husband|wife|nephew|niece|cousin)"
            r",? ([A-Z][a-z]{2,12})(?=[ ,.'!?]|$)"
        ),
        no_english_word,
    ),
)


_READ_ALOUD = re.compile(rf"(?<![一-龠々])([一-龠々]{{1,4}})\(([{_KANA}]{{2,8}})\)")


def find(sentence: Sentence) -> Iterator[Found]:
    for pattern, holds in _RULES:
        for match in pattern.finditer(sentence.text):
            if holds(match[1]):
                yield match.span(1)
    for match in _READ_ALOUD.finditer(sentence.text):
        if can_be_kana_name(match[2]) and not readings(match[1]).everyday and not is_nobody(match[1]):
            yield match.span(1)
            yield match.span(2)
    yield from _honoured_in_kana(sentence)


def _honoured_in_kana(sentence: Sentence) -> Iterator[Found]:
    """ナベさん, ねぎさん: any noun in kana, unless it tells what somebody is."""
    for at, word in enumerate(sentence.words[1:], 1):
        name = sentence.words[at - 1]
        if word.text != "さん" or not name.noun or not 2 <= len(name.text) <= 5:
            continue
        if not is_kana(name.text):
            if len(name.text) < 4 and not is_nobody(name.text) and name.text[-1] not in _END_OF_A_ROLE:
                yield name.start, name.end
            continue
        a_role = name.text.endswith("ー") and len(name.text) > 3
        if not (a_role or is_nobody(name.text) or name.text in names("called_san")):
            yield name.start, name.end
