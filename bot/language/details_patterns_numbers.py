"""Rules for days of birth and for the numbers of cards, certificates and cases."""

import re

from bot.language.details_patterns_rules import DASHES, DIGIT, Rule, digits, words
from bot.language.spans import Kind

_SOME = "(?:[0-9]{1,2}|[〇零一二三四五六七八九十元]{1,3})"
_ERA = r"(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR](?=[ .]?[0-9元])|(?<![一-龠])[昭平令](?=[0-9]))"
_YEAR = (
    rf"(?:西暦\s?)?(?:{_ERA}[ .]?{_SOME}|(?:1[89]|20)[0-9]{{2}}|[一二][〇零一二三四五六七八九]{{3}}|"
    rf"'?[0-9]{{2}}(?=年))\s?(?:年度?の?|[.\-/・])\s?"
)
_TWICE = r"(?:\s?\([^)\n]{1,8}\)\s?年?\s?)?"
_DAY = rf"{_SOME}\s?(?:月の?|[.\-/・])\s?{_SOME}(?:\s?日)?(?![0-9年月:])"
_WRITTEN = (
    rf"(?<![0-9./])(?:(?:{_YEAR}{_TWICE})?{_DAY}|{_YEAR}{_TWICE}{_SOME}\s?月(?!\s?{_SOME}\s?日)|"
    rf"{_ERA}[0-9]{{6}}|(?:19|20)[0-9]{{6}})(?![0-9])"
)
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_ENGLISH = (
    rf"(?:{_MONTHS}\.? [0-9]{{1,2}}(?:st|nd|rd|th)?(?:,? [0-9]{{4}})?|(?:the )?[0-9]{{1,2}}(?:st|nd|rd|"
    rf"th)? (?:of )?{_MONTHS}(?:,? [0-9]{{4}})?)"
)
_NEAR_DAY = rf"(?:再来月|来月|今月|先月|翌月|先週|来週)[の、]?\s?{_SOME}\s?日"
_DATE = rf"(?P<it>{_WRITTEN}|{_ENGLISH}|{_NEAR_DAY})"
_BORN = (
    r"(?:生年月日|お?誕生日|たんじょうび|生まれた日|生まれた?(?:の)?(?:は|が)|バースデー|バースデイ|"
    r"誕生(?=[ :])|生まれ[:=]|(?<![一-龠ぁ-ん])生[ :]|DOB|turn(?:s|ed|ing) [0-9]{1,2}|date of birth|birthday|"
    r"birth ?date|"
    r"born (?:in|at) [a-z]{2,12}(?:, [a-z]{2,12})?,? on|born)"
)
_LEADS = (
    r"(?:\s?(?:[はがのもを:=、,「『(<【\[・→ ]|is|was|on|the |欄(?:に|は|が)?|を(?:聞く|見る|確認する|尋ねる|"
    r"伺う|うかがう)と|は?(?:確か|たしか)|として)){0,4}\s?"
)
_BORN_BEFORE = re.compile(rf"{_BORN}{_LEADS}{_DATE}", re.IGNORECASE)
_BORN_BEHIND = re.compile(
    rf"{_DATE}(?:\s?\([^)\n]{{1,8}}\))?(?:\s?(?:生まれ|うまれ|産まれ|生(?![一-龠])|誕生(?!日会)|に(?:生|"
    rf"産)まれ|に誕生|[がはのも]?(?:お)?誕生日(?!会|プレゼント|パーティ|ケーキ|に)"
    rf"|[がはもの=、][^。、\n0-9]{{0,12}}誕生日(?!会|プレゼント|パーティ|ケーキ|に|の前|の後)"
    r"| is (?:his|her|my|their|the) birthday|[でに]\s?(?:満\s?)?[0-9〇一二三四五六七八九十]{1,3}\s?(?:歳|"
    r"才)(?:に(?:な|達)|を迎え|の誕生日)))",
    re.IGNORECASE,
)

_VALUE = (
    rf"(?P<it>(?:第\s?|"
    rf"No\.?\s?)?(?:[A-Za-z]{{1,4}}[ {DASHES}]?)?{DIGIT}"
    rf"(?:[ ]?[{DASHES}/・]?[0-9A-Za-z〇零一二三四五六七八九]){{0,24}}+(?:\s?(?:号|"
    rf"番)(?![一-龠]))?)"
)
_UNITS = (
    r"(?!\s?(?:年(?!第)|円|人|件|か月|ヶ月|カ月|月|日|級|回|歳|才|時|分|%|万|名|枚|冊|種|つ|個|代|割|番目|"
    r"桁|通|割合|等級))"
)
_JOIN = r"(?:\s?(?:[はがのもを:=、,.「『(<【\[#→ ]|番号は|ナンバー|は?(?:確か|たしか)|が)){0,5}\s?"
_SAYS_NUMBER = r"(?:\s?(?=No)|の?(?:番号|ナンバー|ID|記号[・と]?番号|ばんごう|number|#))"
_CARD = re.compile(
    rf"{words('cards')}(?:\s?(?=No)|\s?の?(?:番号|ナンバー|ID|記号・?番号?|記号|証?書?番号))?{_JOIN}{_VALUE}{_UNITS}",
    re.IGNORECASE,
)
_FILE = re.compile(rf"{words('files')}{_SAYS_NUMBER}{_JOIN}{_VALUE}{_UNITS}", re.IGNORECASE)
_SAID_NUMBER = re.compile(rf"(?:番号|ナンバー)(?:は|が|:|\s|「|\(){{0,3}}{_VALUE}{_UNITS}")
_NO = re.compile(rf"(?<![A-Za-z])(?:ID[ :]?)?(?=No|(?<=ID)|(?<=ID[ :])){_VALUE}{_UNITS}", re.IGNORECASE)
_COURT = re.compile(r"(?:令和|平成|昭和)[0-9元]{1,2}年\s?\([^)\n]{1,4}\)\s?(?:第\s?)?[0-9]{1,6}\s?号")
_NUMBERED = re.compile(rf"(?<![発様式達示律令則例法訓0-9])第\s?{DIGIT}{{4,12}}\s?号(?!議案)")
_PLATE = re.compile(
    r"[一-龠]{1,4}\s?[0-9]{2,3}\s?[あ-ん]\s?(?:[0-9]{2}[-・ ]?[0-9]{2}|[・]{1,3}\s?[0-9]{1,3})(?![0-9])"
)
_CODE = re.compile(r"(?<![A-Za-z0-9._@/-])[A-Z]{1,4}-?[0-9]{2,4}-[0-9]{3,6}(?![0-9A-Za-z-])")
_FOURS = re.compile(rf"(?<![0-9{DASHES}])[0-9]{{4}}[ -][0-9]{{4}}[ -][0-9]{{4}}(?:[ -][0-9]{{4}})?(?![0-9-])")
_BANK = re.compile(r"(?:普通|当座)(?:預金|口座)?(?:番号)?\s?[:(]?\s?(?P<it>[0-9]{6,8})(?![0-9])")
_DAY_FIRST = re.compile(r"(?:19|20)[0-9]{2}[/.-][0-9]{1,2}[/.-][0-9]{1,2}(?![0-9])")
_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}[ -]?)+")


_BIRTH_NEAR = re.compile(
    r"誕生日(?!会)|生年月日|生まれ(?!変わ|つき|て初|てはじ|てから|て以来|てこの)|バースデ|birth|born", re.IGNORECASE
)
_PLAIN_ID = re.compile(r"(?<![A-Za-z])ID(?:番号)?\s?[:はが=]?\s?(?P<it>[0-9]{5,12})(?![0-9A-Za-z-])")
_OF_A_SERVICE = re.compile(rf"{words('services')}(?:の|用の|上の)?\s?$", re.IGNORECASE)
_FULL_DATE = re.compile(rf"(?<![0-9./])(?P<it>{_YEAR}{_TWICE}{_DAY})(?![0-9])")
_MONTH_DAY = re.compile(rf"(?<![0-9./〇零一二三四五六七八九十])(?P<it>{_SOME}\s?月\s?{_SOME}\s?日)(?!間)")
_TO_DAY = r"(?:[でにはがも、]|になると|[がに](?:来る|来た|なっ|過ぎ)[とらて]?ら?|には)"
_AGE = "[0-9〇一二三四五六七八九十]{1,3}"
_TURNS = re.compile(
    rf"{_DATE}{_TO_DAY}{{1,2}}\s?(?:満で?|ついに|とうとう|やっと|もう)?\s?(?:{_AGE}[歳才]|[二三四五六七]十[一二三四五六七八九]?に(?:な|達)"
    rf"|[2-7][0-9]に(?:な|達)|[二三四五]十路|[二三四五六七]十[、。])"
)
_TURNED = re.compile(
    rf"(?:[二三四五六七]十|[2-7][0-9])(?:[歳才]|路)?(?:になります|になる|です|に|だ)?[。、]\s?{_DATE}(?:です|だ|[。、])"
)
_TURNS_IN_ENGLISH = re.compile(
    rf"(?P<it>{_ENGLISH}),? (?:he|she|they|I|we|my [a-z]+|[A-Z][a-z]+) (?:(?:is|was|am|are) turning"
    r"|turn(?:s|ed)?|(?:will|['’]ll) (?:be|turn))"
    r" (?:[0-9]{1,2}|twenty|thirty|forty|fifty|sixty)",
    re.IGNORECASE,
)
_ITS_DAY = re.compile(
    r"誕生日(?!会|プレゼント|カード|パーティ|ケーキ|の(?:話|ケーキ|プレゼント|会|翌|前|次))|バースデ|生年月日|birthday",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(r"[0-9〇一二三四五六七八九十]\s?[日月]")
NEAR = 30


def _of_no_service(match: re.Match[str]) -> bool:
    return _OF_A_SERVICE.search(match.string[max(0, match.start() - 14) : match.start()]) is None


def _birth_near(match: re.Match[str]) -> bool:
    start, end = match.span("it")
    return _BIRTH_NEAR.search(match.string[max(0, start - NEAR) : end + NEAR]) is not None


def _its_day_near(match: re.Match[str]) -> bool:
    """9月27日になるとケーキを買う。誕生日なのに: with no other day between."""
    start, end = match.span("it")
    before, behind = match.string[max(0, start - NEAR) : start], match.string[end : end + 40]
    sides = [before[found.end() :] for found in _ITS_DAY.finditer(before)][-1:]
    sides += [behind[: found.start()] for found in [_ITS_DAY.search(behind)] if found]
    return any(not _OTHER_DAY.search(between) for between in sides)


def _many(match: re.Match[str]) -> bool:
    return len(digits(match)) >= 4 and _DAY_FIRST.match(match["it"]) is None


def _some(match: re.Match[str]) -> bool:
    return len(digits(match)) >= 2 and _DAY_FIRST.match(match["it"]) is None


def _not_years(match: re.Match[str]) -> bool:
    return not _YEARS.fullmatch(match[0])


BIRTHDATES = (
    Rule(Kind.BIRTHDATE, _BORN_BEFORE),
    Rule(Kind.BIRTHDATE, _BORN_BEHIND),
    Rule(Kind.BIRTHDATE, _FULL_DATE, _birth_near),
    Rule(Kind.BIRTHDATE, _TURNS),
    Rule(Kind.BIRTHDATE, _TURNED),
    Rule(Kind.BIRTHDATE, _TURNS_IN_ENGLISH),
    Rule(Kind.BIRTHDATE, _MONTH_DAY, _its_day_near),
)
NUMBERS = (
    Rule(Kind.ID, _COURT),
    Rule(Kind.ID, _CARD, _many),
    Rule(Kind.ID, _FILE, _some),
    Rule(Kind.ID, _BANK),
    Rule(Kind.ID, _NUMBERED),
    Rule(Kind.ID, _PLATE),
    Rule(Kind.ID, _PLAIN_ID, _of_no_service),
)
LONE_NUMBERS = (
    Rule(Kind.ID, _SAID_NUMBER, _many),
    Rule(Kind.ID, _NO, _many),
    Rule(Kind.ID, _FOURS, _not_years),
    Rule(Kind.ID, _CODE),
)
