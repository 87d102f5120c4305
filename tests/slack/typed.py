"""What becomes of a person's typing on its way to the app: escapes, links and emoji codes."""

import re

from tests.slack.blocks import escape

_KEPT = re.compile(r"(<@U\w+>|<#C\w+(?:\|[^>]*)?>)")
_LINKED = re.compile(r"(?P<url>https?://[^\s<>]+)|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+\w)")
_EMOJI = {"😀": ":grinning:", "😊": ":blush:", "😢": ":cry:", "🙏": ":pray:", "👍": ":+1:", "🌸": ":cherry_blossom:"}
"""A few that people use; Slack turns all of them into codes."""


def as_sent(text: str) -> str:
    """A message: mentions stay what they are, everything else is escaped, addresses become links."""
    parts = _KEPT.split(text)
    return "".join(part if _KEPT.fullmatch(part) else _as_link(_as_code(escape(part))) for part in parts)


def _as_link(text: str) -> str:
    def link(found: re.Match[str]) -> str:
        return f"<{found['url']}>" if found["url"] else f"<mailto:{found['mail']}|{found['mail']}>"

    return _LINKED.sub(link, text)


def _as_code(text: str) -> str:
    for emoji, code in _EMOJI.items():
        text = text.replace(emoji, code)
    return text
