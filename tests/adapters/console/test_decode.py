"""One typed line → what is meant, for any text whatever."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.console.decode import (
    Blank,
    Clock,
    Enter,
    Meant,
    Switch,
    Unclear,
    Window,
    decode,
    pick,
    with_newlines,
)
from bot.chat.events import Command, Text

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)


@given(ANY_TEXT)
def test_any_text_is_understood_or_passed_on_whole(line: str) -> None:
    meant = decode(line)
    if isinstance(meant, Text):
        assert meant.text == line
    if not line.strip():
        assert meant == Blank()


@given(st.sampled_from([":", "：", "/", "／", ":as ", ":in ", ":clock +", "："]), ANY_TEXT)
def test_any_command_with_any_tail_is_harmless(start: str, tail: str) -> None:
    assert decode(start + tail) is not None


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (":as ken", Switch("ken")),
        ("：ａｓ　ken --dialogs", Switch("ken", dialogs=True)),
        (":as sato --coordinator --questions", Switch("sato", "coordinator", False)),
        (":as よそ --stranger", Switch("よそ", "stranger")),
        (":in 広場", Enter("広場")),
        (":dm", Enter()),
        (":clock", Clock()),
        (":clock +3d", Clock(timedelta(days=3))),
        (":clock ＋１ｄ１２ｈ", Clock(timedelta(days=1, hours=12))),
        (":clock +30m", Clock(timedelta(minutes=30))),
        (":QUIT", Window("quit")),
        ("/worry", Command("worry")),
        ("／ask　親の会に  行けない ", Command("ask", "親の会に  行けない")),
        ("3", Text("3")),
        ("/", Text("/")),
        (" / いいえ", Text(" / いいえ")),
    ],
)
def test_lines_and_what_they_mean(line: str, meant: Meant) -> None:
    assert decode(line) == meant


@pytest.mark.parametrize("step", ["-3d", "+", "+0d", "3d", "+3w", "+99999d", "+3d昨日", "+1h2d"])
def test_the_clock_goes_forward_by_a_step_it_can_read(step: str) -> None:
    assert decode(f":clock {step}") == Unclear("console.unclear.clock")


@pytest.mark.parametrize(
    "line", [":as", ":as a b", ":as ken --dialogs --questions", ":as ken --boss", ":as x --stranger --coordinator"]
)
def test_a_person_is_named_once_and_clearly(line: str) -> None:
    assert decode(line) == Unclear("console.unclear.as")


def test_an_unknown_window_command_is_named() -> None:
    assert decode(":jump 3") == Unclear("console.unclear.command", "jump")


def test_a_million_characters_are_just_a_text() -> None:
    assert decode("悩" * 1_000_000) == Text("悩" * 1_000_000)


@given(ANY_TEXT)
def test_picking_by_any_text_never_fails(line: str) -> None:
    assert pick(line, {1: "one"}, [("返信する", "reply")]) in ("one", "reply", None)


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_number_picks_what_bears_it(asked: int, count: int) -> None:
    numbered = {number: number for number in range(1, count + 1)}
    assert pick(f" {asked} ", numbered, []) == (asked if asked <= count else None)


def test_labels_match_whatever_their_width_and_the_first_of_equals_wins() -> None:
    labelled = [("ＯＫ です", "new"), ("OK です", "old"), ("3", "a label, not a number")]
    assert pick("OK　です ", {}, labelled) == "new"
    assert pick("３", {3: "number"}, labelled) == "number"
    assert pick("OK", {}, labelled) is None


def test_new_lines_can_be_typed_on_one_line() -> None:
    assert with_newlines(r"一行目\n二行目¥n三行目") == "一行目\n二行目\n三行目"
