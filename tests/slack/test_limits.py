"""Slack's limits bite: what stands just inside passes, and one more does not."""

from typing import Any

import pytest

from tests.slack.blocks import Json
from tests.slack.bolt_bot import button, form, line, plain, section
from tests.slack.limits import SlackError, check_message, check_view


def code(check: Any, *args: Any) -> str:
    """Empty when it passes."""
    try:
        check(*args)
    except SlackError as error:
        return error.code
    return ""


def of_message(**args: Any) -> str:
    return code(check_message, args)


def of_blocks(*blocks: Json) -> str:
    return of_message(text="x", blocks=list(blocks))


def of_view(view: Json) -> str:
    return code(check_view, view, view["type"])


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, label: str = "Label") -> Json:
    return {"type": "input", "label": plain(label), "element": element}


def options(many: int, text: str = "one", value: str = "") -> list[Json]:
    return [{"text": plain(text), "value": value or f"{number}"} for number in range(many)]


def choice(kind: str, many: int, text: str = "one", value: str = "") -> Json:
    return field({"type": kind, "action_id": "a", "options": options(many, text, value)})


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


BLOCKS = [
    ("a section", lambda n: section("x" * n), 3_000),
    ("a header", lambda n: {"type": "header", "text": plain("x" * n)}, 150),
    ("a label of a button", lambda n: actions(button("x" * n, "a")), 75),
    ("a label that grows when escaped", lambda n: actions(button("&" * n, "a")), 15),
    ("a label in wide letters", lambda n: actions(button("😀" * n, "a")), 37),
    ("mrkdwn is escaped already", lambda n: {"type": "section", "text": mrkdwn("<" * n)}, 3_000),
    ("a value of a button", lambda n: actions(button("x", "a", "x" * n)), 2_000),
    ("an action_id", lambda n: actions(button("x", "a" * n)), 255),
    ("a block_id", lambda n: {"type": "divider", "block_id": "b" * n}, 255),
    ("buttons in a row", lambda n: actions(*(button("x", f"a{number}") for number in range(n))), 25),
    ("a context", lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}, 10),
    ("fields", lambda n: {"type": "section", "fields": [plain("x")] * n}, 10),
]


@pytest.mark.parametrize(("what", "made", "most"), BLOCKS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_block_of_a_message(what: str, made: Any, most: int) -> None:
    assert of_blocks(made(most)) == "", what
    assert of_blocks(made(most + 1)) == "invalid_blocks", what


FORMS = [
    ("a title", lambda n: form(section("x"), title="x" * n), 24),
    ("a title that grows when escaped", lambda n: form(section("x"), title="<" * n), 6),
    ("a submit button", lambda n: form(section("x"), submit=plain("x" * n)), 24),
    ("a close button", lambda n: form(section("x"), close=plain("x" * n)), 24),
    ("a callback_id", lambda n: form(section("x"), callback_id="x" * n), 255),
    ("private_metadata", lambda n: form(section("x"), private_metadata="x" * n), 3_000),
    ("a label", lambda n: form(line("q", "x" * n)), 2_000),
    ("a placeholder", lambda n: form(line("q", "x", placeholder=plain("x" * n))), 150),
    ("an initial value", lambda n: form(line("q", "x", initial_value="x" * n)), 3_000),
    ("a max_length", lambda n: form(line("q", "x", max_length=n)), 3_000),
    ("options of a menu", lambda n: form(choice("static_select", n)), 100),
    ("radio buttons", lambda n: form(choice("radio_buttons", n)), 10),
    ("an option", lambda n: form(choice("static_select", 1, "x" * n)), 75),
    ("a value of an option", lambda n: form(choice("static_select", 1, "x", "x" * n)), 150),
    ("blocks", lambda n: form(*[{"type": "divider"}] * n), 100),
]


@pytest.mark.parametrize(("what", "made", "most"), FORMS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_view(what: str, made: Any, most: int) -> None:
    assert of_view(made(most)) == "", what
    assert of_view(made(most + 1)) == "invalid_arguments", what


def test_the_text_of_a_message() -> None:
    assert of_message() == "no_text"
    assert of_message(text="x" * 40_000) == ""
    assert of_message(text="x" * 40_001) == "msg_too_long"


def test_all_blocks_together() -> None:
    assert of_blocks(*[{"type": "divider"}] * 50) == ""
    assert of_blocks(*[{"type": "divider"}] * 51) == "invalid_blocks"
    assert of_blocks(*[section("x" * 2_640)] * 5) == ""
    assert of_blocks(*[section("x" * 2_641)] * 5) == "msg_blocks_too_long"


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": plain("")},
        {"type": "header", "text": mrkdwn("*x*")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}},
        {"type": "fanfare"},
        {"type": "section"},
        {"type": "section", "text": plain("x"), "colour": "red"},
        line("q", "a question in a message"),
        actions(),
        actions(button("a", "same"), button("b", "same")),
        actions({"type": "plain_text_input", "action_id": "a"}),
        actions({"type": "button", "action_id": "a", "text": mrkdwn("x")}),
    ],
    ids=str,
)
def test_what_may_not_stand_in_a_message(block: Json) -> None:
    assert of_blocks(block) == "invalid_blocks"


def test_ids_stand_once() -> None:
    twice = [{"type": "divider", "block_id": "b"}] * 2
    assert of_blocks(*twice) == "invalid_blocks"
    assert of_view(form(*twice)) == "invalid_arguments"


def test_a_form_that_asks_can_be_sent() -> None:
    assert of_view(form(line("q", "x"), submit=None)) == "invalid_arguments"
    assert of_view(form(section("x"), submit=None)) == ""


def test_an_answered_view_cannot_be_sent_back_as_it_came() -> None:
    assert of_view(form(section("x"), id="V0", hash="1.2")) == "invalid_arguments"


def test_a_preset_choice_is_one_of_the_options() -> None:
    chosen = {"text": plain("one"), "value": "0"}
    element = {"type": "radio_buttons", "action_id": "a", "options": options(2), "initial_option": chosen}
    assert of_view(form(field(element))) == ""
    assert of_view(form(field(element | {"initial_option": chosen | {"value": "9"}}))) == "invalid_arguments"


def test_a_home_has_no_title() -> None:
    home = {"type": "home", "blocks": [section("x")]}
    assert of_view(home) == ""
    assert of_view(home | {"title": plain("x")}) == "invalid_arguments"


def test_a_view_has_a_weight() -> None:
    heavy = form(*[section("x" * 3_000)] * 90)
    assert of_view(heavy) == "view_too_large"


def test_slack_says_where_it_hurts() -> None:
    with pytest.raises(SlackError) as caught:
        check_message({"text": "x", "blocks": [section("x" * 3_001)]})
    assert caught.value.details == ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]
