"""Recognises given names that no dictionary has yet, by the kanji that names are made of: 悠人, 結翔, 心愛."""

import re

from bot.language.details_words import readings

_ENDS = (
    "人斗太真翔美香奈菜花華音希樹輝介助郎朗平也哉弥司志吾悟治雄彦之幸季紀里理莉梨愛結衣羽乃月海空心実登都"
    "飛隼陽葵緒央織歩帆凛凜咲桜佳果夏椛楓琉瑠玖久羅良楽来夢望未光星晴悠優佑祐裕雅政将大翼颯蒼湊蓮漣瑛詩絆生向那彩仁"
)
_KANJI = re.compile(f"[一-鿿々]{{1,2}}[{_ENDS}]")


def made_like_a_name(writing: str) -> bool:
    """Two or three kanji that no dictionary has together: what begins them is a name, what ends them ends names."""
    if not _KANJI.fullmatch(writing):
        return False
    whole = readings(writing)
    if whole.given or whole.surname or whole.place or whole.everyday:
        return whole.given
    return readings(writing[0]).given or readings(writing[:-1]).given
