"""Brings a writing into one plain form, and hides the numbers that are no dates."""

import re
import unicodedata

from bot.language.cleaning import clean

HIDDEN = "\x00"
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile(
    r"(?<![〇零一二三四五六七八九十百千万])[〇零一二三四五六七八九十]{1,4}(?= ?(?:[年月日時]|週間|か月)(?!中))"
    r"|(?<=[時間])[〇零一二三四五六七八九十]{1,3}(?=分)|[〇零一二三四五六七八九十]{1,3}(?=分(?:間|[^一-龠]|$))"
    r"|(?<=第)[一二三四五]|(?<=令和)[一二三四五六七八九十]{1,3}(?=年)"
)
_DASH = re.compile("[\u2010-\u2015\u2212]")
_RESPELLED = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=\d)[;；](?=\d)", ":"),
        (r"/{2,}(?=\d)", "/"),
        (r"[~〜]{2,}", "~"),
        (r"さらいしゅう|さ来週", "再来週"),
        (r"らいしゅう|来集|来週週", "来週"),
        (r"こんしゅう", "今週"),
        (r"さらいげつ|さ来月", "再来月"),
        (r"らいげつ", "来月"),
        (r"こんげつ", "今月"),
        (r"まいしゅう", "毎週"),
        (r"まいつき", "毎月"),
        (r"(?<=[月火水木金土日])(?:躍|よう(?!や|す|な))", "曜"),
        (r"げつよう", "月曜"),
        (r"(?<![ぁ-ん])かよう|(?<=の)かよう", "火曜"),
        (r"すいよう", "水曜"),
        (r"もくよう", "木曜"),
        (r"きんよう", "金曜"),
        (r"どよう", "土曜"),
        (r"にちよう", "日曜"),
        (r"(?<=曜)び", "日"),
        (r"ごぜん", "午前"),
        (r"(?<![ぁ-ん])ごご|(?<=[のは])ごご", "午後"),
        (r"午后", "午後"),
        (r"しょうご", "正午"),
        (r"(?<=\d)じ(?=はん|から|より|まで|ごろ|か|[^ぁ-ん]|$)", "時"),
        (r"(?<=時)はん", "半"),
        (r"(?<=\d)[ふぷ]ん", "分"),
        (r"(?<=\d)にち", "日"),
        (r"(?<=\d)がつ", "月"),
    )
)
_LIST_MARK = re.compile(
    r"^ ?(?:[-*・•●○◎>] ?)?(?:第[0-9]{1,2}(?:希望|候補)日?|(?:候補|案|希望)日?[0-9]{0,2}(?=[ :])"
    r"|\([0-9]{1,2}\)|[0-9]{1,2}(?:\)|\.(?= )))[: .、)]*",
    re.MULTILINE,
)
_COUNTER = (
    r"(?:人|名|件|回|階|号|室|番|会議室|相談室|歳|才|円|%|割|枚|部|冊|通|章|条|項|台|軒|世帯|家族|ヶ所|か所|箇所|度目|"
    r"点|組|番目|ページ|頁|個|つ|F(?![a-z])|people|persons?|rooms?|times)"
)
# What only looks like a date: addresses, telephones, counts, shares, editions, dates of birth, hours as a service.
_NUMBERS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+"
    r"|(?<!\d)0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?!\d)|(?<!\d)\d{3,4}[ -]\d{3,4}[ -]\d{3,4}(?!\d)"
    r"|(?:v|ver\.?|version|バージョン|第) ?\d+(?:\.\d+)+|(?<![\d.])[1-9]\d?\.\d+(?:\.\d+)?(?:版|系|以上|倍|[a-z])"
    r"|(?:no\.?|#|room|rooms?|page|id) ?\d+"
    r"|(?:(?:令和|平成|昭和|r|h|s) ?)?\d{1,4} ?年(?:度|ぶり|間|前|目|生|代|以上|ほど)|\d{1,2}月(?:号|度|分の)"
    r"|(?:昭和|大正|明治|s)\s?\d{1,2}[年./](?:\s?\d{1,2}[月./](?:\s?\d{1,2}日?)?)?(?:生まれ|生)?"
    r"|(?:\d{4}年|平成\d+年)?\d{1,2}[月/]\d{1,2}日?(?:生まれ|生(?!活))|\d{4}[年./]\d{1,2}[月./]\d{1,2}日?生"
    r"|(?:約|およそ)\d+/\d+|\d+/\d+(?= ?(?:くらい|ぐらい|程度|ほど|以下|の確率|の人|の方|の割))"
    r"|[週月年] ?(?:に ?)?\d+(?:[-~]\d+)? ?回|週 ?\d日|(?<![/月\d])1日 ?(?:に ?)?(?:\d+|数) ?(?:回|錠|時間)"
    r"|[来今本]年度|24時間(?:対応"
    r"|体制|365|受付|営業|電話|年中|OK|いつ)?|24/7|24h"
    rf"|第? ?\d+(?:[-~]\d+)? ?{_COUNTER}|(?<!\d)8050|7040|9060"
    r"|(?<![月/\d])\d+ ?(?:分|時間|日|週間|か月|ヶ月|ヵ月|カ月)(?:間|ほど|くらい|ぐらい|程度)*(?:遅|前(?!半|後)|早|おく"
    r"|延)"
    r"|\d+ ?(?:か月|ヶ月|ヵ月|カ月|日間|年間|泊)(?!後)|\d+ ?(?:min(?:ute)?s?|hours?) (?:late|early|ago)",
    re.IGNORECASE,
)


def normalise(text: str) -> str:
    """Half-width digits and signs, kanji numbers as digits, known slips mended; lines are kept."""
    # Numbers in circles mark a list; left to NFKC, ①12/3 would become 112/3.
    text = "".join(" " if unicodedata.category(sign) == "No" else sign for sign in clean(text))
    text = _DASH.sub("-", unicodedata.normalize("NFKC", text).replace("\u301c", "~").replace("〜", "~"))
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    text = _KANJI_NUMBER.sub(_digits, text)
    for pattern, plain in _RESPELLED:
        text = pattern.sub(plain, text)
    return text


def without_numbers(text: str) -> str:
    """The same length, with list marks and mere numbers hidden."""
    for pattern in (_LIST_MARK, _NUMBERS):
        text = pattern.sub(lambda found: HIDDEN * len(found[0]), text)
    return text


def _digits(found: re.Match[str]) -> str:
    number = found[0].replace("零", "〇")
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(str(_KANJI_DIGITS.index(sign)) for sign in number)
    if len(tens) > 1 or len(ones) > 1:
        return found[0]
    return str(10 * (_KANJI_DIGITS.index(tens) if tens else 1) + (_KANJI_DIGITS.index(ones) if ones else 0))
