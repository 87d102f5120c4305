"""find takes any text at all, stays in it, and sees the same detail in every width."""

import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.details import find, warm
from bot.language.spans import Kind

SNIPPETS = st.sampled_from(
    ("佐藤", "さん", "健太", "ﾀﾅｶ", "上田", "高校", "株式会社", "Tanaka", " ", "　", "・", "「", "」", "(", "090-",
     "1234", "@", ".", "が", "の", "は", "か\u3099", "\u200b", "\ud800", "\x00", "\n", "🌱",
     "ー", "１", "㈱", "\u0301", "A", "http://")
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(SNIPPETS, max_size=40).map("".join))

LONG = {
    "sentences": "担当の佐藤さんは上田高校の健太くんに090-1234-5678へ電話した。" * 300,
    "one word": "の" * 8_000,
    "kanji": "山田" * 4_000,
    "marks": "か" + "\u0301" * 100_000,
    "unfolding": "\ufdfa" * 500,
    "brackets": "「" * 8_000,
    "letters": "Tanaka " * 1_500,
    "hyphens": "Aa-" * 4_000,
    "spaces": " " * 8_000,
    "digits": "0" * 20_000,
    "unseen": "\u200d" * 100_000,
}


@given(TEXTS)
@example("山 田 太 郎 \ud800")
@settings(deadline=None, max_examples=100)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find(text)
    edges = [edge for span in found for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in found)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_takes_as_long_as_it_is(text: str) -> None:
    def seconds(given: str) -> float:
        began = time.thread_time()
        find(given)
        return time.thread_time() - began

    warm()
    tries = ((seconds(text[: len(text) // 2]), seconds(text)) for _ in range(3))  # a busy machine may spoil one
    assert any(whole < 4 * half + 0.1 for half, whole in tries)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_same_details_are_found_in_every_form(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    text = "ﾜﾀﾅﾍﾞさんと株式会社サンプル製作所のｼﾞｭﾝｺさん、ＴＥＬ０９０－１２３４－５６７８"
    twin = unicodedata.normalize(form, text)
    folded = [
        [unicodedata.normalize("NFKC", each[span.start : span.end]) for span in find(each)] for each in (text, twin)
    ]
    assert folded[0] == folded[1]
    assert [span.kind for span in find(twin)] == [Kind.PERSON, Kind.ORG, Kind.PERSON, Kind.PHONE]


def test_a_mail_address_is_one_detail_though_a_name_stands_in_it() -> None:
    text = "tanaka.yuki@example.jp まで"
    assert [(span.kind, text[span.start : span.end]) for span in find(text)] == [(Kind.EMAIL, "tanaka.yuki@example.jp")]


def test_threads_do_not_disturb_one_another() -> None:
    texts = [f"担当の佐藤さん{number}" + "上田高校の健太くん。" * number for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(find, texts)) == [find(text) for text in texts]
