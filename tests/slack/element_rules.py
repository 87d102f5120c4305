"""The rules of text objects and interactive elements: buttons, choices and what one can type into."""

from typing import Any

from tests.slack.blocks import Json, escape_once, is_text

BUTTON_TEXT, BUTTON_VALUE, URL = 75, 2_000, 3_000
ACTION_ID, PLACEHOLDER = 255, 150
OPTION_TEXT, OPTION_VALUE, OPTION_DESCRIPTION = 75, 150, 75
SELECT_OPTIONS, RADIO_OPTIONS, OVERFLOW_OPTIONS = 100, 10, 5
INPUT_VALUE = 3_000
IMAGE_TEXT = 2_000

_CHOOSERS = {"static_select", "multi_static_select", "radio_buttons", "checkboxes"}
_PICKERS = {"datepicker", "timepicker", "datetimepicker"}
_PEOPLE = {f"{many}{what}_select" for many in ("", "multi_") for what in ("users", "conversations", "channels")}
_TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}

ACTIONS = {"button", "overflow"} | _CHOOSERS | _PICKERS | _PEOPLE
ACCESSORIES = (ACTIONS | {"image"}) - {"datetimepicker"}
INPUTS = _CHOOSERS | _PICKERS | _PEOPLE | _TYPED

_COMMON = {"type", "action_id", "placeholder", "focus_on_load", "confirm"}
_FIELDS = {
    "button": {"type", "action_id", "text", "url", "value", "style", "confirm", "accessibility_label"},
    "overflow": {"type", "action_id", "options", "confirm"},
    "image": {"type", "image_url", "slack_file", "alt_text"},
    "static_select": _COMMON | {"options", "option_groups", "initial_option"},
    "multi_static_select": _COMMON | {"options", "option_groups", "initial_options", "max_selected_items"},
    "radio_buttons": _COMMON - {"placeholder"} | {"options", "initial_option"},
    "checkboxes": _COMMON - {"placeholder"} | {"options", "initial_options"},
    "datepicker": _COMMON | {"initial_date"},
    "timepicker": _COMMON | {"initial_time", "timezone"},
    "datetimepicker": _COMMON - {"placeholder"} | {"initial_date_time"},
    "plain_text_input": _COMMON - {"confirm"}
    | {"initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"},
}
_MOST_OPTIONS = {
    "static_select": SELECT_OPTIONS,
    "multi_static_select": SELECT_OPTIONS,
    "radio_buttons": RADIO_OPTIONS,
    "checkboxes": RADIO_OPTIONS,
    "overflow": OVERFLOW_OPTIONS,
}


def units(text: str) -> int:
    """Slack counts in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: Json) -> int:
    """The length of a text object: plain text counts in its escaped form, mrkdwn comes escaped already."""
    return units(escape_once(text["text"]) if text["type"] == "plain_text" else text["text"])


class ElementRules:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def refuse(self, problem: str, at: str) -> None:
        self.problems.append(f"[ERROR] {problem} [json-pointer:{at}]")

    def keys(self, node: Json, allowed: set[str], at: str) -> None:
        for name in node:
            if name not in allowed:
                self.refuse(f"invalid additional property: {name}", at)

    def string(self, value: object, most: int, at: str, least: int = 1) -> None:
        if not isinstance(value, str):
            self.refuse("must be a string", at)
        elif units(value) > most:
            self.refuse(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            self.refuse(f"must be more than {least - 1} characters", at)

    def flag(self, value: object, at: str) -> None:
        if not isinstance(value, bool):
            self.refuse("must be a boolean", at)

    def items(self, value: object, most: int, at: str, least: int = 1) -> list[Any]:
        if not isinstance(value, list):
            self.refuse("must be an array", at)
            return []
        if len(value) > most:
            self.refuse(f"no more than {most} items allowed", at)
        if len(value) < least:
            self.refuse(f"no fewer than {least} items allowed", at)
        return value

    def plain(self, text: object, most: int, at: str) -> None:
        self.text(text, most, at, kinds=("plain_text",))

    def text(self, text: object, most: int, at: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> None:
        if not isinstance(text, dict):
            self.refuse("must be a text object", at)
            return
        if text.get("type") not in kinds:
            self.refuse(f"must be one of: {', '.join(kinds)}", f"{at}/type")
        self.keys(text, {"type", "text", "emoji" if text.get("type") == "plain_text" else "verbatim"}, at)
        if is_text(text) and size(text) > most:
            self.refuse(f"must be less than {most + 1} characters", f"{at}/text")
        else:
            self.string(text.get("text"), most, f"{at}/text")

    def element(self, element: object, allowed: set[str], at: str) -> None:
        if not isinstance(element, dict):
            self.refuse("must be an object", at)
            return
        kind = element.get("type")
        if kind not in allowed:
            self.refuse(f"unsupported type: {kind}", f"{at}/type")
            return
        if kind in _FIELDS:
            self.keys(element, _FIELDS[kind], at)
        if "action_id" in element:
            self.string(element["action_id"], ACTION_ID, f"{at}/action_id")
        if "placeholder" in element:
            self.plain(element["placeholder"], PLACEHOLDER, f"{at}/placeholder")
        if "confirm" in element:
            self._confirm(element["confirm"], f"{at}/confirm")
        if kind in _MOST_OPTIONS:
            self._options(element, kind, at)
        if kind == "button":
            self._button(element, at)
        elif kind == "image":
            self.string(element.get("alt_text"), IMAGE_TEXT, f"{at}/alt_text")
        elif kind == "plain_text_input":
            self._typed(element, at)

    def _button(self, button: Json, at: str) -> None:
        self.plain(button.get("text"), BUTTON_TEXT, f"{at}/text")
        if "value" in button:
            self.string(button["value"], BUTTON_VALUE, f"{at}/value", least=0)
        if "url" in button:
            self.string(button["url"], URL, f"{at}/url")
        if button.get("style", "primary") not in {"primary", "danger"}:
            self.refuse("must be one of: primary, danger", f"{at}/style")
        if "accessibility_label" in button:
            self.string(button["accessibility_label"], BUTTON_TEXT, f"{at}/accessibility_label")

    def _confirm(self, confirm: object, at: str) -> None:
        if not isinstance(confirm, dict):
            self.refuse("must be an object", at)
            return
        self.plain(confirm.get("title"), 100, f"{at}/title")
        self.text(confirm.get("text"), 300, f"{at}/text")
        for name in ("confirm", "deny"):
            self.plain(confirm.get(name), 30, f"{at}/{name}")

    def _options(self, element: Json, kind: str, at: str) -> None:
        if "option_groups" in element and kind.endswith("select"):
            groups = self.items(element["option_groups"], SELECT_OPTIONS, f"{at}/option_groups")
            options = [option for group in groups for option in group.get("options", [])]
        else:
            options = self.items(element.get("options"), _MOST_OPTIONS[kind], f"{at}/options")
        formatted = kind in {"radio_buttons", "checkboxes"}
        for number, option in enumerate(options):
            self._option(option, formatted, f"{at}/options/{number}")
        initial = element.get("initial_options", [])
        if "initial_option" in element:
            initial = [element["initial_option"]]
        for each in initial:
            if each not in options:
                self.refuse("must be one of the options", f"{at}/initial_option")

    def _option(self, option: object, formatted: bool, at: str) -> None:
        """formatted: radio buttons and checkboxes take mrkdwn, menus do not."""
        if not isinstance(option, dict):
            self.refuse("must be an object", at)
            return
        self.keys(option, {"text", "value", "description", "url"}, at)
        kinds = ("plain_text", "mrkdwn") if formatted else ("plain_text",)
        self.text(option.get("text"), OPTION_TEXT, f"{at}/text", kinds)
        self.string(option.get("value"), OPTION_VALUE, f"{at}/value")
        if "description" in option:
            self.text(option["description"], OPTION_DESCRIPTION, f"{at}/description", kinds)

    def _typed(self, element: Json, at: str) -> None:
        least, most = element.get("min_length", 0), element.get("max_length", INPUT_VALUE)
        if not isinstance(least, int) or not 0 <= least <= INPUT_VALUE:
            self.refuse(f"must be between 0 and {INPUT_VALUE}", f"{at}/min_length")
        if not isinstance(most, int) or not 1 <= most <= INPUT_VALUE:
            self.refuse(f"must be between 1 and {INPUT_VALUE}", f"{at}/max_length")
        elif "initial_value" in element:
            self.string(element["initial_value"], INPUT_VALUE, f"{at}/initial_value", least=0)
        if "multiline" in element:
            self.flag(element["multiline"], f"{at}/multiline")
