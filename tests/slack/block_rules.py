"""The rules of single blocks: their fields, lengths, counts and which text may stand where."""

from collections import Counter

from tests.slack.blocks import Json
from tests.slack.element_rules import ACCESSORIES, ACTIONS, INPUTS, ElementRules

SECTION_TEXT, FIELD_TEXT, FIELDS = 3_000, 2_000, 10
HEADER_TEXT, LABEL_TEXT, HINT_TEXT = 150, 2_000, 2_000
CONTEXT_ELEMENTS, ACTION_ELEMENTS = 10, 25
MARKDOWN_TEXT, IMAGE_TEXT, URL = 12_000, 2_000, 3_000
ID = 255

_FIELDS = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text"},
    "divider": set(),
    "context": {"elements"},
    "actions": {"elements"},
    "image": {"image_url", "slack_file", "alt_text", "title"},
    "input": {"label", "element", "hint", "optional", "dispatch_action"},
    "rich_text": {"elements"},
    "markdown": {"text"},
}

_NOWHERE_ELSE = {"input": {"modal", "home"}, "markdown": {"message"}}
"""Blocks that only some surfaces take; all others stand everywhere."""


class Inspection(ElementRules):
    """One reading of a block list; every problem is kept, as Slack answers with all of them.

    surface: message, modal or home.
    """

    def __init__(self, surface: str) -> None:
        super().__init__()
        self._surface = surface

    def blocks(self, blocks: object, most: int, at: str) -> None:
        if not isinstance(blocks, list):
            self.refuse("must be an array", at)
            return
        if len(blocks) > most:
            self.refuse(f"no more than {most} items allowed", at)
        ids = Counter(block.get("block_id") for block in blocks if isinstance(block, dict))
        for number, block in enumerate(blocks):
            if not isinstance(block, dict):
                self.refuse("must be an object", f"{at}/{number}")
                continue
            if block.get("block_id") is not None and ids[block["block_id"]] > 1:
                self.refuse("block_id already exists", f"{at}/{number}/block_id")
            self._block(block, f"{at}/{number}")

    def _block(self, block: Json, at: str) -> None:
        kind = block.get("type")
        if kind not in _FIELDS or self._surface not in _NOWHERE_ELSE.get(kind, {self._surface}):
            self.refuse(f"unsupported type: {kind}", f"{at}/type")
            return
        self.keys(block, _FIELDS[kind] | {"type", "block_id"}, at)
        if "block_id" in block:
            self.string(block["block_id"], ID, f"{at}/block_id")
        getattr(self, f"_{kind}")(block, at)
        self._unique_actions(block, at)

    def _unique_actions(self, block: Json, at: str) -> None:
        elements = block.get("elements")
        named = [each.get("action_id") for each in elements or [] if isinstance(each, dict)]
        twice = [name for name, times in Counter(named).items() if name is not None and times > 1]
        if twice:
            self.refuse(f"action_id {twice[0]} already exists in this block", at)

    def _section(self, block: Json, at: str) -> None:
        if "text" not in block and "fields" not in block:
            self.refuse("missing required field: text", at)
        if "text" in block:
            self.text(block["text"], SECTION_TEXT, f"{at}/text")
        for number, each in enumerate(self.items(block.get("fields", []), FIELDS, f"{at}/fields", least=0)):
            self.text(each, FIELD_TEXT, f"{at}/fields/{number}")
        if "accessory" in block:
            self.element(block["accessory"], ACCESSORIES, f"{at}/accessory")

    def _header(self, block: Json, at: str) -> None:
        self.plain(block.get("text"), HEADER_TEXT, f"{at}/text")

    def _divider(self, block: Json, at: str) -> None:
        """Nothing to it."""

    def _context(self, block: Json, at: str) -> None:
        for number, each in enumerate(self.items(block.get("elements"), CONTEXT_ELEMENTS, f"{at}/elements")):
            where = f"{at}/elements/{number}"
            if isinstance(each, dict) and each.get("type") == "image":
                self.element(each, {"image"}, where)
            else:
                self.text(each, SECTION_TEXT, where)

    def _actions(self, block: Json, at: str) -> None:
        for number, each in enumerate(self.items(block.get("elements"), ACTION_ELEMENTS, f"{at}/elements")):
            self.element(each, ACTIONS, f"{at}/elements/{number}")

    def _image(self, block: Json, at: str) -> None:
        if ("image_url" in block) == ("slack_file" in block):
            self.refuse("needs image_url or slack_file", at)
        self.string(block.get("alt_text"), IMAGE_TEXT, f"{at}/alt_text")
        if "title" in block:
            self.plain(block["title"], IMAGE_TEXT, f"{at}/title")

    def _input(self, block: Json, at: str) -> None:
        self.plain(block.get("label"), LABEL_TEXT, f"{at}/label")
        if "hint" in block:
            self.plain(block["hint"], HINT_TEXT, f"{at}/hint")
        for name in ("optional", "dispatch_action"):
            self.flag(block.get(name, False), f"{at}/{name}")
        self.element(block.get("element"), INPUTS, f"{at}/element")

    def _rich_text(self, block: Json, at: str) -> None:
        for number, each in enumerate(self.items(block.get("elements"), 1_000, f"{at}/elements")):
            if not isinstance(each, dict) or not str(each.get("type", "")).startswith("rich_text_"):
                self.refuse("unsupported type", f"{at}/elements/{number}/type")

    def _markdown(self, block: Json, at: str) -> None:
        self.string(block.get("text"), MARKDOWN_TEXT, f"{at}/text")
