"""Message → what sendMessage takes; pure. No parse mode: what is bold or quoted is said by explicit entities."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
)

from bot.adapters.telegram.harmless import harmless, size, sound
from bot.chat.messages import Button, Message
from bot.chat.pieces import pieces
from bot.chat.rows import together

LIMIT = 4096
APART = "\n\n"
IN_A_ROW = 2
MOST_BESIDE = 8
"""Telegram's own limit for one row of a keyboard."""
SHORT = 8
"""Labels of at most so many characters stand two in a row on a phone."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup


@dataclass(slots=True)
class Part:
    """One message of Telegram's. marked: kind, offset and length, in UTF-16 units."""

    text: str = ""
    marked: list[tuple[str, int, int]] = field(default_factory=list)
    markup: Markup | None = None
    protected: bool = False

    @property
    def room(self) -> int:
        return LIMIT - size(self.text)

    def add(self, words: str, kind: str) -> None:
        if kind and words:
            self.marked.append((kind, size(self.text), size(words)))
        self.text += words

    def arguments(self) -> dict[str, Any]:
        """For sendMessage and editMessageText alike."""
        entities = [MessageEntity(kind, offset, length) for kind, offset, length in self.marked]
        return {
            "text": self.text,
            "entities": entities or None,
            "reply_markup": self.markup,
            "link_preview_options": NO_PREVIEW,
        }


class Renderer:
    """menu: the actions of the main menu; where a message offers just these, they become the keyboard under a chat."""

    def __init__(self, menu: Collection[str]) -> None:
        self._menu = set(menu)

    def parts(self, message: Message, *, alone: bool) -> list[Part]:
        """In as many as it needs; the buttons stand under the last. alone: in the chat of the two."""
        parts = [part for part in _filled(message) if part.text.strip()] or [Part("…")]
        parts[-1].markup = self._markup(message.buttons, alone=alone)
        for part in parts:
            part.protected = bool(message.quote) and not message.own
        return parts

    def whole(self, message: Message) -> Part:
        """In one message, for where there can be only one; what does not fit is cut."""
        first, *rest = self.parts(message, alone=False)
        if rest:
            first.markup = rest[-1].markup
        return first

    def _markup(self, buttons: Sequence[Button], *, alone: bool) -> Markup | None:
        if not buttons:
            return None
        if alone and {button.action for button in buttons} == self._menu:
            keys = [KeyboardButton(sound(button.label)) for button in buttons]
            return ReplyKeyboardMarkup(_rows(keys, buttons), resize_keyboard=True, is_persistent=True)
        made = [
            InlineKeyboardButton(sound(each.label), callback_data=f"{each.action}:{each.argument}") for each in buttons
        ]
        return InlineKeyboardMarkup(_rows(made, buttons))


def _rows(made: Sequence[Any], buttons: Sequence[Button]) -> list[list[Any]]:
    """Each in a row of its own; neighbours with short labels share one, and so do those that belong beside another."""
    rows: list[list[Any]] = []
    keys, short_before = iter(made), False
    for group in together(buttons):
        row = [next(keys) for _ in group]
        short = len(group) == 1 and len(group[0].label) <= SHORT
        if short and short_before and len(rows[-1]) < IN_A_ROW:
            rows[-1] += row
        else:
            rows += (row[start : start + MOST_BESIDE] for start in range(0, len(row), MOST_BESIDE))
        short_before = short
    return rows


def _filled(message: Message) -> list[Part]:
    slots = (
        (message.title, MessageEntity.BOLD),
        (message.body, ""),
        (harmless(message.quote), MessageEntity.BLOCKQUOTE),
        (message.note, MessageEntity.ITALIC),
    )
    parts = [Part()]
    for words, kind in slots:
        if words := sound(words).strip():
            _append(parts, words, kind)
    return parts


def _append(parts: list[Part], words: str, kind: str) -> None:
    """Behind what stands there, or in new parts; a slot that fits one part is not cut."""
    apart = APART if parts[-1].text else ""
    if parts[-1].text and size(apart + words) > parts[-1].room and size(words) <= LIMIT:
        parts.append(Part())
        apart = ""
    for number, piece in enumerate(pieces(words, LIMIT, size, parts[-1].room - size(apart))):
        if number:
            parts.append(Part())
        elif piece:
            parts[-1].text += apart
        parts[-1].add(piece.strip("\n"), kind)
