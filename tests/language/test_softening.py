"""Softer words for details: the sentence still reads, the same name keeps its letter, and nothing is left to find."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import details_patterns, details_places
from bot.language.softening import Softened, soften, soften_until_clean
from bot.language.softening_days import age_in, number
from bot.language.spans import Kind, Span
from tests.language.test_details_patterns import STOPPED as PATTERNS
from tests.language.test_details_places import STOPPED as PLACES

TODAY = date(2026, 11, 24)
MARK = re.compile(r"\[\[(.+?)\|(\w+)\]\]")
SENTENCES = [
    re.sub(r"\[\[(.+?)(?:\|\w+)?\]\]", r"\1", line) for line in (PATTERNS + PLACES).strip().split("\n") if line
]


def find(text: str) -> list[Span]:
    return [*details_patterns.find(text), *details_places.find(text)]


def softened(marked: str, language: str = "ja") -> Softened:
    text, spans, done = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[done : found.start()]
        spans.append(Span(len(text), len(text) + len(found[1]), Kind(found[2])))
        text += found[1]
        done = found.end()
    return soften(text + marked[done:], spans, language, today=TODAY)


@pytest.mark.parametrize(
    ("written", "softer"),
    [
        ("[[田中太郎|PERSON]]くんのこと", "Aさんのこと"),
        ("[[田中太郎|PERSON]]くんと[[佐藤|PERSON]]さん。[[田中|PERSON]]くんは", "AさんとBさん。Aさんは"),
        ("[[田中太郎|PERSON]]と[[田中花子|PERSON]]、[[田中|PERSON]]家", "AさんとBさん、Cさんの家"),
        ("[[タナカ|PERSON]]さんと[[ﾀﾅｶ|PERSON]]様", "AさんとAさん"),
        ("Aさんと[[佐藤|PERSON]]", "AさんとBさん"),
        ("主治医の[[山本|PERSON]]先生", "主治医のA先生"),
        ("[[望月|PERSON]]弁護士と[[Sato|PERSON]] san", "A弁護士とBさん"),
        ("生まれたのは[[平成12年3月4日|BIRTHDATE]]です", "生まれたのはある日です"),
        ("[[足立区|ADDRESS]]に住む", "ある区に住む"),
        (
            "[[愛知県豊橋市|ADDRESS]]から[[岡崎市|ADDRESS]]に通い、[[豊橋市|ADDRESS]]に戻る",
            "ある市から別の市に通い、ある市に戻る",
        ),
        ("[[東京都足立区西新井1-2-3 コーポ山田203号室|ADDRESS]]に住む", "ある区に住む"),
        (
            "[[立川|ADDRESS]]の実家、[[北千住駅|ADDRESS]]の近く、[[花畑団地3号棟|ADDRESS]]",
            "ある市の実家、ある駅の近く、ある団地",
        ),
        ("ある[[岐阜県加茂郡|ADDRESS]]の村、[[阿智村|ADDRESS]]", "ある町の村、ある村"),
        (
            "[[青葉小学校|ORG]]から[[若葉クリニック|ORG]]、[[株式会社山田製作所|ORG]]へ",
            "ある学校からある病院、ある会社へ",
        ),
        ("[[NPO法人ひだまり|ORG]]と[[あおぞら作業所|ORG]]", "ある団体とある事業所"),
        ("[[昭和60年4月2日|BIRTHDATE]]生まれの男性", "40代の男性"),
        ("生年月日：[[S58.4.3|BIRTHDATE]]、男性", "生年月日：40代、男性"),
        ("[[2003年1月9日|BIRTHDATE]]に生まれた", "ある日に生まれた"),
        ("誕生日は[[5/12|BIRTHDATE]]。", "誕生日はある日。"),
        ("[[令和5年6月7日|BIRTHDATE]]生の子", "10歳未満の子"),
        ("電話番号は[[090-1234-5678|PHONE]]です", "電話番号は○○です"),
        ("[[090-1234-5678|PHONE]]にかけた", "電話番号にかけた"),
        ("受給者証番号は[[1234567890|ID]]。[[令和6年（家）第512号|ID]]の件", "受給者証番号は○○。番号の件"),
        ("Xの[[@hana_k85|ACCOUNT]]に、[[a@example.com|EMAIL]]から", "Xのアカウントに、メールアドレスから"),
        ("郵便番号は[[123-4567|ADDRESS]]", "郵便番号は○○"),
    ],
)
def test_the_sentence_still_reads(written: str, softer: str) -> None:
    assert softened(written).text == softer


def test_english_words() -> None:
    said = softened("[[Sato|PERSON]] lives in [[Kamakura|ADDRESS]], works at [[Aoba Clinic|ORG]]", "en")
    assert said.text == "A lives in a town, works at a clinic"


def test_each_change_is_told() -> None:
    changes = softened("[[田中|PERSON]]くんは[[足立区|ADDRESS]]").changes
    assert [(change.kind, change.before, change.after) for change in changes] == [
        (Kind.PERSON, "田中くん", "Aさん"),
        (Kind.ADDRESS, "足立区", "ある区"),
    ]


def test_more_people_than_letters() -> None:
    names = [f"名{chr(0x4E00 + index)}" for index in range(60)]
    said = softened("、".join(f"[[{name}|PERSON]]" for name in names)).text.split("、")
    assert len(set(said)) == 60


@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("昭和60年4月2日", 41),
        ("S58.4.3", 43),
        ("平成元年5月1日", 37),
        ("昭和六十年四月二日", 41),
        ("2003/1/9", 23),
        ("一九八五年四月二日", 41),
        ("4月2日", None),
        ("2090年1月1日", None),
        ("平成", None),
    ],
)
def test_years_of_every_writing(written: str, age: int | None) -> None:
    assert age_in(written, TODAY) == age


@pytest.mark.parametrize(
    ("written", "value"),
    [("12", 12), ("十二", 12), ("二十", 20), ("一二", 12), ("元", 1), ("百", None), ("十十", None)],
)
def test_numbers_of_every_writing(written: str, value: int | None) -> None:
    assert number(written) == value


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nothing_is_left_in_a_softened_sentence(sentence: str) -> None:
    assert find(soften(sentence, find(sentence), today=TODAY).text) == []


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), st.sampled_from(["。", "\n", " ", ""]))
def test_nothing_is_left_in_a_softened_text(sentences: list[str], between: str) -> None:
    text = between.join(sentences)
    assert find(soften_until_clean(text, find, today=TODAY).text) == []


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(Kind)), max_size=8))
def test_any_text_with_any_spans_is_softened(text: str, marks: list[tuple[int, int, Kind]]) -> None:
    spans = [Span(min(a, b), max(a, b), kind) for a, b, kind in marks if max(a, b) <= len(text)]
    said = soften(text, spans, today=TODAY)
    assert len(said.changes) <= len(spans)
    assert all(change.before in text for change in said.changes)
    if not said.changes:
        assert said.text == text
