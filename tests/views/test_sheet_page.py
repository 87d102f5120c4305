"""The printed sheet: one page whatever was written, footer on it, fonts in it, and no markup of anybody's making."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.conferences import PublicConference, PublicSlot
from bot.store.sheets import CaseSheet
from bot.views import sheet_page
from bot.views.text import Text
from tests.sample_conference_sheets import FULL, ID, page
from tests.world import TOKYO

JA, EN = Text("ja", TOKYO), Text("en", TOKYO)
FOUND = PublicConference(
    ID, "題" * 80, 90, "decided", (PublicSlot(1, datetime(2026, 12, 3, 5, tzinfo=UTC), 1, 0, 0, 90),), 1, 1, 1
)
FOOTER = "取扱注意・1月31日(日)に消えます"
CUT = "1枚におさまるように切りました"


@contextmanager
def opened(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        assert len(document) == 1
        yield document[0].get_textpage().get_text_range().replace("\r\n", "")
    finally:
        document.close()


def printed(words: str, text: Text = JA) -> bytes:
    sheet = CaseSheet(ID, {**FULL.answers, "worries": words, "tried": words, "asked": words})
    return sheet_page.printed(text, page(FOUND, sheet))


def test_the_fullest_sheet_fits_whole() -> None:
    with opened(sheet_page.printed(JA, page(FOUND))) as read:
        assert read.count("言" * 20) == 900 // 20
        assert FOOTER in read and CUT not in read


def test_what_cannot_fit_is_cut_and_says_so() -> None:
    with opened(printed("\n\n".join("行" * 100))) as read:
        assert 30 < read.count("行") < 300
        assert FOOTER in read and CUT in read
        assert all(head in read for head in ("みんなに聞きたいこと", "いま困っていること", "やってみたこと"))


@pytest.mark.parametrize("words", ["<b>&amp;</font></para>", "<img src='file:///etc/passwd'/>", "]]>&#0;&nosuch;"])
def test_nothing_that_people_write_is_markup(words: str) -> None:
    with opened(printed(words, EN)) as read:
        assert words.replace(" ", "") in read.replace(" ", "")


def test_it_brings_its_font_and_names_nobody_who_made_it() -> None:
    content = printed("髙橋😀\U00020bb7\u202e")
    assert b"/FontFile2" in content and b"/Author ()" in content
    with opened(content) as read:
        assert f"髙橋{sheet_page.NO_GLYPH * 3}" in read


@given(st.text(max_size=300))
@settings(max_examples=4, deadline=None)
def test_whatever_is_written_is_one_page(words: str) -> None:
    with opened(printed(words)) as read:
        assert FOOTER in read


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=8), st.floats(1, 2000))
def test_nobody_gets_less_than_an_equal_share_but_who_wants_less(wanted: Sequence[float], room: float) -> None:
    got = sheet_page.shares(wanted, room)
    assert sum(got) <= room * (1 + 1e-9)
    for each, want in zip(got, wanted, strict=True):
        assert each <= want
        assert each == want or each >= room / len(wanted) * (1 - 1e-9)
