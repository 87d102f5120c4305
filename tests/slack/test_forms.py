"""Filling in a form the way Slack's client lets people do it."""

from tests.slack.blocks import Json
from tests.slack.bolt_bot import form, line, plain
from tests.slack.forms import fill
from tests.slack.views import OpenView
from tests.slack.workspace import Workspace


def opened(*blocks: Json) -> OpenView:
    return Workspace().views.open("U0HANA", form(*blocks))


def field(name: str, element: Json, **more: bool) -> Json:
    return {"type": "input", "block_id": name, "label": plain("x"), "element": {"action_id": "a"} | element} | more


async def test_every_kind_of_field() -> None:
    options = [{"text": plain(word), "value": word[0]} for word in ("Tea & cake", "Milk")]
    view = opened(
        field("radio", {"type": "radio_buttons", "options": options}),
        field("menu", {"type": "static_select", "options": options, "initial_option": options[1]}),
        field("boxes", {"type": "checkboxes", "options": options}),
        field("day", {"type": "datepicker"}),
        field("moment", {"type": "datetimepicker"}),
        line("words", "x", initial_value="rain"),
    )
    assert fill(view, ["Tea & cake", None, "Milk\nTea & cake", "2026-12-01", "1764554400"]) == {}
    values = {name: block["a" if name != "words" else "answer"] for name, block in view.state.items()}
    assert values["radio"]["selected_option"]["value"] == "T"
    assert values["menu"]["selected_option"]["value"] == "M"
    assert [each["value"] for each in values["boxes"]["selected_options"]] == ["M", "T"]
    assert values["day"] == {"type": "datepicker", "selected_date": "2026-12-01"}
    assert values["moment"]["selected_date_time"] == 1_764_554_400
    assert values["words"] == {"type": "plain_text_input", "value": "rain"}


async def test_what_the_client_holds_back() -> None:
    view = opened(
        line("must", "x"),
        field("may", {"type": "plain_text_input"}, optional=True),
        line("short", "x", max_length=3),
        line("long", "x", min_length=3),
    )
    assert set(fill(view, ["", "", "four", "ab"])) == {"must", "short", "long"}
    assert fill(view, ["yes", "", "abc", "abc"]) == {}
    assert view.state["may"]["a"]["value"] is None


async def test_what_stands_in_a_field_stays_until_it_is_changed() -> None:
    view = opened(line("one", "x"), line("two", "x"))
    fill(view, ["first", ""])
    assert fill(view, [None, "second"]) == {}
    assert [block["answer"]["value"] for block in view.state.values()] == ["first", "second"]
