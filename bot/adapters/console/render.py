"""Message → lines for a terminal; pure, and nothing said by people can steer the terminal."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from wcwidth import wcswidth, wcwidth

from bot.chat.messages import Message
from bot.chat.rows import together

Line = tuple[tuple[str, str], ...]
"""Pieces of (style class, text); the plain text of a line is its texts joined."""

NARROWEST = 20
LONGEST_SLOT = 4000
BAR = "| "

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-_]?")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SELECTORS = {chr(code) for code in range(0xFE00, 0xFE10)}
_NOT_FIRST = set(
    "、。，．・：；？！?!,.:;)]}’”）〕］｝〉》」』】ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥％゛゜"
)
_NOT_LAST = set("([{‘“（〔［｛〈《「『【")
_STEPS_BACK = 12


def render(message: Message, columns: int, numbers: Sequence[int] = (), indent: int = 0) -> list[Line]:
    """numbers: what to press for each button, in their order."""
    margin = " " * indent
    room = max(NARROWEST, columns) - indent
    slots = (
        ("class:title", "", message.title),
        ("", "", message.body),
        ("class:quote", BAR, message.quote),
        ("class:note", "", message.note),
    )
    lines: list[Line] = [
        (("class:bar", margin + bar), (style, part))
        for style, bar, text in slots
        if text
        for part in wrap(text, room - len(bar))
    ]
    for labels in _rows(message, numbers):
        lines.extend((("", margin), ("class:button", part)) for part in _row(labels, room))
    return lines


def plain(line: Line) -> str:
    return "".join(text for _, text in line).rstrip()


def texts(message: Message) -> str:
    """All the words of a message, as one looks for them."""
    slots = (message.title, message.body, message.quote, message.note)
    return "\n".join((*filter(None, slots), *(button.label for button in message.buttons)))


def clean(text: str) -> str:
    """Only what can be seen, and newlines: no escapes, controls, format or unpaired characters."""
    if len(text) > LONGEST_SLOT:
        text = text[:LONGEST_SLOT] + "…"
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\v\f]", "\n", _ESCAPES.sub("", text)).replace("\t", "    ")
    return "".join(
        char for char in text if char == "\n" or not (unicodedata.category(char) in _UNSEEN or char in _SELECTORS)
    )


def width(text: str) -> int:
    """Columns, by the larger of two counts: terminals differ in what they join into one picture."""
    return max(wcswidth(text), sum(wcwidth(char) for char in text))


def wrap(text: str, columns: int) -> list[str]:
    return [part for line in clean(text).split("\n") for part in _fold(line, columns)]


def _fold(line: str, columns: int) -> list[str]:
    parts = []
    while width(line) > columns:
        cut = _cut(line, columns)
        parts.append(line[:cut].rstrip(" "))
        line = line[cut:].lstrip(" ")
    return [*parts, line]


def _cut(line: str, columns: int) -> int:
    """Where to break: the furthest place that fits and begins no line with a closing mark."""
    fits = _fitting(line, columns)
    nearest = max(1, fits - _STEPS_BACK)
    return next((at for at in range(fits, nearest - 1, -1) if _may_break(line, at)), fits)


def _fitting(line: str, columns: int) -> int:
    used = accumulate(wcwidth(char) for char in line)
    at = next((at for at, so_far in enumerate(used) if so_far > columns), len(line))
    while at > 1 and width(line[:at]) > columns:
        at -= 1
    return max(1, at)


def _may_break(line: str, at: int) -> bool:
    before, after = line[at - 1], line[at : at + 1]
    inside_word = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return not (inside_word or after in _NOT_FIRST or before in _NOT_LAST or (after and wcwidth(after) == 0))


def _rows(message: Message, numbers: Sequence[int]) -> list[list[str]]:
    """Those that belong beside each other have a line of their own; the others share."""
    rows: list[list[str]] = []
    to_press, shared = iter(numbers), False
    for group in together(message.buttons):
        labels = [f"[{next(to_press)}] {button.label}" for button in group]
        if len(group) == 1 and shared:
            rows[-1] += labels
        else:
            rows.append(labels)
        shared = len(group) == 1
    return rows


def _row(labels: Sequence[str], columns: int) -> list[str]:
    rows: list[str] = []
    for label in labels:
        first, *rest = wrap(label.replace("\n", " "), columns)
        if rows and width(f"{rows[-1]}  {first}") <= columns:
            rows[-1] += f"  {first}"
        else:
            rows.append(first)
        rows.extend(rest)
    return rows
