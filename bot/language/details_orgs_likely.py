"""Finds offices by the form of their name alone: written in kana beside a kind, in Latin letters, or cut short."""

import re
from collections.abc import Iterator
from functools import cache

from bot.language.details_beside import names, nobodies
from bot.language.details_names_kana import given_names, surnames
from bot.language.details_orgs_names import orgs, sways
from bot.language.details_words import Sentence, is_kana, katakana, readings
from bot.language.municipalities import municipalities

Found = tuple[int, int]
"""Where a name begins and ends in its sentence."""


def alternatives(name: str) -> str:
    return "|".join(sorted(map(re.escape, orgs(name)), key=lambda word: (-len(word), word)))


_AT_SCHOOL = (
    r"(?=[0-9一二三四五六]\s?(?:年|-)|の(?:担任|教頭|校長|養護|先生|生徒|同級|卒業|制服|出身|[0-9一二三]年)"
    r"|卒|出身|時代|を(?:中退|卒業|休学|やめ|辞め|出)|に(?:通|進|入学|入っ|合格|行|受か|編入|転校)|へ(?:進|入)|(?:[がはも]|、)?(?:不登校|欠席|退学))"
)
_SCHOOL = re.compile(rf"(?<![一-龠々])([一-龠々]{{1,4}})([高中小]){_AT_SCHOOL}")
_DIRECTION_SCHOOL = re.compile(r"(?<![一-龠々])[東西南北][高商工農](?![一-龠々])")
_SHORT = re.compile(r"[一-龠々]{1,3}[商工農高病鉄鋼]")
_PUBLIC_HOUSE = re.compile(
    r"(?<![一-龠々])(?:[市県町村区都府道]立(?:中央)?(?:図書館|美術館|博物館|医療センター)|[市町]民病院|[県市]病|日赤|済生会|厚生連"
    r"|第[一二三四五六七八九][中小](?=の|に(?:通|入|進)|を(?:卒|出)|で|まで|卒|[0-9]年)"
    r"|(?:中央|[東西南北]部?|中部|第[一二三四五])(?:地域)?(?:包括|保健所|保健センター|児相|児童相談所|福祉事務所|公民館|支所|小学校|中学校|高校|警察署|病院|郵便局))"
    r"(?![一-龠々])"
)
_LATIN_NAMED = re.compile(
    r"(?<![A-Za-z])(?:[Cc]af[eé]|CAFE|Bar|Salon|Studio|Hotel|Farm|Atelier|Space|Base|Bakery|Dining|Kitchen"
    r"|Share ?[Hh]ouse)"
    r"[ 　]?(?:[ぁ-んァ-ヴー一-龠]{2,8}?|[A-Z][A-Za-z]{1,15})(?=[をにのでがはとへも、。」)\s,.]|$)"
)
_SPACED = re.compile(
    rf"(?:{alternatives('before')})[ 　・]([一-龠々ぁ-んァ-ヴーA-Za-z]{{2,9}}?)"
    r"(?=[をにのでがはとへも、。」)\s,]|です|だった|から|$)"
)
_HOUSE_OF = re.compile(
    r"(?<![一-龠々ぁ-んァ-ヴー])([一-龠々ぁ-んァ-ヴー]{2,8}の(?:家|里|郷|杜|丘|森|木|風|村|館|宿|実|会|輪|庭|園|街|海|空|虹|星|花))"
    r"(?=の(?:スタッフ|職員|世話人|利用者|施設長|所長|代表|パン|作業|送迎|見学|利用|体験|ボランティア|相談員|支援員)|に(?:通所|通い始|入所|見学|体験|登録)|を(?:見学|利用|体験)|で働|へ(?:通|退院|入|移)|利用者|職員|さんに)"
)
_FORM_IN_KANA = re.compile(
    rf"(?:{alternatives('legal')})[ ]?([ぁ-ん]{{3,8}}?)(?=[をにがへとでは、。」)\s]|の[一-龠ァ-ヴ]|から|まで|$)"
)
_TEMPLE = re.compile(
    r"(?<![一-龠々])(?!菩提|檀那|旦那|高円|吉祥|国分|豪徳|天王)[一-龠々]{2,4}(?:寺|神社|八幡宮|天満宮|教会)"
    r"(?=の(?:住職|和尚|坊|境内|お|庭|隣|裏|前|先代|若|墓|檀家|法事|門)|[にでへがさ、。]|まで|から)"
)
_HOUSE_CALLED = re.compile(
    r"(?<![一-龠々ァ-ヴー])[一-龠々ァ-ヴー]{0,10}"
    r"(?:ステーション|オフィス|ハウス|ホーム|プラザ|ルーム|スペース|ワークス|ラボ|ベース|ファーム|カフェ|サロン|工房|事業所|作業所)"
    r"([一-龠々]{1,3}|[ァ-ヴー]{2,8})(?=利用|[をにでのがへはもと、。」)\n]|から|$)"
)
_GRADUATED = re.compile(
    r"(?<![一-龠々])[一-龠々]{2,4}[東西南北](?=を(?:卒業|卒|出[てた]|中退|退学)|に(?:進学|合格|受か|編入))"
)
_CENTRE_CALLED = re.compile(
    r"(?<![一-龠々ァ-ヴー])[一-龠々ァ-ヴー]{2,12}(?:センター|ホーム|ハウス|プラザ|ステーション|事業所|作業所|サロン)"
    r"(?![はがのにをでともやかへだ])([ぁ-ん]{2,5}?)(?=[でがのにをへ][^ぁ-ん])"
)
_NOT_SCHOOLS = frozenset("年月日週世途背最集夢的心今円億万")
_GRAMMAR_ENDS = "のなたるていうくすはがをにもでへやだ"


def find(sentence: Sentence) -> Iterator[Found]:
    for pattern in (_DIRECTION_SCHOOL, _PUBLIC_HOUSE, _LATIN_NAMED, _SPACED, _GRADUATED, _FORM_IN_KANA):
        yield from (match.span() for match in pattern.finditer(sentence.text))
    for match in _HOUSE_CALLED.finditer(sentence.text):
        called = match[1]
        if called not in orgs("general") and called not in orgs("tails") and not _ends_as_word(called):
            yield match.span()
    for match in _CENTRE_CALLED.finditer(sentence.text):
        if match[1] not in orgs("tails") and match[1] not in names("after") and match[1] not in names("seldom"):
            yield match.span()
    for match in _HOUSE_OF.finditer(sentence.text):
        name = match[1].rpartition("の")[0]
        if name not in orgs("general") and name not in nobodies() and not name.endswith(("ん", "さま", "親")):
            yield match.span(1)
    for match in _TEMPLE.finditer(sentence.text):
        if match[0] not in orgs("sights") and (match[0][-1] != "会" or _may_name_a_school(match[0][:-2])):
            yield match.span()
    for match in _SCHOOL.finditer(sentence.text):
        if _may_name_a_school(match[1]):
            yield match.span()
    for at, word in enumerate(sentence.words):
        if word.thing and len(word.text) < 5 and _SHORT.fullmatch(word.text):
            yield word.start, word.end
        if at and word.text in orgs("companies") and sentence.words[at - 1].place:
            yield sentence.words[at - 1].start, word.end
        yield from _kana_before_its_kind(sentence, at)
        yield from _kana_behind_its_kind(sentence, at)


def _may_name_a_school(name: str) -> bool:
    if name in orgs("general") or name[-1] in _NOT_SCHOOLS or any(sign in "0123456789" for sign in name):
        return False
    found = readings(name)
    return found.place or found.surname or (len(name) == 1 and not found.everyday) or name in orgs("callings")


@cache
def _sounds() -> frozenset[str]:
    places = frozenset(katakana(name) for name in municipalities().kana)
    bare = frozenset(
        name[: -len(end)] for name in places for end in ("シ", "チョウ", "マチ", "ムラ") if name.endswith(end)
    )
    return surnames() | given_names() | places | bare


def _a_sound(name: str) -> bool:
    return name in orgs("callings") or katakana(name) in _sounds()


def _kana_before_its_kind(sentence: Sentence, at: int) -> Iterator[Found]:
    """ささはらメンタルクリニック: kana that the dictionary takes apart, in front of a kind."""
    ends = range(min(at + 4, len(sentence.words)), at, -1)
    end = next((end for end in ends if sentence.writing(at, end) in orgs("kinds")), 0)
    if not end or len(sentence.writing(at, end)) < 2:
        return
    first = at
    while first and is_kana(sentence.word(first - 1)) and sentence.word(first - 1)[0] <= "ん" and at - first < 5:
        first -= 1
    for begin in range(first, at):
        name = sentence.writing(begin, at)
        if name in orgs("general") or name in nobodies():
            return
        if _calls(sentence, begin, at, name, always=sentence.writing(at, end) in orgs("always")):
            yield sentence.words[begin].start, sentence.words[end - 1].end
            return


def _calls(sentence: Sentence, begin: int, at: int, name: str, *, always: bool) -> bool:
    if len(name) < 2:
        return False
    if sways(name):
        return True
    if _a_sound(name) and (always or not readings(name).everyday):
        return len(name) > 2 or begin == at - 1
    odd = any(word.parts[0] == "感動詞" or word.unknown for word in sentence.words[begin:at])
    if len(name) > 2 and (odd or name.endswith("っと")) and name[-1] not in "のいなるたかはがをも":
        return not sentence.words[begin].grammar
    if len(name) < 3 or name[-1] in "のいなる" or sentence.words[begin].parts[0] == "接尾辞":
        return False
    return all(word.noun or word.parts[0] in ("接頭辞", "接尾辞") for word in sentence.words[begin:at])


def _kana_behind_its_kind(sentence: Sentence, at: int) -> Iterator[Found]:
    """デイケアぽかぽか, 親の会 あしあと, サポステいいだ."""
    last = next(
        (
            last
            for last in range(min(at + 5, len(sentence.words)), at, -1)
            if sentence.writing(at, last) in orgs("before")
        ),
        0,
    )
    if not last or last >= len(sentence.words):
        return
    spaced = sentence.word(last) == " "
    begin = last + spaced
    for end in range(min(begin + 3, len(sentence.words)), begin, -1):
        name = sentence.writing(begin, end)
        if not is_kana(name) or not 2 <= len(name) <= 8 or name in orgs("general") or name in orgs("tails"):
            continue
        if (
            sways(name)
            or (_a_sound(name) and not readings(name).everyday)
            or (spaced and _a_noun(sentence, begin, end))
        ):
            yield sentence.words[at].start, sentence.words[end - 1].end
            return


def _a_noun(sentence: Sentence, begin: int, end: int) -> bool:
    return end == begin + 1 and sentence.words[begin].noun and sentence.words[begin].parts[2] != "副詞可能"


def _ends_as_word(called: str) -> bool:
    """ホーム入所, ステーション事業, グループホーム内: no names, but words that go on."""
    found = readings(called)
    return (
        called not in orgs("callings") and found.everyday and not found.given and (len(called) > 1 or not found.surname)
    )
