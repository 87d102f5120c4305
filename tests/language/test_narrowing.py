"""In a small town a place, an exact age or day and a rare fact point at one person together, never alone."""

import time
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.narrowing import narrowing
from bot.language.softening_days import ago
from bot.language.spans import Kind, Span

TODAY = date(2026, 11, 24)
PLACES = ("人口3千人の村で", "小さな町に住む", "島に住む", "ある町の", "離島の")
EXACT = ("52歳の", "五十二歳の", "10月12日に")
RARE = ("元町議", "獣医師", "ALSの母", "双子の兄", "火事", "唯一の写真館")
PAIRS = [pair for kinds in combinations((PLACES, EXACT, RARE), 2) for pair in zip(*kinds, strict=False)]


@pytest.mark.parametrize(
    ("written", "softer"),
    [
        (
            "人口3千人の村で、52歳の元町議の息子が10月3日に家を出た",
            "ある町で、50代の専門の仕事の人の息子が先月家を出た",
        ),
        ("小さな町に住む41歳の双子の兄", "小さな町に住む40代の兄"),
        ("人口八百人の島で45歳の住職をしている", "ある町で40代の専門の仕事をしている"),
        ("ある村で、令和5年3月4日に父が逮捕された", "ある村で、何年か前に父に大変なことがあった"),
        ("この町で唯一の写真館の38歳の長男", "この町の写真館の30代の長男"),
        ("離島の7歳の三つ子", "離島の小学生くらいの子ども"),
    ],
)
def test_the_softer_wording_reads(written: str, softer: str) -> None:
    found = narrowing(written, today=TODAY)
    assert found is not None
    assert found.text == softer
    assert all(change.before in written for change in found.changes)


@pytest.mark.parametrize("fact", [*PLACES, *EXACT, *RARE])
def test_a_single_fact_alone_is_no_warning(fact: str) -> None:
    assert narrowing(fact, today=TODAY) is None


@pytest.mark.parametrize("pair", PAIRS)
def test_two_are_no_warning_either(pair: tuple[str, str]) -> None:
    assert narrowing("".join(pair), today=TODAY) is None


@given(st.sampled_from(PLACES), st.sampled_from(EXACT), st.sampled_from(RARE))
def test_three_together_always_warn_once(place: str, exact: str, rare: str) -> None:
    found = narrowing(place + exact + rare, today=TODAY)
    assert found is not None
    assert narrowing(found.text, today=TODAY) is None


@pytest.mark.parametrize(
    "written",
    [
        "小さな町に住む50代の獣医師",
        "ある町の52歳以上の獣医師",
        "市役所の52歳の医師",
        "島に住む兄と3歳差の獣医師",
        "村の38歳、医師に相談した",
        "離島の30代、元教師",
    ],
)
def test_what_does_not_narrow(written: str) -> None:
    assert narrowing(written, today=TODAY) is None


def test_a_place_and_a_birthday_told_as_details_count() -> None:
    text = "足立区の獣医師、1985年4月2日生まれ"
    spans = [Span(0, 3, Kind.ADDRESS), Span(8, 17, Kind.BIRTHDATE)]
    found = narrowing(text, spans, today=TODAY)
    assert found is not None
    assert [(change.before, change.after) for change in found.changes] == [("獣医師", "専門の仕事の人")]
    assert narrowing(text, today=TODAY) is None


def test_what_is_softened_as_a_detail_is_not_told_twice() -> None:
    text = "ある町の東大病院に通う52歳"
    assert narrowing(text, [Span(4, 8, Kind.ORG)], today=TODAY) is None


def test_english() -> None:
    found = narrowing("a 52-year-old man in a small town, ALS", language="en", today=TODAY)
    assert found is not None
    assert found.text == "a 50s man in a small town, an illness"


@pytest.mark.parametrize(
    ("year", "month", "day", "word"),
    [
        (None, 11, 20, "last_week"),
        (None, 11, 3, "this_month"),
        (None, 10, 12, "last_month"),
        (None, 12, 1, "next_month"),
        (None, 11, 30, "soon"),
        (None, 3, 1, "months_ago"),
        ("2025", 3, 1, "last_year"),
        ("令和5", 3, 4, "years_ago"),
        ("2027", 5, 1, "soon"),
        (None, 13, 1, None),
        (None, 2, 30, None),
        (None, None, 1, None),
    ],
)
def test_a_day_as_people_remember_it(year: str | None, month: int | None, day: int | None, word: str | None) -> None:
    assert ago(year, month, day, TODAY) == word


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(Kind)), max_size=4))
def test_any_text_is_read(text: str, marks: list[tuple[int, int, Kind]]) -> None:
    narrowing(text, [Span(min(a, b), max(a, b), kind) for a, b, kind in marks], today=TODAY)


@pytest.mark.parametrize("piece", ["1", "村", "人口", "十", " ", "11月3日", "52歳の獣医村で", "人口1", "人"])
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begun = time.perf_counter()
    narrowing(text, today=TODAY)
    assert time.perf_counter() - begun < 5
