"""The chat companies, outside the bot's process: they keep every letter, act, acknowledgement and shown answer."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.chat.adapter import Dispatch
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store.packing import message_from_dict, message_to_dict
from tests.faults.points import switch

Line = dict[str, Any]


class Ledger:
    """One JSON line per fact, written before anyone hears of it; a letter is forced to the disk as well."""

    def __init__(self, file: Path) -> None:
        self.lines = read_lines(file)
        self._file = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def add(self, kind: str, **values: Any) -> None:
        line = {"kind": kind, **values}
        os.write(self._file, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        if kind == "letter":
            os.fsync(self._file)
        self.lines.append(line)

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line["kind"] == kind]

    def standing(self, channel: str) -> list[Message]:
        """What stands in a group now: later letters may have taken the place of earlier ones."""
        found: dict[str, Message] = {}
        for line in self.of("letter"):
            if line["channel"] == channel:
                found[line["reference"]] = message_from_dict(line["message"])
        return list(found.values())


def read_lines(file: Path) -> list[Line]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


class LedgerPlatform:
    """dialogs: whether a dialog can open. can_look: whether it can tell if a letter has arrived."""

    hearing = True
    hears_alone = False

    def __init__(self, name: str, ledger: Ledger, *, dialogs: bool, can_look: bool) -> None:
        self.name, self.dialogs, self.can_look = name, dialogs, can_look
        self._ledger = ledger

    async def run(self, dispatch: Dispatch) -> None:
        """The scene brings the events."""

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        switch.passing("send:called")
        reference = replacing or f"{self.name}-{len(self._ledger.of('letter')) + 1}"
        self._ledger.add(
            "letter",
            platform=self.name,
            key=key,
            reference=reference,
            channel=address.channel,
            thread=address.thread,
            replacing=replacing,
            message=message_to_dict(message),
        )
        switch.passing("send:accepted")
        return reference

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        if not self.can_look:
            raise LookupError(f"{self.name} cannot look")
        return next((line["reference"] for line in self._ledger.of("letter") if line["key"] == key), None)
