"""Listens to everything that this process says to any log or stream, at DEBUG, for words that must not be there."""

import gc
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

_FORMAT = logging.Formatter("%(name)s %(message)s")


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
        logged = [_FORMAT.format(record) for record in self.records if record.exc_info]
        return logged + [repr(entry) for entry in self.entries if "exc_info" in entry or "exception" in entry]

    @property
    def lines(self) -> list[str]:
        """What our own code said, by event."""
        return [str(entry["event"]) for entry in self.entries]

    def hits(self, *words: str, printed: str = "") -> list[str]:
        """Where one of these words stands, however it is written. printed: what went to the streams."""
        said = [f"{_FORMAT.format(record)} {record.__dict__!r}" for record in self.records]
        said += [repr(entry) for entry in self.entries]
        forms = {_flat(form) for word in words for form in _forms(word)}
        return [each[:300] for each in [*said, printed] if any(form in _flat(each) for form in forms)]


def _flat(text: str) -> str:
    """Without the difference that is made by quoting twice, or by large letters."""
    return re.sub(r"\\+", r"\\", text).casefold()


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


@contextmanager
def wordless(capfd: pytest.CaptureFixture[str], *words: str) -> Iterator[Overheard]:
    """Whatever happens meanwhile: none of these words is written anywhere, and no exception gets as far as a log."""
    capfd.readouterr()
    with overhearing() as overheard:
        yield overheard
    printed = "".join(capfd.readouterr())
    assert overheard.hits(*words, "signing-secret", "xoxb-", "xapp-", printed=printed) == []
    assert overheard.tracebacks == []
    assert "Traceback" not in printed
