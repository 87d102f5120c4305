"""Slack's own marks in a text: taken out of what people send, made harmless in what we say."""

import re

from bot.chat.pieces import pieces

_TAG = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str) -> str:
    """What a person wrote, as they saw it: labels instead of marks, and nobody's id."""
    return _TAG.sub(_seen, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _seen(tag: re.Match[str]) -> str:
    kind, target, label = tag[1], tag[2], tag[3]
    if kind == "@":
        return ""
    if kind == "!":
        return label or ""
    if kind == "#":
        return f"#{label}" if label else ""
    return label or target.removeprefix("mailto:")


def escaped(text: str) -> str:
    """For the one place where Slack reads marks in what we send: the fallback text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size(text: str) -> int:
    """As Slack counts a title: UTF-16 units of the escaped text, the larger of the two ways seen in the field."""
    return len(escaped(text).encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """At most `limit` as Slack counts, between two characters, and marked with … where something is missing."""
    if size(text) <= limit:
        return text
    return f"{next(pieces(text, limit - 1, size), '').rstrip()}…"
