"""What is stored and shown hides nothing, and is counted as people count."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.cleaning import clean, length, shorten

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
HIDDEN = "\u200b\u200d\u2060\ufeff\u202e\u2066\u00ad\u034f\u3164\u180e\U000e0041\U000e0100\ufe0f\ud800"
SEEN = "\r\n\t か\u3099e\u0301👩👧🏻1\u20e3"
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(HIDDEN + SEEN)))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        (" \u3000\n \t\n", ""),
        ("困っています", "困っています"),
        ("か\u3099", "が"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("一\n\n\n\n\n二", "一\n\n二"),
        ("一\n \n\u3000\n \n二", "一\n\n二"),
        ("行の終わりの空白  \nも印になる", "行の終わりの空白\nも印になる"),
        ("a\tb\u00a0c\u2009d", "a b c d"),
        ("死\u200bに\u2060たい\ufeff", "死にたい"),
        ("\u202e逆\u2066向き", "逆向き"),
        ("\x00\x1b[31m赤\x85", "[31m赤"),
        ("名\U000e0041\U000e0042札", "名札"),
        ("葛\U000e0100城", "葛城"),
        ("無\ufe0f印\u3164", "無印"),
        ("\ud83d片方だけ\udc00", "片方だけ"),
        (FAMILY, FAMILY),
        ("❤\ufe0f と 1\ufe0f\u20e3", "❤\ufe0f と 1\ufe0f\u20e3"),
        ("1\ufe0f2", "12"),
        ("👩\u200d\u200d\u200d👧", "👩👧"),
        ("👩\u200dさん", "👩さん"),
    ],
)
def test_nothing_hidden_stays_and_nothing_seen_goes(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_a_single_line_has_no_line_break() -> None:
    assert clean("題名\r\n\r\n続き\u2028終わり", lines=False) == "題名 続き 終わり"


def test_marks_and_joined_pictures_do_not_pile_up() -> None:
    assert len(clean("e" + "\u0301\u0316" * 50_000)) <= 10
    assert max(map(len, clean("👩\u200d" * 1000).split("👩👩"))) < 30


@settings(deadline=None)
@given(ANY_TEXT, st.booleans())
def test_cleaned_text_is_clean_and_stays_as_it_is(text: str, lines: bool) -> None:
    cleaned = clean(text, lines=lines)
    assert clean(cleaned, lines=lines) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")
    unwanted = {sign for sign in cleaned if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}}
    assert unwanted <= ({"\n", "\u200d"} if lines else {"\u200d"})
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("abc", 3),
        ("困った。", 4),
        (FAMILY, 1),
        ("e\u0301", 1),
        ("か\u3099", 1),
        ("🇯🇵🇯🇵", 2),
        ("ｶﾞ", 1),
    ],
)
def test_characters_are_counted_as_people_see_them(text: str, seen: int) -> None:
    assert length(text) == seen


def test_an_endless_character_is_not_counted_as_one() -> None:
    assert length("\u1100" * 100_000) > 3000


@settings(deadline=None)
@given(ANY_TEXT, st.integers(-1, 30))
def test_shortened_text_fits_and_keeps_what_fitted_already(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert length(short) <= max(limit, 0)
    if length(text) <= limit:
        assert short == text
    elif limit > 0:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


def test_a_family_is_not_cut_apart() -> None:
    assert shorten(f"はい{FAMILY}どうも", 4) == f"はい{FAMILY}…"
    assert shorten(f"はい{FAMILY}どうも", 3) == "はい…"


@pytest.mark.parametrize("piece", ["困っています。\n", "a\u200b", "\u0301\u0316", "👩\u200d", " ", "1\ufe0f\u20e3"])
def test_a_megabyte_is_cleaned_in_linear_time(piece: str) -> None:
    small, large = (piece * (size // len(piece.encode())) for size in (100_000, 1_000_000))
    assert _seconds(large) < 40 * _seconds(small) + 0.05


def _seconds(text: str) -> float:
    started = time.process_time()
    clean(text)
    return time.process_time() - started
