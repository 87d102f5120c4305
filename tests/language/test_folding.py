"""One form for all widths, and the way back to what was written."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.folding import fold


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("０９０－１２３４", "090-1234"),
        ("ﾀﾅｶ ﾊﾅｺ", "タナカ ハナコ"),
        ("ｶﾞｯｺｳ", "ガッコウ"),
        ("か\u3099っこう", "がっこう"),
        ("090\u200b1234", "0901234"),
        ("㈱山田", "(株)山田"),
        ("①番", "1番"),
        ("", ""),
    ],
)
def test_one_form(written: str, plain: str) -> None:
    assert fold(written).text == plain


def test_the_way_back() -> None:
    written = "電話は ０９０\u200b－㈱ です"
    folded = fold(written)
    start = folded.text.index("090")
    assert written[slice(*folded.place(start, start + 3))] == "０９０"
    inside = folded.text.index("株")
    assert written[slice(*folded.place(inside, inside + 1))] == "㈱"


@given(st.text())
def test_any_text_folds_to_its_one_form(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.place(0, len(folded.text))[1] == len(text)


@given(st.text(alphabet="ｱｶﾞ１ａアがか\u3099山ー-㈱ 0"))
def test_the_form_is_nfkc(text: str) -> None:
    assert fold(text).text == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("text", ["a" + "\u0301" * 300_000, "\u200b" * 300_000, "ｶﾞ" * 150_000, "\ud800" * 300_000])
def test_long_rows_take_no_longer_than_their_length(text: str) -> None:
    begun = time.perf_counter()
    fold(text)
    assert time.perf_counter() - begun < 3
