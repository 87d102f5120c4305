"""Messages as Telegram takes them: nothing in people's words comes to life, nothing is cut inside a character."""

import json
import random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram import Message as LibraryMessage

from bot.adapters.telegram.harmless import JOINER, harmless, size
from bot.adapters.telegram.render import LIMIT, Part, Renderer
from bot.adapters.telegram.words import MENU
from bot.chat.messages import Button, Message
from bot.knowledge.handbook import BUNDLED
from bot.knowledge.points import load
from bot.views.text import Text
from tests.sample_cards import every_message
from tests.telegram.markup import live_in
from tests.telegram.rules import checked_markup, checked_text
from tests.telegram.typed import covered

RENDERER = Renderer(MENU)

SHARP = (
    "@hana_sato", "＠hana", "/worry", "/worry@fake_yorisoi_bot", "#ひきこもり", "＃東京", "$TON", "$1INCH",
    "https://example.com/a?b=c#d", "http://例え.jp", "example.com", "EXAMPLE.CO.JP/x", "tg://user?id=5", "tg://resolve?domain=x",
    "t.me/joinchat/abc", "ftp://a.example", "mailto:a@b.example", "hana.sato+x@example.co.jp", "090-1234-5678",
    "+81 90 1234 5678", "0312345678", "（03）1234-5678", "192.168.0.1", "10.0.0.1:8080/x", "4111 1111 1111 1111",
    "<a href='tg://user?id=5'>x</a>", "[x](tg://user?id=5)", "**x**", "__x__", "`x`", "||x||", "<b>", "&lt;", "_", "*",
    "a@b@c@d", "//x", "##x", "@@x", "@/#$", "x.y.z.com", "1.2.3.4", "www.example.com",
    "bot.example/@x/#y", "１２３４５６７８９０１",
)  # fmt: skip


def sent(part: Part) -> tuple[str, list[dict[str, object]]]:
    """As Telegram keeps it, with everything it finds in it."""
    arguments = part.arguments()
    entities = [each.to_dict() for each in arguments["entities"] or ()]
    return checked_text({"text": arguments["text"], "entities": entities})


def said(message: Message, *, alone: bool = True) -> str:
    return "".join(part.text for part in RENDERER.parts(message, alone=alone)).replace(JOINER, "")


@pytest.mark.parametrize("words", SHARP)
@pytest.mark.parametrize("around", ["{}", "これは{}です", "({})", "「{}」", "a {} b", "\n{}\n", "。{}、", "{0}{0}"])
def test_nothing_sharp_comes_to_life(words: str, around: str) -> None:
    quote = around.format(words)
    assert live_in(harmless(quote)) == []
    assert said(Message(quote=quote)).strip() == quote.strip()


def test_ten_thousand_sharp_texts_stay_dead_as_telegram_keeps_them() -> None:
    chance = random.Random(4)
    between = ("", " ", "\n", "、", "。", "の", "-", "(", ")", "/", "@", ".", "a", "1", "　", "😀")
    for _ in range(10_000):
        words = "".join(chance.choice(SHARP) + chance.choice(between) for _ in range(chance.randint(1, 4)))
        (part,) = RENDERER.parts(Message(title="題", quote=words), alone=False)
        text, found = sent(part)
        assert {each["type"] for each in found} <= {"bold", "blockquote"}, repr(text)


@settings(max_examples=1500, deadline=None)
@given(st.text(alphabet=st.sampled_from("@/#$.:-+_aZé0９日＃＠ 　\n😀()0123456789comjptg"), max_size=60))
def test_nothing_that_can_be_made_of_the_sharp_signs_comes_to_life(words: str) -> None:
    quoted = harmless(words)
    assert live_in(quoted) == []
    assert quoted.replace(JOINER, "") == words


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=400), st.text(max_size=200), st.text(max_size=200), st.integers(1, 30))
def test_whatever_is_said_arrives_whole_and_in_order(title: str, body: str, quote: str, note: str, times: int) -> None:
    message = Message(body=body * times, title=title, quote=quote * times, note=note)
    parts = RENDERER.parts(message, alone=True)
    for part in parts:
        assert 0 < size(part.text) <= LIMIT
        _, found = sent(part)
        assert {each["type"] for each in found} <= {"bold", "blockquote", "italic"} | {
            kind.split(":")[0] for kind in live_in(part.text)
        }
    assert parts[-1].markup is None


def test_a_long_text_is_cut_between_characters_and_at_line_ends() -> None:
    family = "👨‍👩‍👧‍👦"
    parts = RENDERER.parts(Message(quote=family * 700), alone=True)
    assert len(parts) > 1
    assert all(part.text.replace(family, "") == "" for part in parts)
    lines = "\n".join(f"{number}行め" + "あ" * 90 for number in range(120))
    parts = RENDERER.parts(Message(body=lines), alone=True)
    assert "\n".join(part.text for part in parts) == lines
    for exact in ("あ" * 4096, "😀" * 2048):
        assert [part.text for part in RENDERER.parts(Message(body=exact), alone=True)] == [exact]
        assert len(RENDERER.parts(Message(body=exact + "い"), alone=True)) == 2


def test_the_quote_is_marked_in_every_part_and_the_buttons_stand_under_the_last() -> None:
    button = Button("返信する", "worry.reply", "abc")
    parts = RENDERER.parts(Message(title="題", quote="い" * 9000, note="註", buttons=(button,)), alone=False)
    assert [part.markup is not None for part in parts] == [False] * (len(parts) - 1) + [True]
    for part in parts:
        text, found = sent(part)
        quoted = [covered(text, each) for each in found if each["type"] == "blockquote"]
        assert all(set(each) == {"い"} for each in quoted)
        assert part.protected
    assert sum(text.count("い") for text, _ in map(sent, parts)) == 9000


def test_half_characters_and_silence_are_no_trouble() -> None:
    for words in ("\ud83d", "a\udc00b", "\x00", " ", "\n\n", "\u2028"):
        for part in RENDERER.parts(Message(body=words, quote=words, title=words), alone=True):
            part.text.encode()
    assert [part.text for part in RENDERER.parts(Message(), alone=True)] == ["…"]


def test_a_message_of_just_the_menu_sets_the_keyboard_under_the_chat_and_only_there() -> None:
    doors = tuple(Button(f"扉{number}", action) for number, action in enumerate(MENU))
    assert isinstance(RENDERER.parts(Message("x", buttons=doors), alone=True)[-1].markup, ReplyKeyboardMarkup)
    assert isinstance(RENDERER.parts(Message("x", buttons=doors), alone=False)[-1].markup, InlineKeyboardMarkup)
    more = (*doors, Button("続き", "form.resume"))
    assert isinstance(RENDERER.parts(Message("x", buttons=more), alone=True)[-1].markup, InlineKeyboardMarkup)
    assert isinstance(RENDERER.parts(Message("x", buttons=doors[:1]), alone=True)[-1].markup, InlineKeyboardMarkup)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("alone", [True, False])
def test_everything_the_bot_ever_says_is_taken(language: str, alone: bool) -> None:
    """Every card and every question, held against Telegram's own limits and the library's own models."""
    for message in every_message(Text(language, ZoneInfo("Asia/Tokyo")), load(BUNDLED, language)):
        for part in RENDERER.parts(message, alone=alone):
            text, found = sent(part)
            markup = part.markup.to_dict() if part.markup else None
            checked_markup(json.loads(json.dumps(markup)))
            for button in _buttons(markup):
                assert len(str(button["callback_data"]).encode()) <= 64
            shown = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": text, "entities": found}
            kept = LibraryMessage.de_json(shown)
            assert kept.text == text and len(kept.entities) == len(found)


def _buttons(markup: dict[str, object] | None) -> list[dict[str, object]]:
    rows = (markup or {}).get("inline_keyboard", [])
    assert isinstance(rows, list)
    return [button for row in rows for button in row]
