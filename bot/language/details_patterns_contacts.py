"""Rules for mail addresses, links and telephone numbers, in the many ways people write them."""

import re

from bot.language.details_patterns_rules import DASHES, DIGIT, Rule, digits, stretch, words
from bot.language.spans import Kind

_AT = (
    r"(?:\s?(?:@|[\[(<{【] ?(?:at|アット|あっと|@)(?:マーク|まーく)? ?[\])>}】]|(?:アットマーク|アット|"
    r"あっとまーく|あっと))\s?"
    r"|\sat\s(?=\S{1,40}\s?(?:dot|ドット|どっと|\.)))"
)
_DOT = (
    r"(?:\.|\s?(?:ドット|どっと|[\[({] ?(?:dot|ドット|\.) ?[\])}])\s?|\sdot\s|。(?=(?:co|ne|or|ac|com|net|"
    r"jp)(?![A-Za-z])))"
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})"
_MAIL_HOUSES = "gmail|docomo|softbank|ezweb|icloud|yahoo|hotmail|outlook|au|ybb|nifty|rakuten|ymobile|i"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+'*-])[A-Za-z0-9_%+'*.-]++{_AT}(?:{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}|"
    rf"(?:{_MAIL_HOUSES})(?![A-Za-z0-9]))",
    re.IGNORECASE,
)

_LONG_ENDS = (
    "com|net|org|example|test|invalid|jp|info|io|tv|blog|site|online|app|dev|gg|link|page|biz|edu|gov|"
    "xyz|club|tokyo|moe|social|work|shop"
    "|website|fun|space|live|co|uk|de|fr|kr|cn|tw|eu"
)
_SHORT_ENDS = "me|to|be|am|us|ly|cc|fm|im|is|it|in"
_URL_SIGN = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
# A path may go on in Japanese only as long as something else than a word of the sentence ends it.
_JAPANESE_PATH = r"(?:(?<=[/=_-])[一-龠々ぁ-んァ-ヴーA-Za-z0-9_-]{1,30}(?=[\s/?&#)」、。]|$))*"
_URL = re.compile(rf"(?:h?ttps?|hxxps?|ftp)\s?:\s?/\s?/\s?{_URL_SIGN}++{_JAPANESE_PATH}(?<![.,;:!?'])", re.IGNORECASE)
_BARE_URL = re.compile(
    rf"(?<![A-Za-z0-9@._-])(?:www\.(?:{_LABEL}\.){{1,5}}[A-Za-z]{{2,}}(?:[:/?#]{_URL_SIGN}*+)?"
    rf"|(?:{_LABEL}\.){{1,5}}(?:(?:{_LONG_ENDS})(?![A-Za-z0-9-])(?:[:/?#]{_URL_SIGN}*+)?|"
    rf"(?:{_SHORT_ENDS})/{_URL_SIGN}++)"
    r")",
    re.IGNORECASE,
)

_GAP = rf"[ \u3000{DASHES}./・()のノ,、]{{0,3}}"
_NUMBER = rf"{DIGIT}(?:{_GAP}{DIGIT})"
_ZERO = "[0〇零Oo○◯]"
_EXTENSION = rf"(?:[ ,、(]{{0,2}}(?:内線|ext\.?)[ :.の]?{DIGIT}{{1,6}}\)?)?"
_NOT_INSIDE = rf"(?<!{DIGIT})(?<![A-Za-z#][-_])(?<![A-Za-z_#])(?<!{DIGIT}[-.,])"
_END = rf"(?!{DIGIT})"
_MOBILE = re.compile(
    rf"{_NOT_INSIDE}[(]?{_ZERO}[ ]?[5789五七八九][ ]?{_ZERO}(?:{_GAP}{DIGIT}){{8}}{_END}{_EXTENSION}", re.IGNORECASE
)
_MASKED = re.compile(
    rf"{_NOT_INSIDE}0[5-9]0[ {DASHES}]?(?:[*xX●○◯■?•]{{4}}[ {DASHES}]?{DIGIT}{{4}}|"
    rf"{DIGIT}{{4}}[ {DASHES}]?[*xX●○◯■?•]{{4}})"
)
_TOLL_FREE = re.compile(rf"{_NOT_INSIDE}[(]?[0〇零]{_GAP}[8八]{_GAP}[0〇零]{_GAP}[0〇零](?:{_GAP}{DIGIT}){{7}}{_END}")
_LANDLINE = re.compile(
    rf"{_NOT_INSIDE}[(]?[0〇零](?:{_GAP}[1-9一二三四五六七八九])(?:{_GAP}{DIGIT}){{8}}{_END}{_EXTENSION}", re.IGNORECASE
)
_ABROAD = re.compile(
    rf"(?<![0-9])(?:[(]?\+\s?|00|010[ -]?(?=81))(?:81|"
    rf"[1-9][0-9]{{0,2}}(?=[ {DASHES}()]))\)?[ {DASHES}]?(?:\(0\)|"
    rf"0)?[(]?{_NUMBER}{{7,11}}{_END}{_EXTENSION}"
    rf"|(?<![0-9A-Za-z-])81-[1-9][0-9]?-[0-9]{{4}}-[0-9]{{4}}{_END}",
    re.IGNORECASE,
)
_SAID_NUMBER = re.compile(
    r"(?:電話|でんわ|TEL|FAX|ファ[ック]クス|ファクス|携帯|ケータイ|けいたい|スマホ|☎|☏|📞|📱|phone|mobile|"
    r"cell)(?:番号)?(?:\s?(?:は|が|も|の|を|:|=|→|\)|「|\(|番号は|\.)){0,3}\s?"
    rf"(?P<it>(?:\({DIGIT}{{1,5}}\)\s?)?{DIGIT}{{1,5}}(?:[ {DASHES}()]{{1,2}}{DIGIT}{{2,5}}){{1,2}}|"
    rf"{DIGIT}{{6,11}}){_END}"
    r"(?!\s?(?:[時分年月日円人件回:]|[-~]?[0-9]{1,2}[:時]))",
    re.IGNORECASE,
)
_SPOKEN = (
    "(?:ゼロ|ぜろ|れい|レイ|まる|マル|いち|イチ|に|ニ|さん|サン|よん|ヨン|し|シ|ご|ゴ|ろく|ロク|なな|"
    "ナナ|しち|はち|ハチ|きゅう|きゅー|キュウ|キュー|く|ク)"
)
_SPOKEN_NUMBER = re.compile(
    rf"(?:ゼロ|ぜろ|れい|レイ|まる|マル)(?:[ 、・,の{DASHES}]?{_SPOKEN}){{9,10}}(?![ァ-ヴぁ-ん]{{0,1}}{_SPOKEN})"
)

_PUBLIC_BEFORE = re.compile(rf"{words('public_lines')}[^。\n0-9]{{0,15}}$", re.IGNORECASE)
_PUBLIC_BEHIND = re.compile(rf"\s?[(「（][^)」）\n。]{{0,15}}?{words('public_lines')}", re.IGNORECASE)
_ONLY_A_HOUSE = re.compile(
    rf"(?:www\.)?{words('known_houses')}\.(?:co\.jp|or\.jp|go\.jp|com|jp|org|net)/?", re.IGNORECASE
)
_MOBILE_START = re.compile("(?:81)?0?[5789]0")


def _grouped(match: re.Match[str]) -> bool:
    """A row of small numbers, a decimal fraction or a date is no telephone number."""
    start, end = stretch(match)
    groups = re.findall(f"{DIGIT}+", match.string[start:end])
    if re.match(rf"[(]?[0〇零]\.{DIGIT}", match.string[start:end]):
        return False
    return all(len(group) == 1 for group in groups) or (len(groups) <= 5 and max(map(len, groups[1:] or groups)) >= 3)


def _private(match: re.Match[str]) -> bool:
    if _MOBILE_START.match(digits(match)) and len(digits(match)) >= 11 and not digits(match).startswith("0800"):
        return True
    start, end = stretch(match)
    before = match.string[max(0, start - 30) : start]
    return not (_PUBLIC_BEFORE.search(before) or _PUBLIC_BEHIND.match(match.string[end : end + 30]))


def _not_only_a_house(match: re.Match[str]) -> bool:
    """「Amazon.co.jpで買った」 names a shop."""
    return _ONLY_A_HOUSE.fullmatch(match[0]) is None


def _telephone(match: re.Match[str]) -> bool:
    return _grouped(match) and _private(match)


def _said(match: re.Match[str]) -> bool:
    found = digits(match)
    year = len(found) == 8 and found[:2] in ("19", "20")
    return len(found) >= 6 and not year and _private(match)


RULES = (
    Rule(Kind.EMAIL, _EMAIL),
    Rule(Kind.URL, _URL),
    Rule(Kind.URL, _BARE_URL, _not_only_a_house),
)
TELEPHONES = (
    Rule(Kind.PHONE, _ABROAD, _private),
    Rule(Kind.PHONE, _MASKED),
    Rule(Kind.PHONE, _TOLL_FREE, _telephone),
    Rule(Kind.PHONE, _MOBILE, _telephone),
    Rule(Kind.PHONE, _LANDLINE, _telephone),
    Rule(Kind.PHONE, _SAID_NUMBER, _said),
    Rule(Kind.PHONE, _SPOKEN_NUMBER),
)
