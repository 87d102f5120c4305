"""Everything the bot says as Block Kit: within all limits, nothing lost that fits, nothing cut inside a character."""

import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack.dialogs import Dialogs
from bot.adapters.slack.escaping import cut, pieces, size
from bot.adapters.slack.render import Renderer
from bot.app.platforms import commands
from bot.chat.messages import ACTION_BYTES, Button, Choice, Field, Form, Message, Reply
from bot.knowledge.points import load
from bot.views.text import LANGUAGES, Text, words
from tests.adapters.sample_forms import every_form
from tests.adapters.slack_checks import check_home, check_modal, check_post, part, pressed, squeezed, texts
from tests.sample_cards import every_message
from tests.source import BOT
from tests.slack.blocks import Json, inputs

RENDERER = Renderer("/yorisoi", commands())
DIALOGS = Dialogs(RENDERER)
TEXTS = {language: Text(language, ZoneInfo("Asia/Tokyo")) for language in LANGUAGES}
WORDS = TEXTS["ja"]
HANDBOOK = BOT / "knowledge" / "handbook"
CARDS = [card for text in TEXTS.values() for card in every_message(text, load(HANDBOOK, text.language))]
TYPED = re.compile(r"(?<![\w/])/[a-z]+")
"""A command as it is typed elsewhere."""

FAMILY, ZALGO, CHAIN = "👩‍👩‍👧‍👦", "o" + "\u0301\u0327" * 12, "👩‍" * 40
UNITS = [
    "悩", "か\u3099", "𠮷", "🇯🇵", "❤\ufe0f", "नि", "\r\n", "\n", " ", "　", "&", "<", "&lt;", "word ", "/menu ", "\u202e",
    FAMILY, ZALGO, CHAIN,
]  # fmt: skip
FEW, MANY = st.integers(0, 80), st.integers(0, 20_000)


def wild(times: st.SearchStrategy[int], most: int) -> st.SearchStrategy[str]:
    runs = st.lists(st.tuples(st.sampled_from(UNITS), times), max_size=5)
    return runs.map(lambda runs: "".join(unit * count for unit, count in runs)[:most])


LONG, SHORT = wild(MANY, 100_000), wild(FEW, 300)
LABELS = wild(FEW, 120).map(lambda label: f"・{label}")
BUTTONS = st.lists(LABELS, max_size=60).map(
    lambda labels: tuple(Button(label, "do.it", str(n) if n % 2 else "") for n, label in enumerate(labels))
)
MESSAGES = st.builds(Message, body=LONG | SHORT, title=SHORT, quote=LONG, note=SHORT | LONG, buttons=BUTTONS)
CHOICES = st.lists(LABELS, min_size=1, max_size=40).map(
    lambda labels: tuple(Choice(f"choice{n}", label) for n, label in enumerate(labels))
)
FIELDS = st.builds(
    Field, st.just("name"), LABELS, st.sampled_from(["line", "paragraph", "choice", "datetime"]), st.booleans(),
    st.integers(1, 5000), CHOICES, LONG | SHORT | st.just("choice3"),
)  # fmt: skip
FORMS = st.builds(
    lambda title, fields, argument: Form("a.form", f"・{title}", fields, argument),
    SHORT,
    st.lists(FIELDS, max_size=60).map(
        lambda fields: tuple(
            Field(f"f{n}", f.label, f.kind, f.required, f.limit, f.choices, f.value) for n, f in enumerate(fields)
        )
    ),
    st.text("abcxyz0123456789:", max_size=ACTION_BYTES - len("form.later:")),
)


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
        assert pressed(shown) == marks(message.buttons), "every door stays open"
        kept = squeezed(*texts(shown)).removesuffix("…")
        assert kept in everything
        if size(everything) < 6000 and len(message.buttons) < 20:
            assert everything.endswith(kept), "nothing is lost where it fits"
            assert kept in (everything, everything.removeprefix(squeezed(message.title)))


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


@settings(deadline=None, max_examples=60)
@given(MESSAGES)
def test_any_message(message: Message) -> None:
    check_everywhere(message)


@settings(deadline=None, max_examples=60)
@given(LONG)
def test_a_quote_comes_whole_and_is_cut_between_characters(quote: str) -> None:
    shown = [piece for payload in posts(Message(quote=quote)) for piece in texts(payload["blocks"])]
    if squeezed(quote):
        assert squeezed(*shown) == squeezed(quote)
    for piece in pieces(quote, 3000):
        assert 0 < size(piece) <= 3000
    check_borders(quote, list(pieces(quote, 3000)))


@settings(deadline=None)
@given(wild(st.integers(0, 40), 2000), st.integers(40, 400))
def test_pieces_are_cut_between_characters(text: str, limit: int) -> None:
    cut_up = [piece for piece in pieces(text, limit) if piece]
    assert "".join(cut_up) == text
    assert all(size(piece) <= max(limit, 64) for piece in cut_up)
    check_borders(text, cut_up)


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


@settings(deadline=None, max_examples=60)
@given(FORMS, SHORT)
def test_any_form(form: Form, why: str) -> None:
    check_form(form, DIALOGS.form(form, WORDS, said=Message(why)))


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
        ("a&b" * 4, "a&ba&ba…"),
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


def every_word() -> Iterator[tuple[str, str]]:
    """All but what is said at a terminal."""
    for language in LANGUAGES:
        for key, spoken in words(language).items():
            if TYPED.search(spoken) and not key.startswith(("console.", "cli.")):
                yield f"{language} {key}", spoken


@pytest.mark.parametrize(("key", "spoken"), every_word())
def test_no_word_of_ours_names_a_command_that_does_not_exist_here(key: str, spoken: str) -> None:
    named = set(re.findall(r"/(\w+)", RENDERER.own(spoken).replace("/yorisoi ", "")))
    assert not named & commands(), key
