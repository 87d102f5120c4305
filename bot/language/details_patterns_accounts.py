"""Rules for the names and numbers people go by in chats, social networks and games."""

import re

from bot.language.details_patterns_rules import Rule, stretch, words
from bot.language.spans import Kind

_ASCII_NAME = r"@?[A-Za-z0-9_][A-Za-z0-9._#\-]{1,39}(?<![.\-])"
_QUOTED_NAME = r"(?<=[「『\"“(])[^」』\"”()\n]{1,24}(?=[」』\"”)])"
_QUOTES = r"[「『\"“(]"
_PLAIN_NAME = (
    r"[ぁ-んァ-ヴー一-龠々A-Za-z0-9_☆★♪・.]{2,16}?(?=です|でした|だそう|だった|で、|で登録|でやって|で遊|"
    r"で配信|で投稿|で、|という|といい|って(?:いう|名)|と名乗|らしい|、|。|\)|」|\n|$)"
)
_JOIN = r"(?:\s?(?:[はがのもを:=、,→]|は?(?:確か|たしか)|is |was |名は|番号は|が)){0,3}\s?"
_SERVICE, _HANDLE = rf"(?<![A-Za-z0-9_]){words('services')}", words("handles")

_AT_NAME = re.compile(
    r"(?<![A-Za-z0-9._%+@-])@(?=[A-Za-z0-9_.]{0,40}?[A-Za-z_])[A-Za-z0-9_][A-Za-z0-9_.]{1,38}[A-Za-z0-9_]+(?:@[A-Za-z0-9.-]+[A-Za-z0-9])?"
)
_TAGGED = re.compile(
    r"(?<![A-Za-z0-9._-])[A-Za-z0-9_.]{2,32}#[0-9]{4,5}(?![0-9])|(?<=[ぁ-んァ-ヴー一-龠])#[0-9]{4}(?![0-9])"
)
_FRIEND_CODE = re.compile(
    r"SW-?[0-9]{4}-?[0-9]{4}-?[0-9]{4}|(?:フレンド ?コード|"
    r"トレーナーコード)[は:の\s「(が]{0,3}(?P<it>[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4})"
)
_NAMED = re.compile(
    rf"(?<![A-Za-z0-9_])(?:{words('services')}(?:の|\s|上の|用の|"
    rf"の友だち追加の)?)?{_HANDLE}(?:\s?\([^)\n]{{1,10}}\))?{_JOIN}{_QUOTES}?"
    rf"(?P<it>[0-9]{{3,4}}(?:[ -][0-9]{{3,4}}){{2,3}}|"
    rf"{_ASCII_NAME})(?![A-Za-z0-9代歳年月日人件回円時個])",
    re.IGNORECASE,
)
_NAMED_QUOTED = re.compile(rf"{_HANDLE}{_JOIN}{_QUOTES}(?P<it>{_QUOTED_NAME})", re.IGNORECASE)
_NAMED_PLAIN = re.compile(
    rf"(?:ハンドルネーム|ハンドル名|HN|ユーザー?ネーム|ユーザー?名|プレイヤー名|プレイヤーネーム|"
    rf"アカウント名|アカ名|ゲーマータグ|キャラ名|表示名|チャンネル名|配信名|配信者名|コテハン)(?:は|が|:|=|"
    rf"\s){{1,2}}(?P<it>{_PLAIN_NAME})"
)
_ON_SERVICE = re.compile(
    rf"{_SERVICE}(?:で|では|に|の|は|を|が|も|上で|:|\s|→|"
    rf"、){{0,2}}{_QUOTES}?(?P<it>(?=[A-Za-z0-9._#-]{{0,40}}?[A-Za-z])(?=[A-Za-z0-9.]{{0,40}}?[0-9_#-])[A-Za-z0-9_][A-Za-z0-9._#\-]{{3,39}}(?<![.\-]))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"{_QUOTES}(?P<it>{_QUOTED_NAME})[」』\"”)](?:という|って(?:いう)?|の)?(?:{_SERVICE}(?:の)?)?"
    r"(?:アカウント|ハンドルネーム|ハンドル|HN|ユーザー?名|アカ(?!デ)|垢|プレイヤー名|プレイヤー|"
    r"ゲーマータグ|チャンネル|ID(?!カード|を下げ)|キャラ名|アバター名)",
    re.IGNORECASE,
)
_CALLED_THERE = re.compile(
    rf"{_QUOTES}(?P<it>{_QUOTED_NAME})[」』\"”)](?:(?:という|って)(?:名前|名|"
    rf"ニックネーム)で[^。\n]{{0,6}}(?:{_SERVICE}|投稿|実況|発信|つぶや)|を名乗って|名義で)",
    re.IGNORECASE,
)
_THERE = re.compile(
    rf"{_SERVICE}(?:で|では|に|の|上で|だと|なら)(?:は|も)?[^。、「『\n]{{0,4}}{_QUOTES}(?P<it>{_QUOTED_NAME})[」』\"”)]"
    r"(?:という(?:名前|名|ニックネーム)|と名乗|の名前で|名義|として(?:投稿|活動|配信))",
    re.IGNORECASE,
)
_LATIN_CALLED = re.compile(
    rf"(?<![A-Za-z0-9._@-])(?P<it>(?=[A-Za-z0-9._]{{4}}){_ASCII_NAME})(?:さん)?(?:が|は|も|という|"
    rf"って(?:いう|のが)?|の|で)?[ 、]?(?:{_SERVICE}の?)?"
    r"(?:垢|アカウント|アカ(?!デ)|のID|ハンドル|ユーザー名)"
)
_PLAIN_THERE = re.compile(
    rf"{_SERVICE}[^。\n「」]{{0,8}}?(?:では|で|は|"
    rf"、)(?P<it>[^\s、。「」『』()はがをにで]{{2,20}}?)(?:という|って(?:いう)?)(?:名前|名|ニックネーム|"
    rf"ハンドル)"
)
_CALLS_ITSELF = re.compile(
    rf"{_SERVICE}(?:内|の中|上|の世界)?(?:では|で|は){{1,2}}(?P<it>[^\s、。「」『』()はがをに]{{2,20}}?)"
    r"(?:と名乗|を名乗|で通[しっる]|名義|の名で)",
    re.IGNORECASE,
)
_WRITTEN_THERE = re.compile(
    r"(?:フレンド|ユーザー|プロフ|プロフィール|フォロワー|ランキング)(?:欄|一覧|名)?(?:に|で)は?"
    r"(?P<it>[^\s、。「」『』()はがをに]{2,20}?)(?:と|って)(?:ある|あった|書いて|出て|表示)"
)
_IS_THERE = re.compile(
    rf"(?:{_SERVICE}|フレンド|フォロワー|ギルド|鯖|配信)[^。\n「」]{{0,12}}「(?P<it>{_QUOTED_NAME})」"
    r"(?:[がは](?:い[てるた]|ログイン|参加|入って|来[てた]|オンライン)|から(?:の)?(?:招待|申請|フォロー|DM|メッセージ)"
    r"|と(?:対戦|遊|通話|組ん|潜))",
    re.IGNORECASE,
)
_NAME_THERE = re.compile(
    rf"{_SERVICE}(?:の中|内|上|で|(?<!ゲーム)の(?=名前))[^。、\n「」]{{0,4}}(?:名前|ネーム|名)(?:は|が|"
    rf":)\s?{_QUOTES}(?P<it>{_QUOTED_NAME})",
    re.IGNORECASE,
)
_SAID_THERE = re.compile(
    rf"{_SERVICE}(?:\([^)\n]{{1,10}}\))?(?:で|では|に|の|は|が|も|を|上で){{1,2}}[^。\n「」]{{0,10}}{_QUOTES}(?P<it>{_QUOTED_NAME})[」』\"”)]"
    r"(?:という|って(?:いう)?|の|で)?(?:名前|名|チャンネル|アカウント|アカ(?!デ)|垢|ユーザー|で(?:検索|投稿|配信|活動|登録|出て|実況))",
    re.IGNORECASE,
)
_SOMEBODY_THERE = re.compile(
    rf"(?:{_SERVICE}|ゲーム|フレンド|フォロワー|配信)[^。\n「」]{{0,20}}「(?P<it>{_QUOTED_NAME})」さん", re.IGNORECASE
)
_SOMEBODY_OF_THERE = re.compile(
    rf"「(?P<it>{_QUOTED_NAME})」さん[^。\n「」]{{0,14}}(?:{_SERVICE}|フレンド|フォロワー|配信|相互|フォロー)",
    re.IGNORECASE,
)
_NAME_IN_LATIN = re.compile(
    rf"{_SERVICE}(?:の|での|上の)?(?:登録|表示)?(?:名前|名|ネーム)(?:は|が|:|も|を)\s?(?P<it>{_ASCII_NAME})",
    re.IGNORECASE,
)
_LONE_HANDLE = re.compile(
    r"(?<![A-Za-z0-9._@/:-])(?P<it>[a-z][a-z0-9]{1,20}(?:_[a-z0-9]{1,15}){1,3}|[a-z]{3,15}[0-9]{2,6}|[a-z]{3,15}\.[a-z]{2,12}[0-9]{2,4}|(?:[A-Z][a-z]{1,11}){2,3}_?[0-9]{2,4}|[a-z]{3,12}(?:\.[a-z]{2,12}){2,3})"
    r"(?![A-Za-z0-9_@/-]|\.[a-z0-9])"
)
_DECORATED = re.compile(r"live:[A-Za-z0-9._-]{2,}(?<![.-])|[†✝][^†✝\n。]{1,20}[†✝]|꧁[^꧂\n]{1,30}꧂")
_NO_NAME = re.compile(words("no_handles"), re.IGNORECASE)
_SERVICE_ALONE = re.compile(words("services"), re.IGNORECASE)
_WORTH_A_NAME = re.compile(r"[0-9_@#.]|[A-Za-z]{3}")


def _a_name(match: re.Match[str]) -> bool:
    start, end = stretch(match)
    name = match.string[start:end]
    return start >= 0 and not _NO_NAME.fullmatch(name.strip("@"))


def _no_service(match: re.Match[str]) -> bool:
    """「Discordのアカウント」 tells of a service only."""
    start, end = stretch(match)
    name = match.string[start:end]
    worth = re.search("[A-Za-z]", name) and (name.islower() or re.search("[0-9_.]", name)) and len(name) > 3
    return bool(worth) and _a_name(match) and not _SERVICE_ALONE.fullmatch(name)


def _latin_name(match: re.Match[str]) -> bool:
    start, end = stretch(match)
    return _a_name(match) and _WORTH_A_NAME.search(match.string[start:end]) is not None


def _no_plain_word(match: re.Match[str]) -> bool:
    start, end = stretch(match)
    return _a_name(match) and not _NO_NAME.search(match.string[start:end])


RULES = (
    Rule(Kind.ACCOUNT, _FRIEND_CODE),
    Rule(Kind.ACCOUNT, _AT_NAME, _a_name),
    Rule(Kind.ACCOUNT, _TAGGED),
    Rule(Kind.ACCOUNT, _DECORATED),
    Rule(Kind.ACCOUNT, _LATIN_CALLED, _no_service),
    Rule(Kind.ACCOUNT, _PLAIN_THERE, _a_name),
    Rule(Kind.ACCOUNT, _NAME_THERE, _a_name),
    Rule(Kind.ACCOUNT, _CALLS_ITSELF, _a_name),
    Rule(Kind.ACCOUNT, _IS_THERE, _a_name),
    Rule(Kind.ACCOUNT, _WRITTEN_THERE, _a_name),
    Rule(Kind.ACCOUNT, _NAMED_QUOTED, _a_name),
    Rule(Kind.ACCOUNT, _NAMED, _latin_name),
    Rule(Kind.ACCOUNT, _CALLED, _a_name),
    Rule(Kind.ACCOUNT, _CALLED_THERE, _a_name),
    Rule(Kind.ACCOUNT, _THERE, _a_name),
    Rule(Kind.ACCOUNT, _SOMEBODY_THERE, _a_name),
    Rule(Kind.ACCOUNT, _SOMEBODY_OF_THERE, _a_name),
    Rule(Kind.ACCOUNT, _NAME_IN_LATIN, _latin_name),
    Rule(Kind.ACCOUNT, _SAID_THERE, _a_name),
    Rule(Kind.ACCOUNT, _NAMED_PLAIN, _no_plain_word),
    Rule(Kind.ACCOUNT, _ON_SERVICE, _a_name),
    Rule(Kind.ACCOUNT, _LONE_HANDLE, _a_name),
)
