"""Everything the bot says as Block Kit: within all limits, nothing lost that fits, nothing cut inside a character."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack.dialogs import Dialogs
from bot.adapters.slack.escaping import cut, size
from bot.adapters.slack.render import Renderer
from bot.app.platforms import commands
from bot.chat.messages import Button, Field, Form, Message, Reply
from bot.chat.pieces import pieces
from bot.knowledge.points import load
from bot.views.text import LANGUAGES, Text, words
from tests.adapters.sample_forms import every_form
from tests.adapters.slack.checks import check_home, check_modal, check_post, part, pressed, squeezed, texts
from tests.adapters.slack.wild import CHAIN, FAMILY, MOST_ARGUMENT, UNITS, Recipe, WildField, WildForm, WildMessage
from tests.sample_cards import every_message
from tests.slack.blocks import Json, inputs
from tests.source import BOT

RENDERER = Renderer("/yorisoi", commands())
DIALOGS = Dialogs(RENDERER)
TEXTS = {language: Text(language, ZoneInfo("Asia/Tokyo")) for language in LANGUAGES}
WORDS = TEXTS["ja"]
HANDBOOK = BOT / "knowledge" / "handbook"
CARDS = [card for text in TEXTS.values() for card in every_message(text, load(HANDBOOK, text.language))]
TYPED = re.compile(r"(?<![\w/])/[a-z]+")
"""A command as it is typed elsewhere."""


def wild(times: int, most: int) -> st.SearchStrategy[Recipe]:
    return st.builds(
        Recipe, st.lists(st.tuples(st.sampled_from(UNITS), st.integers(0, times)), max_size=5), st.just(most)
    )


LONG, SHORT, LABEL = wild(6_000, 20_000), wild(80, 300), wild(20, 120)
MESSAGES = st.builds(WildMessage, SHORT, LONG | SHORT, LONG, SHORT | LONG, st.lists(LABEL, max_size=60))
FIELDS = st.builds(
    WildField, LABEL, st.sampled_from(["line", "paragraph", "choice", "datetime"]), st.booleans(),
    st.lists(LABEL, min_size=1, max_size=40), LONG | SHORT,
)  # fmt: skip
FORMS = st.builds(WildForm, SHORT, st.lists(FIELDS, max_size=60), st.text("abcxyz0123456789:", max_size=MOST_ARGUMENT))


def posts(message: Message) -> list[Json]:
    rendered = RENDERER.messages(message)
    for each in (*rendered, RENDERER.whole(message)):
        check_post(each)
    return rendered


def blocks(payloads: Sequence[Json]) -> list[Json]:
    return [block for payload in payloads for block in payload["blocks"]]


def whole(message: Message) -> str:
    """Every word from top to bottom, as it has to be shown."""
    title = cut(RENDERER.own(message.title), 150)
    return squeezed(title, RENDERER.own(message.body), message.quote, RENDERER.own(message.note))


def marks(buttons: Sequence[Button]) -> list[tuple[str, str]]:
    return [(button.action, button.argument) for button in buttons]


def check_everywhere(message: Message) -> None:
    rendered, everything = blocks(posts(message)), whole(message)
    assert squeezed(*texts(rendered)) in (everything, "…")
    assert pressed(rendered) == marks(message.buttons)
    for shown in (RENDERER.whole(message)["blocks"], _modal(message), _home(message)):
        assert pressed(shown) == marks(message.buttons), "every door stays open, and is there once"
        kept = squeezed(*texts(shown))
        assert kept.removesuffix("…") in everything
        if size(everything) < 6000 and len(message.buttons) < 20:
            title = squeezed(cut(RENDERER.own(message.title), 150))
            below = everything.removeprefix(title) or ("" if message.buttons else "…")
            assert kept in (everything, below), "nothing is lost where it fits"


def _modal(message: Message) -> list[Json]:
    view = DIALOGS.message(message, WORDS)
    check_modal(view)
    return list(view["blocks"])


def _home(message: Message) -> list[Json]:
    view = DIALOGS.home(message)
    check_home(view)
    return list(view["blocks"])


@pytest.mark.parametrize("card", CARDS)
def test_every_card(card: Message) -> None:
    check_everywhere(card)
    assert len(posts(card)) == 1, "a card is one message"
    assert squeezed(*texts(posts(card)[0]["blocks"])) == whole(card)


@settings(deadline=None, max_examples=30)
@given(MESSAGES)
def test_any_message(wild: WildMessage) -> None:
    check_everywhere(wild.message)


@pytest.mark.parametrize("unit", ["悩", "&", "\n", CHAIN])
def test_a_hundred_thousand_characters(unit: str) -> None:
    text, less = (Recipe([(unit, most)], most).text for most in (100_000, 11_000))
    buttons = tuple(Button(f"{n}番 {'・' * 70}", "go", str(n)) for n in range(60))
    check_everywhere(Message(less, less, less, "おわり", buttons))
    check_everywhere(Message("はじめに", quote=text))
    check_quote(text)


@settings(deadline=None, max_examples=15)
@given(LONG)
def test_a_quote_comes_whole_and_is_cut_between_characters(wild: Recipe) -> None:
    check_quote(wild.text)


def check_quote(quote: str) -> None:
    shown = [piece for payload in posts(Message(quote=quote)) for piece in texts(payload["blocks"])]
    if squeezed(quote):
        assert squeezed(*shown) == squeezed(quote)
    cut_up = list(pieces(quote, 3000, size))
    assert "".join(cut_up) == quote
    assert all(0 < size(piece) <= 3000 for piece in cut_up)
    check_borders(quote, cut_up)


@settings(deadline=None)
@given(wild(40, 2_000), st.integers(40, 400))
def test_pieces_are_cut_between_characters(wild: Recipe, limit: int) -> None:
    cut_up = [piece for piece in pieces(wild.text, limit, size) if piece]
    assert "".join(cut_up) == wild.text
    assert all(size(piece) <= max(limit, 64) for piece in cut_up)
    check_borders(wild.text, cut_up)


def check_borders(text: str, cut_up: Sequence[str]) -> None:
    """Inside a character only where it is an endless chain."""
    borders = {found.start(): len(found[0]) for found in regex.finditer(r"\X", text)}
    long = [found.span() for found in regex.finditer(r"\X", text) if len(found[0]) > 32]
    at = 0
    for piece in cut_up[:-1]:
        at += len(piece)
        assert at in borders or any(start < at < end for start, end in long), text[at - 5 : at + 5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form(language: str) -> None:
    for form in every_form(TEXTS[language]):
        view = DIALOGS.form(form, TEXTS[language])
        check_form(form, view)
        assert part(view, "title") == form.title, "no title of ours is cut"
        again = DIALOGS.of(Reply(Message("もう一度お願いします"), form, field=form.fields[0].name), TEXTS[language])
        check_form(form, again)
        assert texts(again["blocks"]) == ["もう一度お願いします"]


@settings(deadline=None, max_examples=40)
@given(FORMS, SHORT)
def test_any_form(wild: WildForm, why: Recipe) -> None:
    check_form(wild.form, DIALOGS.form(wild.form, WORDS, said=Message(why.text)))


def check_form(form: Form, view: Json) -> None:
    check_modal(view)
    assert (view["callback_id"], view["private_metadata"]) == (form.name, form.argument)
    asked = inputs(view["blocks"])
    assert [block["block_id"] for block in asked] == [field.name for field in form.fields]
    assert pressed(view["blocks"]) == [("form.later", form.argument)]
    for block, field in zip(asked, form.fields, strict=True):
        element = block["element"]
        assert block["optional"] is not field.required
        if field.kind == "choice":
            assert [option["value"] for option in element["options"]] == [choice.value for choice in field.choices]
            chosen = element.get("initial_option", {}).get("value", "")
            assert chosen == (field.value if field.value in {choice.value for choice in field.choices} else "")
        else:
            assert element.get("initial_value", "").rstrip("…") in field.value
            assert element["multiline"] is (field.kind == "paragraph")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("あ" * 24, "あ" * 24),
        ("あ" * 25, "あ" * 23 + "…"),
        ("𠮷" * 12, "𠮷" * 12),
        ("𠮷" * 13, "𠮷" * 11 + "…"),
        ("a&b" * 4, "a&ba&ba&ba…"),
        (FAMILY * 3, FAMILY * 2 + "…"),
        ("<悩み>" * 2, "<悩み>" * 2),
    ],
)
def test_titles_are_counted_as_slack_counts(title: str, shown: str) -> None:
    form = Form("x", title, (Field("f", "F"),))
    assert part(DIALOGS.form(form, WORDS), "title") == shown
    said = texts(DIALOGS.form(form, WORDS)["blocks"])
    assert said == ([] if title == shown else [title]), "what does not fit above stands in the dialog"
    message = DIALOGS.message(Message("x", title=title), WORDS)
    assert part(message, "title") == (title if title == shown else WORDS("slack.title"))
    assert texts(message["blocks"]) == (["x"] if title == shown else [title, "x"])


def test_slots_from_top_to_bottom() -> None:
    message = Message("届きました", "悩み", "一行目\n二行目", "名前は出ません", (Button("返信する", "reply", "w1"),))
    (payload,) = posts(message)
    kinds = [block["type"] for block in payload["blocks"]]
    assert kinds == ["header", "section", "divider", "section", "context", "actions"]
    assert texts(payload["blocks"]) == ["悩み", "届きました", "一行目\n二行目", "名前は出ません"]
    assert payload["text"] == "悩み"


def test_the_lock_screen_shows_our_own_words_only() -> None:
    assert RENDERER.fallback(Message(quote="悩み")) == "…"
    assert RENDERER.fallback(Message("<a & b>", quote="悩み", note="n")) == "&lt;a &amp; b&gt;"
    assert size(RENDERER.fallback(Message("&" * 400))) <= 1000


def test_buttons_stand_under_the_last_of_several_messages() -> None:
    buttons = tuple(Button(f"{n}番", "go", str(n)) for n in range(12))
    payloads = posts(Message(quote="悩" * 30_000, buttons=buttons))
    assert len(payloads) == 3
    assert [pressed(payload["blocks"]) for payload in payloads] == [[], [], marks(buttons)]


def test_commands_in_our_words_are_those_one_types_here() -> None:
    message = Message(
        "/menu と「/ask 質問」、/worryへ。/menubar a/menu /nothing //menu", "/help", "/menu", "/join CODE"
    )
    message = Message(message.body, message.title, message.quote, message.note, (Button("/here する", "x"),))
    (payload,) = posts(message)
    assert texts(payload["blocks"]) == [
        "/yorisoi help",
        "/yorisoi menu と「/yorisoi ask 質問」、/yorisoi worryへ。/menubar a/menu /nothing //menu",
        "/menu",
        "/yorisoi join CODE",
    ]
    assert payload["blocks"][-1]["elements"][0]["text"]["text"] == "/yorisoi here する"
    assert payload["text"] == "/yorisoi help"


def naming_commands() -> list[tuple[str, str]]:
    """Of all that is said anywhere but at a terminal."""
    said = ((f"{language} {key}", spoken) for language in LANGUAGES for key, spoken in words(language).items())
    return [each for each in said if TYPED.search(each[1]) and not each[0].split()[1].startswith(("console.", "cli."))]


@pytest.mark.parametrize(("key", "spoken"), naming_commands())
def test_no_word_of_ours_names_a_command_that_does_not_exist_here(key: str, spoken: str) -> None:
    named = set(re.findall(r"/(\w+)", RENDERER.own(spoken).replace("/yorisoi ", "")))
    assert not named & commands(), key
