"""Knows authors and figures of stories, whose names tell nothing about anybody's case."""

import re

from bot.language.details_beside import behind_kin, names
from bot.language.details_words import Sentence

_LONGEST = 7
_WORK = re.compile(
    "(?:先生|さん|氏)?(?:の|が)?(?:著|『|「[^」]{2,30}」(?:を読|を見|を観|が好|という本|という小説|は名作)|小説|漫画|マンガ|映画|アニメ|ドラマ|新書|論文|作品|名言|エッセイ|詩集|原作|講演|絵本|伝記|全集|短歌|俳句|童話|曲|歌を|歌が)"
)
_MAKERS = frozenset(
    (
        "作家",
        "漫画家",
        "小説家",
        "詩人",
        "歌人",
        "俳人",
        "哲学者",
        "心理学者",
        "思想家",
        "歌手",
        "俳優",
        "女優",
        "声優",
        "芸人",
        "アイドル",
        "監督",
    )
)


def known(sentence: Sentence, first: int) -> int:
    """Where a name ends that is known to everybody; 0 when none begins here."""
    for last in range(min(first + _LONGEST, len(sentence.words)), first, -1):
        if sentence.writing(first, last) not in names("known"):
            continue
        own = behind_kin(sentence, first) or (
            sentence.word(last) in ("くん", "君", "さん") and len(sentence.writing(first, last)) < 3
        )
        return 0 if own else last
    return 0


def maker(sentence: Sentence, first: int, last: int) -> bool:
    """A full name that stands with a work, or with what its bearer is known for."""
    before = sentence.word(first - 1)
    if before in _MAKERS or (before == "の" and sentence.word(first - 2) in _MAKERS):
        return True
    return _WORK.match(sentence.rest(last, 40)) is not None
