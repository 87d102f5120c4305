"""What Telegram's clients would bring to life in a message the bot sent: names, commands, tags, links and numbers."""

import re

from tests.telegram.shapes import Message
from tests.telegram.typed import covered, find

STYLES = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
}
"""They change how words look and lead nowhere."""

_NEAR = re.compile(r"(?<![A-Za-z0-9_])@[A-Za-z0-9_]{2,}|(?<![\w/<>])/[A-Za-z0-9_]+|[#＃][^\W\d_]\w*")
"""Names, commands and tags with a letter stuck to them: the server does not see them, some clients do."""


def live(message: Message) -> list[str]:
    """Everything that would be more than words, in reading order: "kind: the words it lies over"."""
    text = message.text
    entities = [each for each in message.entities if each["type"] not in STYLES]
    found = [f"{each['type']}: {covered(text, each)}" for each in entities]
    seen = [covered(text, each) for each in entities]
    found += [f"near: {each}" for each in _NEAR.findall(text) if not any(each in words for words in seen)]
    if message.asked.get("parse_mode"):
        found.append(f"parse_mode: {message.asked['parse_mode']}")
    if _previews(message):
        found.append("link preview")
    return found


def live_in(text: str) -> list[str]:
    """What would come to life in these words alone."""
    return [f"{each['type']}: {covered(text, each)}" for each in find(text)]


def _previews(message: Message) -> bool:
    """A link is shown with what lies behind it, unless that is switched off."""
    options = message.asked.get("link_preview_options")
    off = isinstance(options, dict) and options.get("is_disabled") is True
    return not off and any(each["type"] in ("url", "text_link") for each in message.entities)
