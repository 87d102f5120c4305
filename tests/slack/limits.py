"""What Slack refuses in messages, views and metadata."""

import json
from typing import Any

from tests.slack.block_rules import Inspection
from tests.slack.blocks import Json, is_text, nodes
from tests.slack.element_rules import size, units

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT, BLOCKS_TEXT = 40_000, 13_200
VIEW_TEXT, VIEW_BYTES = 24, 250_000
PRIVATE_METADATA, CALLBACK_ID = 3_000, 255
METADATA_BYTES = 16_000

_MODAL = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}
_VIEW = {"type", "blocks", "private_metadata", "callback_id", "external_id"}


class SlackError(Exception):
    """ok: false. details: what stands in response_metadata.messages; more: other fields of the answer."""

    def __init__(self, code: str, details: list[str] | None = None, **more: Any) -> None:
        super().__init__(f"{code} {details or ''}".strip())
        self.code, self.details, self.more = code, details or [], more


def check_message(args: Json) -> None:
    """The text, blocks and metadata of something that is posted."""
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if not isinstance(text, str):
        raise SlackError("invalid_arguments", ["[ERROR] text must be a string [json-pointer:/text]"])
    if not text and not blocks and not args.get("attachments"):
        raise SlackError("no_text")
    if units(text) > MESSAGE_TEXT:
        raise SlackError("msg_too_long")
    check_blocks(blocks)
    check_metadata(args.get("metadata"))


def check_blocks(blocks: object) -> None:
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    inspection = Inspection("message")
    inspection.blocks(blocks, MESSAGE_BLOCKS, "/blocks")
    if inspection.problems:
        raise SlackError("invalid_blocks", inspection.problems)
    if sum(_sizes(blocks)) > BLOCKS_TEXT:
        raise SlackError("msg_blocks_too_long")


def _sizes(blocks: object) -> list[int]:
    texts = (node for node in nodes(blocks) if isinstance(node.get("text"), str))
    return [size(node) if is_text(node) else units(node["text"]) for node in texts]


def check_metadata(metadata: object) -> None:
    if metadata is None or metadata == {}:
        return
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")


def check_view(view: object, surface: str) -> None:
    """surface: modal or home, whichever the method is for."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ["[ERROR] view must be an object [json-pointer:/view]"])
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    inspection = Inspection(surface)
    if view.get("type") != surface:
        inspection.refuse(f"must be {surface}", "/view/type")
    inspection.keys(view, _VIEW | (_MODAL if surface == "modal" else set()), "/view")
    inspection.string(view.get("private_metadata", ""), PRIVATE_METADATA, "/view/private_metadata", least=0)
    inspection.string(view.get("callback_id", ""), CALLBACK_ID, "/view/callback_id", least=0)
    inspection.string(view.get("external_id", ""), CALLBACK_ID, "/view/external_id", least=0)
    if surface == "modal":
        _check_modal(view, inspection)
    inspection.blocks(view.get("blocks"), VIEW_BLOCKS, "/view/blocks")
    if inspection.problems:
        raise SlackError("invalid_arguments", inspection.problems)


def _check_modal(view: Json, inspection: Inspection) -> None:
    inspection.plain(view.get("title"), VIEW_TEXT, "/view/title")
    for name in ("submit", "close"):
        if view.get(name) is not None:
            inspection.plain(view[name], VIEW_TEXT, f"/view/{name}")
    for name in ("clear_on_close", "notify_on_close", "submit_disabled"):
        inspection.flag(view.get(name, False), f"/view/{name}")
    blocks = view.get("blocks")
    asks = isinstance(blocks, list) and any(isinstance(each, dict) and each.get("type") == "input" for each in blocks)
    if asks and not view.get("submit"):
        inspection.refuse("a submit button is required where there are input blocks", "/view/submit")
