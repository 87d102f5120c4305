"""Whether plain words say that somebody wants to hold a case conference, and not that they want to know about one."""

import re
import unicodedata

LONGEST = 40
"""Characters: whoever writes more asks about something."""

_MEETING = r"事例検討会?|ケース(?:検討会|会議|カンファレンス)|支援会議|検討会"
_BARE = re.compile(rf"(?:{_MEETING}|(?:case|support) (?:conference|meeting)s?)[。.!]*", re.IGNORECASE)
_WANTED = re.compile(
    rf"(?:{_MEETING}).{{0,14}}?"
    r"(?:やりたい|やろう|したい|しよう|ひらきたい|開きたい|開催|持ちたい|もちたい|決めたい|きめたい|決めよう|立てたい"
    r"|調整|設定|組みたい|相談したい|入れたい|お願い)"
    r"|\b(?:hold|have|plan|arrange|schedule|set up|organi[sz]e|need|want)\b.{0,20}"
    r"\b(?:case|support) (?:conference|meeting)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"[?？]|とは|って何|なに|どう|方法|やり方|やりかた|進め方|すすめ方|コツ|ポイント|準備|いつ|なぜ|ついて|知りたい|学びたい"
    r"|ときに|とき、|時に|場合|(?:けれど|けど|のですが|んですが)[、。.]*[^、。.]|本人|家族|参加|出席|発表"
    r"|\b(?:how|what|why|when|who|should|about)\b",
    re.IGNORECASE,
)


def wants(words: str) -> bool:
    """事例検討会をやりたい, 検討会の日程を決めたい."""
    plain = _plain(words)
    return len(plain) <= LONGEST and _WANTED.search(plain) is not None and _ABOUT.search(plain) is None


def names(words: str) -> bool:
    """Nothing but the name of such a meeting."""
    return _BARE.fullmatch(_plain(words)) is not None


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words[: LONGEST * 4]).split())
