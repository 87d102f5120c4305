"""Listens to everything that this process says to any log or stream, at DEBUG, for words that must not be there."""

import gc
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from structlog.testing import capture_logs
from structlog.typing import EventDict


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@dataclass
class Overheard:
    """records: of the logging module. entries: of structlog, before anything is left out of them."""

    records: list[logging.LogRecord] = field(default_factory=list)
    entries: list[EventDict] = field(default_factory=list)

    @property
    def tracebacks(self) -> list[str]:
        """Where an exception got as far as a log."""
        logged = [f"{record.name}: {record.getMessage()}" for record in self.records if record.exc_info]
        return logged + [repr(entry) for entry in self.entries if "exc_info" in entry or "exception" in entry]

    @property
    def lines(self) -> list[str]:
        """What our own code said, by event."""
        return [str(entry["event"]) for entry in self.entries]

    def hits(self, *words: str, printed: str = "") -> list[str]:
        """Where one of these words stands, however it is written. printed: what went to the streams."""
        formatter = logging.Formatter("%(name)s %(message)s")
        said = [f"{formatter.format(record)} {record.__dict__!r}" for record in self.records]
        said += [repr(entry) for entry in self.entries]
        forms = {form.casefold() for word in words for form in _forms(word)}
        return [each[:300] for each in [*said, printed] if any(form in each.casefold() for form in forms)]


def _forms(word: str) -> set[str]:
    raw = word.encode()
    return {word, json.dumps(word)[1:-1], ascii(word)[1:-1], repr(raw)[2:-1], quote(word), quote_plus(word), raw.hex()}


@contextmanager
def overhearing() -> Iterator[Overheard]:
    """Every logger there is now speaks at DEBUG, and lets the root hear it; afterwards all is as it was."""
    overheard, ear, root = Overheard(), _Ear(), logging.getLogger()
    loggers = [root, *(each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger))]
    before = [(each, each.level, each.propagate) for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        each.propagate = True
    root.addHandler(ear)
    try:
        with capture_logs() as entries:
            yield overheard
            gc.collect()  # what nobody ever looked at is told now
    finally:
        root.removeHandler(ear)
        for each, level, propagate in before:
            each.setLevel(level)
            each.propagate = propagate
        overheard.records, overheard.entries = ear.records, entries
