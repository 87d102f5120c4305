"""What stands beside a writing that may be a name: titles, kin, the words that call somebody something."""

import re
from functools import cache, partial

from bot.language.details_lists import listed
from bot.language.details_words import Sentence

names = partial(listed, "details_names")

OPEN = frozenset("「『（([【〈《“\"'・/、。,.:;！？!?…―-~〜→←=＝●○■□◆◇★☆※*♪♡\n |>")
_CLOSE = frozenset("@」』）)]】〉》”\"'・/、。,.:;！？!?…―-~〜→←=＝♪♡\n |<")
_OPEN_OR_CLOSE = OPEN | _CLOSE
_END_OF_AN_OFFICE = frozenset("会課所院校園社部室局ー協係館署庁")
_AGE = re.compile(
    r"[(、 ]{1,2}(?:当時|現在)?[0-9]{1,2}(?:[)歳才]|代|歳)|[はがも、](?:今年で?|来年で?|もう|まだ|当時|現在)?[0-9一二三四五六七八九十]{1,3}[歳才]"
    r"|\((?:お?母|お?父|姉|兄|妹|弟|妻|夫|祖母|祖父|長男|次男|三男|長女|次女|息子|娘|叔父|叔母|仮名|本名|実名|男性?|女性?|担当|主任|本人)[、,)・]"
)
# What people do, and places do not.
_SPOKEN_OF = re.compile(
    "→|(?:が|は|も|、)(?:[、 ]?)(?:言|いわく|曰|話し|泣|笑|怒|黙|困|心配|謝|担当|同行|訪問|対応|連絡|電話|返事|説明"
    "|提案|反対|賛成|納得|勤め|休職|退職|異動|辞め|入院|退院|暴れ|引きこも|ひきこも|不在|同席|出席|欠席|来て|来た|来る"
    "|行って|つぶや|呟|頷|うなず|会わ|会お|会い|会っ|家を出|家から|部屋|出てこ|起き|食べ|寝|眠|働|学校|仕事|元気|優し|やさし|いつも|まだ|今は|今日|昨日|また|急に|最近|ずっと|来な|来ず|生まれ|後任|前任|新任|産まれ|亡くな|倒れ|結婚|離婚|就職|卒業|入学|進学)"
    "|(?:から|より)の?(?:電話|連絡|メール|手紙|相談|報告|返事|伝言|聞|言わ|LINE|ライン|引き継|紹介)"
    "|(?:に|へ)[はも]?(?:相談|電話|連絡|報告|頼|任せ|聞い|聞く|聞き|話し|話す|伝え|確認|お願い|謝|怒ら|叱ら|言わ|言っ|引き継|交代|担当|会っ|会い"
    "|会う|返事|メール|渡し|代わ|変更|同行)"
    "|と(?:話し|相談|会っ|会う|会い|二人|ふたり|連絡|同行|喧嘩|けんか|約束|組ん|面談|面接|結婚|離婚|付き合)"
    "|を(?:呼ん|呼び|紹介|訪ね|責め|説得|怒ら|担当|恨)"
    "|の(?:お?母|お?父|息子|娘|兄|弟|姉|妹|夫|妻|携帯|後任|ケース|奥さん|話では|件|様子|誕生日|部屋|進路|成績|将来|気持|友だち|友達|笑顔|同級生|担任"
    "|主治医|態度|訪問|面談|家に)"
)
_CALLED = re.compile(
    "[」』\"']?(?:という(?:名|らしい|苗字|男|女|方|人|子|青年|職員|者|生徒|学生|息子|娘|お子|若)"
    "|と名乗|といいます|と言います|って人|って子|と呼ば|と申し|っていう(?:人|子|名))"
)


@cache
def _long(name: str) -> tuple[str, ...]:
    return tuple(word for word in names(name) if len(word) > 2)


@cache
def _relations() -> frozenset[str]:
    return names("kin") | names("titles")


@cache
def nobodies() -> frozenset[str]:
    """Kin, roles and titles: people, but not their names."""
    return names("not_names") | names("kin") | names("titles")


def honoured(sentence: Sentence, last: int) -> bool:
    return sentence.word(last) in names("honorifics") or sentence.rest(last, 5).startswith(_long("honorifics"))


def weakly_honoured(sentence: Sentence, last: int) -> bool:
    return sentence.word(last) in names("weak_honorifics")


def titled(sentence: Sentence, last: int) -> bool:
    return sentence.word(last) in names("titles") or sentence.rest(last, 12).startswith(_long("titles"))


def called(sentence: Sentence, last: int) -> bool:
    """〇〇という方, 〇〇と名乗る."""
    return _CALLED.match(sentence.rest(last, 8)) is not None


def aged(sentence: Sentence, last: int) -> bool:
    """〇〇(25歳), 〇〇(25)."""
    return _AGE.match(sentence.rest(last, 9)) is not None


def behind_kin(sentence: Sentence, first: int) -> bool:
    """息子の〇〇, 担当〇〇, 長女「〇〇」."""
    before = first - 1
    if sentence.word(before) in ("の", "、", "・", "「", "(", ":", " ") and first > 1:
        before -= 1
    return any(sentence.writing(before - more, before + 1) in _relations() for more in (0, 1))


def begins_well(sentence: Sentence, first: int) -> bool:
    if first == 0:
        return True
    before = sentence.words[first - 1]
    if "ァ" <= sentence.word(first)[0] <= "ヺ" and not "ァ" <= before.text[-1] <= "ー":
        return True
    return before.text in names("before") or before.text[-1] in OPEN or before.noun


def opens(sentence: Sentence, first: int) -> bool:
    """Nothing stands in front that could belong to it."""
    return first == 0 or sentence.word(first - 1)[-1] in OPEN or behind_kin(sentence, first)


def ends_well(sentence: Sentence, last: int) -> bool:
    behind = sentence.word(last)
    return not behind or behind in names("after") or behind[0] in _OPEN_OR_CLOSE or behind in names("kin")


def of_a_place(sentence: Sentence, first: int, last: int) -> bool:
    """上野動物園, 札幌市豊平区月寒: a part of something else."""
    if sentence.word(last) in names("not_after"):
        return True
    return first > 0 and sentence.words[first - 1].place and sentence.word(first - 1)[-1] in "都道府県市区町村郡"


def spoken_of(sentence: Sentence, last: int) -> bool:
    """〇〇に電話した, 〇〇が言うには."""
    return _SPOKEN_OF.match(sentence.rest(last, 8)) is not None


def introduced(sentence: Sentence, first: int, last: int) -> bool:
    """岡です, 福祉会の関と申します: who writes says who they are."""
    if not sentence.rest(last, 4).startswith(("です。", "です、", "です!", "と申し", "といいま", "と言いま")):
        return False
    if first == 0 or sentence.word(first - 1)[-1] in "\n。!?　 ":
        return True
    return sentence.word(first - 1) == "の" and sentence.word(first - 2)[-1:] in _END_OF_AN_OFFICE


def named(sentence: Sentence, first: int) -> bool:
    """本名は〇〇, 名前:〇〇."""
    return sentence.word(first - 1) in ("は", "が", ":", "の") and sentence.word(first - 2) in names("name_words")
