"""Buttons that belong beside each other stand in one row everywhere, and within what each platform takes."""

from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup

from bot.adapters.console.render import plain
from bot.adapters.console.render import render as in_the_console
from bot.adapters.slack.render import Renderer as Slack
from bot.adapters.telegram.render import Renderer as Telegram
from bot.chat.messages import Button, Message
from bot.store.packing import message_from_dict, message_to_dict
from bot.views.cards import conference
from bot.views.text import Text
from tests.sample_conference_votes import small
from tests.sample_conferences import sample

TWO = (
    Button("短い", "before"),
    *(Button(label, "mark", "1", beside=label != "① ◯") for label in ("① ◯", "△", "✕")),
    *(Button(label, "mark", "2", beside=label != "② ◯") for label in ("② ◯", "△", "✕")),
    Button("次", "after"),
    Button("もどる", "back"),
)
ROWS = [["短い"], ["① ◯", "△", "✕"], ["② ◯", "△", "✕"], ["次", "もどる"]]
WIDEST = 40
"""Columns: twenty full-width letters."""


def test_on_telegram() -> None:
    (part,) = Telegram(()).parts(Message("表", buttons=TWO), alone=False)
    assert isinstance(part.markup, InlineKeyboardMarkup)
    assert [[key.text for key in row] for row in part.markup.inline_keyboard] == ROWS
    many = tuple(Button(str(number), "mark", beside=True) for number in range(20))
    (part,) = Telegram(()).parts(Message("表", buttons=many), alone=False)
    assert isinstance(part.markup, InlineKeyboardMarkup)
    assert [len(row) for row in part.markup.inline_keyboard] == [8, 8, 4]


def test_on_slack() -> None:
    blocks = Slack("/yorisoi", ()).buttons(TWO)
    assert [[each["text"]["text"] for each in block["elements"]] for block in blocks] == ROWS
    names = [each["action_id"] for block in blocks for each in block["elements"]]
    assert len(set(names)) == len(names)
    many = Slack("/yorisoi", ()).buttons(Button(str(number), "mark", beside=True) for number in range(12))
    assert [len(block["elements"]) for block in many] == [5, 5, 2]


def test_in_the_console() -> None:
    lines = [plain(line) for line in in_the_console(Message(buttons=TWO), 80, range(1, 10))]
    assert lines == ["[1] 短い", "[2] ① ◯  [3] △  [4] ✕", "[5] ② ◯  [6] △  [7] ✕", "[8] 次  [9] もどる"]


def test_a_letter_keeps_them_and_says_nothing_new_without_them() -> None:
    message = Message("表", buttons=TWO)
    packed = message_to_dict(message)
    assert message_from_dict(packed) == message
    assert packed["buttons"][0] == ["短い", "before", ""], "as an older version reads it"


def test_the_fullest_table_of_six_dates_is_one_screen_wide() -> None:
    for language in ("ja", "en"):
        card = conference.poll(Text(language, ZoneInfo("Asia/Tokyo")), small(sample()))
        lines = in_the_console(Message(card.body), WIDEST)
        assert len(lines) == len(card.body.splitlines()) == 6, "no line is broken"
        assert len(Slack("/yorisoi", ()).buttons(card.buttons)) == 6
