"""What is rendered for Slack, held against our list of its limits and against the SDK's own models."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.slack import limits
from tests.slack.blocks import Json, buttons, nodes

SHOWN = ("header", "section", "context")
"""Blocks that only say something."""


def check_post(payload: Json) -> None:
    limits.check_message(payload)
    assert all(payload[flag] is False for flag in ("link_names", "unfurl_links", "unfurl_media", "mrkdwn"))
    assert payload["parse"] == "none"
    assert len(payload["text"]) <= 150
    check_blocks(payload["blocks"])


def check_modal(view: Json) -> None:
    limits.check_view(view, "modal")
    View(**view).validate_json()
    check_blocks(view["blocks"])


def check_home(view: Json) -> None:
    limits.check_view(view, "home")
    View(**view).validate_json()
    check_blocks(view["blocks"])


def check_blocks(blocks: Sequence[Json]) -> None:
    """The SDK knows every field and finds nothing wrong; no text is ever one that Slack reads marks in."""
    understood = [block.to_dict() for block in Block.parse_all(blocks)]
    assert understood == list(blocks)
    for node in nodes(list(blocks)):
        if "text" in node and "type" in node and node["type"] not in (*SHOWN, "button"):
            assert (node["type"], node["emoji"]) == ("plain_text", False)
    ids = [element["action_id"] for _, element in buttons(list(blocks))]
    assert len(ids) == len(set(ids)), "two buttons under one id"


def texts(blocks: Sequence[Json]) -> list[str]:
    """What the slots became, piece by piece, buttons and questions left out."""
    return [node["text"] for block in blocks if block["type"] in SHOWN for node in _plain(block)]


def _plain(block: Json) -> Iterator[Json]:
    return (node for node in nodes(block) if node.get("type") == "plain_text")


def pressed(blocks: Sequence[Json]) -> list[tuple[str, str]]:
    """(action, argument) of every button, from top to bottom."""
    found = (element for _, element in buttons(list(blocks)))
    return [(element["action_id"].partition("#")[0], element.get("value", "")) for element in found]


def squeezed(*parts: str) -> str:
    """Without white space, where texts are cut."""
    return "".join(char for part in parts for char in part if not char.isspace())


def is_joined(character: str) -> bool:
    """It belongs to the character before it: a mark, a joiner, a variation."""
    return unicodedata.category(character) in ("Mn", "Me") or character in "\u200d\ufe0f"


def part(view: Any, name: str) -> str:
    return str(view[name]["text"])
