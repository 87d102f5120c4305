"""What people do: one event is one thing one person did in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A deliverable place; it says nothing about who lives there."""

    platform: str
    space: str = ""
    channel: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    action: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """softened: what was written, and what is kept instead because it named somebody; no row ever holds it."""

    form: str
    answers: Mapping[str, str] = field(default_factory=dict)
    argument: str = ""
    softened: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """What was written before is written differently now. before: empty where nobody remembers it."""

    before: str
    text: str


@dataclass(frozen=True, slots=True)
class News:
    """What a platform tells about a chat, and nobody types: back (letters are taken again), gone, hushed (we may not
    write), demoted (we may do no more than others), moved (argument: its new channel), gap (argument: since when
    nothing was heard)."""

    name: str
    argument: str = ""


Body = Text | Command | Press | Submit | Edit | News


@dataclass(frozen=True, slots=True)
class Event:
    """One delivery of a platform.

    id: unique per delivery within (platform, space); a repeated delivery repeats it.
    direct: only this person and the bot are here. modal: a dialog can open right now.
    at: when it happened, an aware datetime in UTC.
    dialogs: forms are dialogs here, now or at the next press, and never questions in the chat: what is written
    there may stay with the chat company.
    """

    id: str
    sender: str
    address: Address
    direct: bool
    modal: bool
    at: datetime
    body: Body
    dialogs: bool = False

    @property
    def private(self) -> Address:
        """Where this person can be met alone: every platform delivers to a person's own id."""
        return Address(self.address.platform, self.address.space, self.sender)
