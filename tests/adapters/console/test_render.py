"""Messages drawn on a terminal: never too wide, and never in command of it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from bot.adapters.console.render import LONGEST_SLOT, Line, clean, plain, render, width, wrap
from bot.chat.messages import Button, Message

CONTROLS = "\x1b\x9b\x07\b\r\n\t\x00\x7f\u202e\u200b\u200d\u2028\ufeff\ud800\ufe0f"
PIECES = [
    "\x1b[31m", "\x1b]0;title\x07", "\x1b[2J", "👩‍👩‍👧", "❤\ufe0f", "🇯🇵", "か\u3099", "ﾊﾟ", "한", "नि", "\u0301" * 5,
    "\u0e73\u0bc2" * 30, "、", "。", "「", "」", "word", " ", "長い文",
]  # fmt: skip
WILD = st.lists(
    st.one_of(
        st.sampled_from([*PIECES, *CONTROLS]),
        st.text(st.characters(exclude_categories=()), max_size=30),
    ),
    max_size=60,
).map("".join)
COLUMNS = st.integers(20, 120)


@given(WILD, WILD, COLUMNS, st.integers(0, 4))
def test_no_line_is_wider_than_the_terminal(words: str, people: str, columns: int, indent: int) -> None:
    buttons = tuple(Button(f"選ぶ{words[:40]}", "pick", str(n)) for n in range(3))
    message = Message(body=words, title=words[:50], quote=people, note=words, buttons=buttons)
    for line in render(message, columns, range(98, 101), indent):
        assert wcswidth(plain(line)) <= columns
        assert width(plain(line)) <= columns


@given(WILD)
def test_nothing_people_say_can_steer_the_terminal(people: str) -> None:
    for line in render(Message(quote=people), 80):
        for _, text in line:
            assert {unicodedata.category(char) for char in text}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@given(WILD, COLUMNS)
def test_wrapping_loses_nothing_but_spaces(text: str, columns: int) -> None:
    assert "".join(wrap(text, columns)).replace(" ", "") == clean(text).replace("\n", "").replace(" ", "")


def test_escape_sequences_go_as_a_whole() -> None:
    assert clean("\x1b[31m赤\x1b[0m\tい\r\n字\u202e") == "赤    い\n字"


def test_a_very_long_text_is_cut() -> None:
    assert len(clean("悩" * 1_000_000)) == LONGEST_SLOT + 1


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket() -> None:
    text = "あ" * 10 + "。" + "い" * 8 + "「う」" + "え" * 20
    lines = wrap(text, 20)
    assert lines[0] == "あ" * 9
    assert not [line for line in lines if line[0] in "。」" or line[-1] == "「"]


def test_latin_words_stay_whole() -> None:
    assert wrap("please write to somebody nearby", 20) == ["please write to", "somebody nearby"]


def shown(lines: list[Line]) -> list[str]:
    return [plain(line) for line in lines]


def test_a_message_in_its_slots() -> None:
    buttons = (Button("返信する", "reply"), Button("あとで", "later"))
    message = Message(title="悩み", body="届きました", quote="一行目\n二行目", note="名前は出ません", buttons=buttons)
    assert shown(render(message, 80, (1, 2))) == [
        "悩み", "届きました", "| 一行目", "| 二行目", "名前は出ません", "[1] 返信する  [2] あとで",
    ]  # fmt: skip


def test_buttons_go_on_in_the_next_line() -> None:
    buttons = tuple(Button(label, "go") for label in ("この内容で届ける", "書き直す", "やめる"))
    assert shown(render(Message(buttons=buttons), 34, (1, 2, 3))) == [
        "[1] この内容で届ける  [2] 書き直す", "[3] やめる",
    ]  # fmt: skip
