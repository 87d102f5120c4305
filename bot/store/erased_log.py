"""The tombstones once more, in a file beside the database: a lost database must not lose what was erased."""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.store.tombstones import Tombstone


class ErasedLog:
    """Lines are added and never taken out: kind, subject and day, nothing else. Half a line, left by a crash, counts as
    none. First they are appended, then all are put in order: no order of theirs may tell what was erased together."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._size: int | None = None
        self._there: set[str] = set()

    def read(self) -> list[Tombstone]:
        """Everything that can be read; nothing where there is no file yet."""
        try:
            lines = self._file.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        return [found for line in lines if (found := _tombstone(line))]

    def changed(self) -> bool:
        """Whether another hand touched it since we did: then everything is to be held against it anew."""
        return self._size != self._length()

    def add(self, rows: Iterable[Tombstone]) -> int:
        """Writes those that are not there yet, and returns how many when they are on the disk."""
        if self.changed():
            self._there = {each.subject for each in self.read()}
        new = [each for each in rows if each.subject not in self._there]
        if new:
            self._append(new)
            self._put_in_order()
        self._there.update(each.subject for each in new)
        self._size = self._length()
        return len(new)

    def _append(self, rows: Sequence[Tombstone]) -> None:
        made = self._length() < 0
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            os.fchmod(file.fileno(), 0o600)
            torn = not made and not _ends_a_line(self._file)
            file.write(b"\n" * torn + b"".join(map(_line, rows)))
            file.flush()
            os.fsync(file.fileno())
        if made:
            _sync_folder(self._file.parent)

    def _put_in_order(self) -> None:
        """By day, and within a day by their random names. The file is the old one or the new one, whole; what another
        process appended just now, it finds missing at its next look."""
        real = self._file.resolve()
        fresh = real.with_name(f"{real.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(map(_line, sorted({*self.read()}, key=lambda each: (each.erased_at, each.subject))))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(real)
        _sync_folder(real.parent)

    def _length(self) -> int:
        with suppress(FileNotFoundError):
            return self._file.stat().st_size
        return -1


def _line(row: Tombstone) -> bytes:
    day = row.erased_at.astimezone(UTC).date().isoformat()
    return json.dumps({"kind": row.kind, "subject": row.subject, "date": day}).encode() + b"\n"


def _tombstone(line: bytes) -> Tombstone | None:
    try:
        value = json.loads(line)
        day = datetime.fromisoformat(value["date"]).replace(tzinfo=UTC)
        return Tombstone(str(value["kind"]), str(value["subject"]), day)
    except (ValueError, KeyError, TypeError):
        return None


def _ends_a_line(file: Path) -> bool:
    with file.open("rb") as found:
        if not found.seek(0, os.SEEK_END):
            return True
        found.seek(-1, os.SEEK_END)
        return found.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """So that the file itself is there after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
