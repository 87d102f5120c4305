"""Reads erased.log: what was erased and when, one line of JSON each, kept apart from backups."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.chat.errors import Misconfigured
from bot.store.tombstones import Tombstone


def read(file: Path) -> list[Tombstone]:
    """Raises Misconfigured where a line in the middle cannot be read; the last one may have been cut off by a crash."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            "--tombstones", f"{file} cannot be read ({type(error).__name__}).", "name an erased.log, or a copy of one."
        ) from None
    return list(_tombstones(file, lines))


def _tombstones(file: Path, lines: list[str]) -> Iterator[Tombstone]:
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
            day = datetime.fromisoformat(value["date"])
            yield Tombstone(str(value["kind"]), str(value["subject"]), day if day.tzinfo else day.replace(tzinfo=UTC))
        except (ValueError, KeyError, TypeError):
            if number < len(lines):
                raise Misconfigured(
                    "--tombstones",
                    f"line {number} of {file} cannot be read.",
                    "mend it from another copy; what it named may come back otherwise.",
                ) from None
