"""What Slack's clients and notifications would bring to life in a message or view: mentions, links, emoji, previews."""

import re

from tests.slack.blocks import Json, is_text, nodes

_ANGLE = re.compile(r"<[^\s<>][^<>]*>")
"""<@U…>, <#C…>, <!here>, <!date^…>, <https://…|label>, <mailto:…>: whatever stands in angle brackets."""
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>|]+", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w/])[@#][^\s<>@#]+")
_EMOJI = re.compile(r":(?=[^:\s]*[a-z])[a-z0-9_+'\-]+:|:[+-]1:")
_MARKDOWN_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


def live(payload: Json) -> list[str]:
    """Everything that would be more than words, in reading order; payload: the arguments of a call, or a view."""
    found: list[str] = []
    for text in _top_level(payload):
        found += _ANGLE.findall(text)
        found += _bare(text, urls=payload.get("parse") != "none", names=_finds_names(payload))
    for node in nodes([payload.get("blocks"), payload.get("title"), payload.get("submit"), payload.get("close")]):
        found += _in_node(node, _finds_names(payload))
    return found + _previews(payload)


def _top_level(payload: Json) -> list[str]:
    """The text of the message, and every word in old-style attachments."""
    attached = (value for node in nodes(payload.get("attachments")) for value in node.values())
    return [value for value in (payload.get("text"), payload.get("markdown_text"), *attached) if isinstance(value, str)]


def _finds_names(payload: Json) -> bool:
    return bool(payload.get("link_names")) or payload.get("parse") == "full"


def _bare(text: str, *, urls: bool, names: bool) -> list[str]:
    """What comes to life without brackets."""
    text = _ANGLE.sub(" ", text)
    return [*(_URL.findall(text) if urls else []), *(_NAME.findall(_URL.sub(" ", text)) if names else [])]


def _in_node(node: Json, names: bool) -> list[str]:
    kind = node.get("type")
    if kind == "rich_text":
        return [str(each) for each in nodes(node["elements"]) if _is_live_element(each)]
    if kind == "markdown":
        return [*_ANGLE.findall(node["text"]), *_MARKDOWN_LINK.findall(node["text"]), *_URL.findall(node["text"])]
    if not is_text(node):
        return []
    if kind == "plain_text":
        return _EMOJI.findall(node["text"]) if node.get("emoji", True) else []
    converts = not node.get("verbatim", False)
    return _ANGLE.findall(node["text"]) + _bare(node["text"], urls=converts, names=converts or names)


def _is_live_element(element: Json) -> bool:
    """Sections, lists and quotes only hold others; a style or a text is no life."""
    kind = element.get("type")
    return isinstance(kind, str) and kind != "text" and not kind.startswith("rich_text_")


def _previews(payload: Json) -> list[str]:
    """A link in a new message unfurls unless both flags say no; changes and views never unfurl."""
    if "ts" in payload or payload.get("type") in {"modal", "home"} or not _has_url(payload):
        return []
    return [flag for flag in ("unfurl_links", "unfurl_media") if payload.get(flag) is not False]


def _has_url(payload: Json) -> bool:
    texts = [node["text"] for node in nodes(payload.get("blocks")) if isinstance(node.get("text"), str)]
    links = any(node.get("type") == "link" for node in nodes(payload.get("blocks")))
    return links or any(_URL.search(text) for text in [*texts, *_top_level(payload)])
