"""Filling in the input blocks of a modal as Slack's client lets a person do."""

from collections.abc import Sequence

from tests.slack.blocks import Json, inputs, unescape
from tests.slack.element_rules import INPUT_VALUE, units
from tests.slack.views import OpenView

_ONE = {"static_select", "radio_buttons"}
_MANY = {"multi_static_select", "checkboxes"}
_PICKED = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}

_MISSING = "Please complete this required field."


def fill(opened: OpenView, answers: Sequence[str | None]) -> dict[str, str]:
    """Writes the answers into the view's state and returns what the client complains about, by block.

    None leaves a field as it stands, and so does a missing answer. An answer to a choice is an option's text; to
    several choices, one text on each line.
    """
    blocks = inputs(opened.view["blocks"])
    assert len(answers) <= len(blocks), f"the form asks for {[unescape(block['label']['text']) for block in blocks]}"
    given = [*answers, *[None] * (len(blocks) - len(answers))]
    complaints = (_answer(opened, block, answer) for block, answer in zip(blocks, given, strict=True))
    return {block["block_id"]: complaint for block, complaint in zip(blocks, complaints, strict=True) if complaint}


def _answer(opened: OpenView, block: Json, answer: str | None) -> str:
    element = block["element"]
    state = opened.state.setdefault(block["block_id"], {})
    if answer is not None or element["action_id"] not in state:
        state[element["action_id"]] = _chosen(element, answer)
    value = state[element["action_id"]]
    content = next((each for name, each in value.items() if name != "type"), None)
    if not content:
        return "" if block.get("optional") else _MISSING
    return _length(element, content) if isinstance(content, str) else ""


def _chosen(element: Json, answer: str | None) -> Json:
    kind = element["type"]
    if kind in _ONE:
        return {"type": kind, "selected_option": _option(element, answer)}
    if kind in _MANY:
        picked = None if answer is None else [_find(element, line) for line in answer.splitlines()]
        return {"type": kind, "selected_options": element.get("initial_options", []) if picked is None else picked}
    if kind in _PICKED:
        name, initial = _PICKED[kind]
        moment = element.get(initial) if answer is None else answer or None
        return {"type": kind, name: int(moment) if moment and kind == "datetimepicker" else moment}
    value = element.get("initial_value") if answer is None else answer
    return {"type": kind, "value": value or None}


def _option(element: Json, answer: str | None) -> Json | None:
    if answer is None:
        initial: Json | None = element.get("initial_option")
        return initial
    return _find(element, answer) if answer else None


def _find(element: Json, label: str) -> Json:
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(option for group in groups for option in group["options"])]
    for option in options:
        if unescape(option["text"]["text"]) == label:
            return {"text": option["text"], "value": option["value"]}
    raise AssertionError(f"no option {label!r}; there is {[unescape(each['text']['text']) for each in options]}")


def _length(element: Json, value: str) -> str:
    if element["type"] != "plain_text_input":
        return ""
    least, most = element.get("min_length", 0), element.get("max_length", INPUT_VALUE)
    if units(value) > most:
        return f"Please use no more than {most} characters."
    return f"Please use at least {least} characters." if units(value) < least else ""
