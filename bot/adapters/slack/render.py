"""Message → Block Kit; pure. People's words are plain text, and nothing they write comes to life.

Limits: https://docs.slack.dev/reference/block-kit (checked 2026-11-24 against slack-sdk 3.47's own validators).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from bot.adapters.slack.escaping import cut, escaped, size
from bot.chat.messages import Button, Message
from bot.chat.pieces import pieces
from bot.chat.rows import together

Block = dict[str, Any]

TEXT = 3000
HEADER = 150
LABEL = 75
BLOCKS = 50
WHOLE = 12_000
"""Slack answers msg_blocks_too_long near 13,200 characters in one message (slackapi/bolt-js #2509)."""

VIEW_BLOCKS = 100
IN_A_ROW = 5
FALLBACK = 150

HARMLESS = {"parse": "none", "link_names": False, "unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
"""Nothing in our messages becomes a link, a mention or a preview."""


class Renderer:
    """commands: the names that are typed here behind the one slash command; /menu in our own words becomes that."""

    def __init__(self, slash: str, commands: Iterable[str]) -> None:
        names = "|".join(sorted(map(re.escape, commands), key=len, reverse=True))
        self._typed = re.compile(rf"(?<![A-Za-z0-9_/])/({names})(?![A-Za-z0-9_-])")
        self._slash = slash

    def own(self, text: str) -> str:
        """Our own words, with commands as one types them here."""
        return self._typed.sub(rf"{self._slash} \1", text)

    def messages(self, message: Message) -> list[dict[str, Any]]:
        """What chat.postMessage takes, in as many messages as it needs; the buttons stand under the last."""
        groups = list(_grouped([*self.said(message), *self.buttons(message.buttons)]))
        fallback = self.fallback(message)
        return [{"text": fallback, "blocks": group, **HARMLESS} for group in groups]

    def whole(self, message: Message) -> dict[str, Any]:
        """The same in one message, for where there can be only one; what does not fit is cut."""
        blocks = fitting(self.said(message), self.buttons(message.buttons), BLOCKS, WHOLE)
        return {"text": self.fallback(message), "blocks": blocks, **HARMLESS}

    def fallback(self, message: Message) -> str:
        """What a lock screen shows: our own words only."""
        words = next((part for part in (message.title, message.body, message.note) if part), "…")
        return escaped(cut(" ".join(self.own(words).split()), FALLBACK))

    def said(self, message: Message, *, titled: bool = True) -> list[Block]:
        """The slots from top to bottom, without the buttons."""
        blocks: list[Block] = []
        if message.title and titled:
            blocks.append({"type": "header", "text": text(cut(self.own(message.title), HEADER))})
        blocks += _sections(self.own(message.body))
        if message.quote and message.body:
            blocks.append({"type": "divider"})
        blocks += _sections(message.quote)
        blocks += [
            {"type": "context", "elements": [text(piece)]} for piece in pieces(self.own(message.note), TEXT, size)
        ]
        return blocks if blocks or message.buttons else _sections("…")

    def buttons(self, buttons: Iterable[Button]) -> list[Block]:
        """Those that belong beside each other have rows of their own; the others share."""
        rows: list[list[Block]] = []
        number, shared = count(), False
        for group in together(buttons):
            made = [self._button(next(number), button) for button in group]
            alone = len(group) == 1
            if alone and shared and len(rows[-1]) < IN_A_ROW:
                rows[-1] += made
            else:
                rows += (made[start : start + IN_A_ROW] for start in range(0, len(made), IN_A_ROW))
            shared = alone
        return [{"type": "actions", "elements": row} for row in rows]

    def _button(self, number: int, button: Button) -> Block:
        made = {
            "type": "button",
            "text": text(cut(self.own(button.label), LABEL)),
            "action_id": f"{button.action}#{number}",
        }
        return {**made, "value": button.argument} if button.argument else made


def text(words: str) -> Block:
    """Plain text: Slack reads no mark in it."""
    return {"type": "plain_text", "text": words, "emoji": False}


def _sections(words: str) -> list[Block]:
    return [{"type": "section", "text": text(piece)} for piece in pieces(words, TEXT, size) if piece.strip()]


def _grouped(blocks: list[Block]) -> Iterator[list[Block]]:
    """Blocks that one message can take."""
    group: list[Block] = []
    full = 0
    for block in blocks:
        weight = _weight(block)
        if group and (len(group) == BLOCKS or full + weight > WHOLE):
            yield group
            group, full = [], 0
        group.append(block)
        full += weight
    yield group


def fitting(said: list[Block], buttons: list[Block], most: int, weight: int) -> list[Block]:
    """From the top as much of what is said as there is room for; every button stays."""
    kept: list[Block] = []
    room = weight - sum(map(_weight, buttons))
    for block in said[: most - len(buttons)]:
        room -= _weight(block)
        if room < 0:
            break
        kept.append(block)
    return [*kept, *buttons]


def _weight(block: Block) -> int:
    """As Slack counts all the texts of it together."""
    return sum(size(words) for words in _texts(block))


def _texts(value: object) -> Iterator[str]:
    match value:
        case {"type": "plain_text", "text": str(words)}:
            yield words
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
