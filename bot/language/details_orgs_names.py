"""Says where the name of an office begins and ends, and whether it is one: more than general words."""

from collections.abc import Sequence
from functools import partial

from bot.language.details_lists import listed
from bot.language.details_words import Sentence, Word, is_kana, readings

orgs = partial(listed, "details_orgs")

MOST_WORDS = 8
_JOINTS = frozenset(("・", "ー", "-", "&"))
_BRANCHES = frozenset(("店", "支店", "校", "本店", "営業所", "キャンパス", "教室"))
_SENTENCE_LIKE = frozenset(("動詞", "形状詞", "副詞", "感動詞", "形容詞", "連体詞"))
_FACILITIES = (
    "事業所",
    "センター",
    "ホーム",
    "ステーション",
    "作業所",
    "施設",
    "サービス",
    "移行",
    "型",
    "スクール",
    "ハローワーク",
    "喫茶",
)
_SCHOOLS_AND_CLINICS = (
    "学校",
    "高校",
    "病院",
    "医院",
    "クリニック",
    "診療所",
    "園",
    "大学",
    "塾",
    "薬局",
    "作業所",
    "事業所",
    "工房",
    "ホーム",
    "ハウス",
)
_NOUN_ENDS = "いきしちにみりぎじびえけせてねめれ"
_PUBLIC = (
    "センター",
    "所",
    "役場",
    "庁",
    "署",
    "協議会",
    "社協",
    "局",
    "委員会",
    "館",
    "ハローワーク",
    "サポートステーション",
    "サポステ",
)


def left(sentence: Sentence, at: int) -> int:
    """Where the name in front of this word begins; `at` itself when there is none."""
    words, first = sentence.words, at
    while first > max(0, at - MOST_WORDS) and (
        part_of_name(words[first - 1])
        or (first == at and (_like_a_noun(words[first - 1]) or sways(words[first - 1].text)))
        or (first < at and words[first - 1].text == "の" and words[first].text in orgs("behind_no"))
        or (first == at and words[first - 1].text == " " and words[at].text in _BRANCHES)
    ):
        first -= 1
    while first < at and (words[first].text in orgs("general") or not _may_open(words[first])):
        first += 1
    return first


def right(sentence: Sentence, at: int) -> int:
    """Where the name ends that begins at this word; `at` itself when none does."""
    words, last = sentence.words, at
    while last < min(len(words), at + MOST_WORDS) and (
        part_of_name(words[last]) or (last == at and _like_a_sentence(words[last])) or _goes_on(sentence, last, at)
    ):
        if (
            (last == at and words[last].text in _JOINTS)
            or words[last].text in orgs("tails")
            or words[last].text.islower()
        ):
            break
        last += 1
    return last


def can_call(word: Word, kind: str) -> bool:
    """Whether it can be the name behind a kind: グループホームあおば."""
    if word.text in orgs("general") or word.text in orgs("tails") or len(word.text) < 2 or word.text in orgs("wider"):
        return False
    if word.text in orgs("callings"):
        return True
    if word.unknown:
        return word.parts[1] != "数詞" and not word.text.isdigit() and not word.text.islower()
    if word.proper or _hiragana_noun(word):
        return True
    return kind.endswith(_FACILITIES) and word.noun and (is_kana(word.text) or readings(word.text).place)


def calls_plainly(sentence: Sentence, at: int) -> bool:
    """キッズハウスたんぽぽ: behind any kind, a calling."""
    return is_kana(sentence.word(at)) and sentence.word(at) in orgs("callings")


def distinct(name: Sequence[Word], kind: str) -> bool:
    """Whether anything in it is more than a general word."""
    joined = len(name) > 2 and name[1].text == "の" and name[0].noun and name[0].text not in orgs("general")
    return joined or any(_own(word, kind) for word in name)


def plainly_called(sentence: Sentence, at: int) -> bool:
    """ひだまりの家, but not 上野さんの家."""
    return len(sentence.word(at - 1)) > 1 and sentence.word(at - 1) in orgs("callings")


def part_of_name(word: Word) -> bool:
    if word.parts[0] == "名詞":
        return word.parts[2] != "副詞可能" or word.text in orgs("callings")
    if len(word.text) > 2 and is_kana(word.text) and word.text in orgs("callings"):
        return True
    return word.parts[0] in ("接頭辞", "接尾辞") or word.text in _JOINTS or (word.unknown and word.text.isalnum())


def _own(word: Word, kind: str) -> bool:
    if word.text in orgs("general"):
        return False
    if word.text in orgs("wider"):
        return bool(kind) and not kind.endswith(_PUBLIC) and word.text not in orgs("nations")
    if word.text in orgs("weak_callings"):
        return kind.endswith(_SCHOOLS_AND_CLINICS)
    if word.text in orgs("callings") or word.text in orgs("prefectures"):
        return True
    if word.place and word.text[-1] in "都道府県" and word.text[:-1] in orgs("prefectures"):
        return kind.endswith(_PUBLIC)
    if word.proper or _like_a_noun(word) or (is_kana(word.text) and sways(word.text)):
        return True
    if word.noun and len(word.text) > 1 and kind.endswith(_SCHOOLS_AND_CLINICS) and readings(word.text).place:
        return True
    if kind in orgs("always") and word.noun and len(word.text) > 1:
        return True
    if kind in orgs("firms") and word.noun and len(word.text) > 2 and "ァ" <= word.text[0] <= "ヺ":
        return True
    if word.parts[1] == "数詞" or word.text.isdigit():
        return False
    return word.unknown or _hiragana_noun(word) or _uncommon(word, kind)


def _uncommon(word: Word, kind: str) -> bool:
    """杏林予備校: any noun that is not listed as general calls an office by name."""
    if len(kind) < 2 or kind in orgs("not_quoted") or len(word.text) < 2:
        return False
    return word.noun and word.parts[2] not in ("副詞可能", "助数詞可能")


def _hiragana_noun(word: Word) -> bool:
    return word.noun and is_kana(word.text) and len(word.text) > 1 and "ぁ" <= word.text[0] <= "ん"


def _may_open(word: Word) -> bool:
    return word.text not in _JOINTS and word.text not in (" ", "の") and word.parts[0] != "接尾辞"


def _like_a_sentence(word: Word) -> bool:
    """はぐくみ, 青い鳥, 育て上げ: names that begin like sentences."""
    return word.parts[0] in _SENTENCE_LIKE and len(word.text) > 1


def _like_a_noun(word: Word) -> bool:
    """はぐくみ園."""
    return word.parts[0] == "動詞" and is_kana(word.text) and len(word.text) > 2 and word.text[-1] in _NOUN_ENDS


def _goes_on(sentence: Sentence, at: int, first: int) -> bool:
    """社会福祉法人あけの星."""
    return first < at and sentence.word(at) == "の" and sentence.word(at + 1) in orgs("behind_no")


def sways(name: str) -> bool:
    """ぽかぽか, るんるん."""
    half = len(name) // 2
    return (
        half > 1
        and name[:half] == name[half:]
        and not name.startswith(
            (
                "いろ",
                "なか",
                "たま",
                "ぜん",
                "そも",
                "だん",
                "わざ",
                "いよ",
                "ます",
                "どん",
                "そろ",
                "まだ",
                "たび",
                "とき",
            )
        )
    )
