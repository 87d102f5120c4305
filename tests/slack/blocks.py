"""Reads block lists: their words, buttons, inputs and ids, and the form in which Slack keeps them."""

import copy
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_TEXTS = {"plain_text", "mrkdwn"}
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_CARRIED = ("text", "name", "url", "user_id", "channel_id", "usergroup_id", "range")
"""Where the elements of a rich_text block hold what they show."""


def escape(text: str) -> str:
    """As a client sends what was typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_once(text: str) -> str:
    """As Slack keeps plain text: what is already escaped stays as it is."""
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """As a client shows it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def is_text(node: object) -> bool:
    return isinstance(node, dict) and node.get("type") in _TEXTS and isinstance(node.get("text"), str)


def nodes(node: object) -> Iterator[Json]:
    """Every object inside, in reading order."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def words(blocks: object) -> list[str]:
    """What a person reads there, one string for each text object, as it looks on the screen."""
    found: list[str] = []
    for node in nodes(blocks):
        if is_text(node):
            found.append(unescape(node["text"]))
        elif node.get("type") == "rich_text":
            found.append("".join(rich_words(node)))
        elif node.get("type") == "markdown":
            found.append(node["text"])
        elif isinstance(node.get("initial_value"), str):
            found.append(node["initial_value"])
        elif node.get("type") == "image":
            found.append(node.get("alt_text", ""))
    return found


def rich_words(block: Json) -> Iterator[str]:
    for element in nodes(block.get("elements", [])):
        if element.get("type", "").startswith("rich_text_"):
            continue
        yield from (element[name] for name in _CARRIED if isinstance(element.get(name), str))


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        candidates = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in candidates:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def buttons(blocks: list[Json]) -> list[tuple[Json, Json]]:
    return [(block, element) for block, element in elements(blocks) if element["type"] == "button"]


def inputs(blocks: list[Json]) -> list[Json]:
    return [block for block in blocks if block["type"] == "input"]


def kept(blocks: list[Json]) -> list[Json]:
    """A copy as Slack keeps it: every block and element has an id, and plain text is escaped."""
    blocks = copy.deepcopy(blocks)
    taken = {block.get("block_id") for block in blocks}
    for number, block in enumerate(blocks):
        if not block.get("block_id"):
            block["block_id"] = f"b{number}" if f"b{number}" not in taken else f"b{number}-of-slack"
        for place, element in enumerate(_interactive(block)):
            element.setdefault("action_id", f"a{place}")
        keep_texts(block)
    return blocks


def keep_texts(node: object) -> None:
    for each in nodes(node):
        if is_text(each) and each["type"] == "plain_text":
            each["text"] = escape_once(each["text"])
            each.setdefault("emoji", True)


def _interactive(block: Json) -> list[Json]:
    if block["type"] not in {"actions", "input", "section"}:
        return []
    candidates = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [each for each in candidates if isinstance(each, dict) and each.get("type") != "image"]
