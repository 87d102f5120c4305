"""Logs that never hold what anyone wrote: event names, counts and kinds of errors, one JSON line each."""

import logging
import sys
from pathlib import Path
from typing import TextIO

import structlog

from bot.app.log_lines import known_only
from bot.app.repeats import Repeats
from bot.chat.errors import Misconfigured

_CHATTY = (
    "httpx",
    "httpcore",
    "slack_bolt",
    "slack_sdk",
    "telegram",
    "sqlalchemy",
    "alembic",
    "apscheduler",
    "asyncio",
)
"""Libraries that print addresses, tokens or parameters below WARNING (reference/reliability.md, H15)."""


def configure(level: str, file: Path | None = None) -> TextIO:
    """To standard error, or to a file where a window must stay clean. Returns where the lines go."""
    stream = _open(file) if file else sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.WARNING)  # some libraries lower the level of their own loggers
    handler.setFormatter(_Wordless())
    repeats = Repeats()
    handler.addFilter(repeats.filter)
    logging.basicConfig(handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            known_only,
            repeats,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    return stream


def _open(file: Path) -> TextIO:
    try:
        return file.open("a", encoding="utf-8")
    except OSError as error:
        raise Misconfigured(
            "YORISOI_DATA_DIR", f"{file} cannot be written ({type(error).__name__}).", "check its owner, or delete it."
        ) from None


class _Wordless(logging.Formatter):
    """What a library logs may quote people: only its level, its name and the kind of error are written."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname} {record.name} {kind}".rstrip()
