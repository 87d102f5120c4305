"""The real log of the house, read back: how often each cause was written, and whether anybody's words are in it."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from bot.app import logs
from bot.app.repeats import CAUSE


class Written:
    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def text(self) -> str:
        return self._file.read_text("utf-8")

    def causes(self) -> Counter[str]:
        """A line without its moment and its numbers; those of libraries as they are."""
        return Counter(_cause(line) for line in self.text.splitlines())

    def events(self) -> Counter[str]:
        return Counter(str(json.loads(line)["event"]) for line in self.text.splitlines() if line.startswith("{"))


@contextmanager
def written(file: Path) -> Iterator[Written]:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = logs.configure("INFO", file)
    try:
        yield Written(file)
    finally:
        structlog.configure(**before)
        root.handlers[:] = handlers
        root.setLevel(level)
        stream.close()


def _cause(line: str) -> str:
    if not line.startswith("{"):
        return line
    said = json.loads(line)
    return json.dumps({name: value for name, value in said.items() if name in CAUSE})
