"""Says what identifies somebody in softer words, so that the sentence still reads well."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.language.folding import fold
from bot.language.municipalities import municipalities
from bot.language.softening_days import age_in
from bot.language.spans import Kind, Span

BEFORE = 14
"""How far before a detail its own name may stand: 「電話番号は090…」 must not become 「電話番号は電話番号」."""

ROUNDS = 4

_HONORIFIC = re.compile(r"\s?(?:さん|サン|くん|クン|君|ちゃん|チャン|様|さま|氏|殿|たん|[- ]san(?![a-z]))(?!付け|づけ)")
_TEACHER = re.compile(r"\s?(?:先生|せんせい|センセイ|医師|教授|Dr\.?)")
_TITLE = re.compile(
    "(?=(?:弁護士|司法書士|社労士|理事長|理事|主任|係長|課長|部長|次長|店長|社長|会長|所長|施設長|園長|校長|教頭|院長|師長|看護師|保健師"
    "|相談員|支援員|ワーカー|民生委員|議員|町長|村長|市長|巡査|刑事|監督|コーチ|先輩|後輩|夫妻))"
)
_FAMILY = re.compile(r"家(?![族庭電賃事具計])|(?:さん)?[家宅](?=[のにがはへで、。])")
# 「愛知県豊橋市」 and 「豊橋市大橋通」 are told as one place.
_MUNICIPALITY = re.compile(r"^.{2,3}?[都道府県](?=.+[市区町村郡])|(?<=[市区町村]).+$")
_BEHIND_NAMES = (("teacher", _TEACHER), ("titled", _TITLE), ("family", _FAMILY), ("person", _HONORIFIC))
_BORN_ON = re.compile(r"(?:生年月日|生|DOB)[はがの:：\s]{0,3}$")
_BORN = re.compile(r"\s?(?:の)?(?:生まれ|うまれ|生(?![一-龠ま]))(?!た|て|る)")
_LABELS = {
    Kind.PHONE: re.compile("電話|TEL|携帯|ケータイ|スマホ|FAX|ファ[ック]クス|番号|連絡先|phone", re.IGNORECASE),
    Kind.EMAIL: re.compile("メール|アドレス|mail", re.IGNORECASE),
    Kind.URL: re.compile("URL|リンク|ページ|サイト|link", re.IGNORECASE),
    Kind.ID: re.compile("番号|記号|証|手帳|ID|No|カルテ|カード|number", re.IGNORECASE),
    Kind.ACCOUNT: re.compile("アカウント|アカ|垢|ID|ネーム|名|コード|account|「$|『$", re.IGNORECASE),
    Kind.ADDRESS: re.compile("郵便番号"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """before: what was written. after: what stands there now."""

    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Softened:
    text: str
    changes: tuple[Change, ...]


def soften(text: str, spans: Sequence[Span], language: str = "ja", *, today: date | None = None) -> Softened:
    """The text with every detail in softer words; the same name gets the same letter, the same place the same word."""
    wording = _Wording(text, language, today)
    wording.learn_names([text[span.start : span.end] for span in spans if span.kind is Kind.PERSON])
    pieces, changes, done = [], [], 0
    for span in _apart(spans):
        start, end, after = wording.of(span)
        pieces += [text[done:start], after]
        changes.append(Change(span.kind, text[start:end], after))
        done = end
    return Softened("".join(pieces) + text[done:], tuple(changes))


def soften_until_clean(
    text: str, find: Callable[[str], Sequence[Span]], language: str = "ja", *, today: date | None = None
) -> Softened:
    """The same, and looked at again: where words moved together something new may be read, and goes too."""
    changes: tuple[Change, ...] = ()
    for _ in range(ROUNDS):
        spans = find(text)
        if not spans:
            break
        softened = soften(text, spans, language, today=today)
        text, changes = softened.text, changes + softened.changes
    return Softened(text, changes)


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """In the order of writing; of two that lie over each other the longer one at the same start, else the first."""
    done = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if done <= span.start < span.end:
            yield span
            done = span.end


class _Wording:
    """Remembers which name has which letter and which place was told of first."""

    def __init__(self, text: str, language: str, today: date | None) -> None:
        self._text, self._language, self._today = text, language, today
        self._words: dict[str, str] = _data()[language]
        self._letters: dict[str, str] = {}
        self._free = _letters(text)
        self._places: dict[tuple[str, str], str] = {}

    def learn_names(self, names: Sequence[str]) -> None:
        """「田中」 beside one 「田中太郎」 is the same person."""
        forms = list(dict.fromkeys(map(_one_form, names)))
        for form in forms:
            longer = [other for other in forms if other != form and other.startswith(form)]
            if len(longer) == 1 and longer[0] in self._letters:
                self._letters[form] = self._letters[longer[0]]
            else:
                known = [other for other in self._letters if other != form and form.startswith(other)]
                alone = known and sum(other.startswith(known[0]) for other in forms) == 2
                self._letters[form] = self._letters[known[0]] if alone else next(self._free)

    def of(self, span: Span) -> tuple[int, int, str]:
        """Where the softer words go, a 「さん」 behind a name included, and the words."""
        if span.kind is Kind.PERSON:
            return self._person(span)
        if span.kind is Kind.BIRTHDATE:
            return self._birthdate(span)
        if self._said_before(span):
            return span.start, span.end, self._words["blank"]
        if span.kind in (Kind.ORG, Kind.ADDRESS):
            return self._place(span)
        return span.start, span.end, self._words[span.kind.value]

    def _person(self, span: Span) -> tuple[int, int, str]:
        letter = self._letters[_one_form(self._text[span.start : span.end])]
        for name, pattern in _BEHIND_NAMES:
            behind = pattern.match(self._text, span.end)
            if behind:
                return span.start, behind.end(), self._words[name].format(letter=letter)
        return span.start, span.end, self._words["person"].format(letter=letter)

    def _birthdate(self, span: Span) -> tuple[int, int, str]:
        age = age_in(fold(self._text[span.start : span.end]).text, self._today) if self._today else None
        born = _BORN.match(self._text, span.end)
        told_as_age = born or _BORN_ON.search(self._text[max(0, span.start - BEFORE) : span.start])
        if age is None or not told_as_age:
            return span.start, span.end, self._words["some_day"]
        end = born.end() if born else span.end
        child = self._words["child"]
        return span.start, end, self._words["decade"].format(decade=age // 10 * 10) if age >= 10 else child

    def _place(self, span: Span) -> tuple[int, int, str]:
        name = _one_form(self._text[span.start : span.end])
        rows = "organisations" if span.kind is Kind.ORG else "places"
        kind = _kind(rows, _with_sign(name) if span.kind is Kind.ADDRESS else name, self._language)
        name = _MUNICIPALITY.sub("", name)
        told = self._places.setdefault((rows, kind), name)
        start = span.start - len("ある") * self._text.endswith("ある", 0, span.start)
        return start, span.end, self._words["first" if told == name else "another"].format(place=kind)

    def _said_before(self, span: Span) -> bool:
        label = _LABELS.get(span.kind)
        before = re.split(r"[。\n、]", self._text[max(0, span.start - BEFORE) : span.start])[-1]
        return label is not None and label.search(before) is not None


def _kind(rows: str, name: str, language: str) -> str:
    return str(next(row[language] for row in _data()[rows] if re.search(row["signs"], name)))


def _with_sign(name: str) -> str:
    """「立川」 as 「立川市」, so that its kind is known."""
    one_form = name.replace("ヶ", "ケ")
    return next((name + sign for sign in "市区町村" if one_form + sign in municipalities().names), name)


def _letters(text: str) -> Iterator[str]:
    """A, B, C …, but none the text already uses for somebody."""
    plain = fold(text).text
    used = set(re.findall(r"(?<![A-Za-z])[A-Z](?![A-Za-z])", plain))
    yield from (letter for letter in map(chr, range(ord("A"), ord("Z") + 1)) if letter not in used)
    number = 2
    while True:
        yield from (f"{chr(letter)}{number}" for letter in range(ord("A"), ord("Z") + 1))
        number += 1


def _one_form(name: str) -> str:
    return "".join(fold(name).text.split())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
