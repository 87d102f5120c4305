"""One typed line → what is meant by it; pure, and at peace with any text at all."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeVar

from bot.chat.events import Command, Text

COMMAND_LIMIT = 300
LABEL_LIMIT = 200
SHOWN_LIMIT = 20
NAME_LIMIT = 64
Role = Literal["supporter", "coordinator", "stranger"]

LONGEST_STEP = timedelta(days=3660)

_STEP = re.compile(r"\+(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?")
_NEWLINE = re.compile(r"[\\¥]n")
_NUMBER = re.compile(r"[0-9]{1,4}")
_MODES = {"--dialogs": True, "--questions": False}
_ROLES: dict[str, Role] = {
    "--supporter": "supporter",
    "--coordinator": "coordinator",
    "--stranger": "stranger",
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Switch:
    """:as NAME and its flags; None where no flag was given."""

    name: str
    role: Role | None = None
    dialogs: bool | None = None


@dataclass(frozen=True, slots=True)
class Enter:
    """:in PLACE, or :dm where place is empty."""

    place: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """:clock +3d; no step asks for the time."""

    by: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Window:
    """A word to the window itself that needs nothing more."""

    name: Literal["people", "help", "tour", "skip", "later", "cancel", "quit"]


@dataclass(frozen=True, slots=True)
class Unclear:
    """A window command that cannot be followed; key: the words that say what to do."""

    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was typed."""


Meant = Switch | Enter | Clock | Window | Unclear | Blank | Command | Text

WINDOW_COMMANDS = (
    ":as", ":dm", ":in", ":clock", ":people", ":help", ":tour", ":skip", ":later", ":cancel", ":quit",
)  # fmt: skip


def decode(line: str) -> Meant:
    text = line.strip()
    if not text:
        return Blank()
    if text[0] in ":：":
        return _window(unicodedata.normalize("NFKC", text[1 : COMMAND_LIMIT + 1]))
    if text[0] in "/／":
        name, _, argument = _halves(text[1:])
        if name and len(name) <= NAME_LIMIT:
            return Command(unicodedata.normalize("NFKC", name).lower(), argument)
    return Text(line)


def pick(line: str, numbered: Mapping[int, T], labelled: Iterable[tuple[str, T]]) -> T | None:
    """What this line names by its number or by its exact label; of equal labels the first given."""
    if len(line) > LABEL_LIMIT:
        return None
    wanted = folded(line)
    if _NUMBER.fullmatch(wanted) and int(wanted) in numbered:
        return numbered[int(wanted)]
    return next((thing for label, thing in labelled if folded(label) == wanted), None)


def is_number(line: str) -> bool:
    """Whether this line can only have been meant for a button."""
    return _NUMBER.fullmatch(folded(line)) is not None


def folded(text: str) -> str:
    """How labels and expectations are compared: width and whitespace make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def with_newlines(line: str) -> str:
    r"""One line typed with \n in it (¥n on Japanese keyboards) as the several lines it stands for."""
    return _NEWLINE.sub("\n", line)


def _halves(text: str) -> tuple[str, str, str]:
    parts = text.split(maxsplit=1)
    name = parts[0] if parts and not text[0].isspace() else ""
    return name, " ", parts[1] if len(parts) > 1 else ""


def _window(text: str) -> Meant:
    name, _, argument = text.strip().partition(" ")
    words = argument.split()
    match name.lower():
        case "as":
            return _switch(words)
        case "in" if len(words) == 1:
            return Enter(words[0])
        case "in":
            return Unclear("console.unclear.in")
        case "clock":
            return _clock(words)
        case "dm" | "people" | "help" | "tour" | "skip" | "later" | "cancel" | "quit" as known:
            if words:
                return Unclear("console.unclear.alone", known)
            return Enter() if known == "dm" else Window(known)
        case unknown:
            return Unclear("console.unclear.command", unknown[:SHOWN_LIMIT])


def _switch(words: list[str]) -> Meant:
    names = [word for word in words if not word.startswith("--")]
    modes = {_MODES[word] for word in words if word in _MODES}
    roles = {_ROLES[word] for word in words if word in _ROLES}
    unknown = [word for word in words if word not in (*names, *_MODES, *_ROLES)]
    if len(names) != 1 or unknown or len(modes) > 1 or len(roles) > 1:
        return Unclear("console.unclear.as")
    return Switch(names[0], next(iter(roles), None), next(iter(modes), None))


def _clock(words: list[str]) -> Meant:
    if not words:
        return Clock()
    step = _STEP.fullmatch("".join(words).lower())
    if step is None:
        return Unclear("console.unclear.clock")
    days, hours, minutes = (int(part or 0) for part in step.groups())
    by = timedelta(days=days, hours=hours, minutes=minutes)
    return Clock(by) if timedelta() < by <= LONGEST_STEP else Unclear("console.unclear.clock")
