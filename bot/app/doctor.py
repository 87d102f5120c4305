"""What is wrong, and the exact fix: settings, keys, database, model, clock."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.app.house import handbook_of
from bot.app.keys import database_exists, key_exists, prepare_data_dir
from bot.chat.errors import Misconfigured
from bot.settings import Settings, read_settings
from bot.store import schema
from bot.store.seal import read_keys
from bot.views.text import Text

_BUILT_AFTER = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this version was made is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """name: which part, a key of cli.toml. problem and fix are empty when all is well."""

    name: str
    detail: str = ""
    problem: str = ""
    fix: str = ""


async def examine() -> int:
    """Prints one line per part; 1 when anything is wrong."""
    try:
        settings = read_settings()
    except Misconfigured as error:
        sys.stdout.write(f"✗ {error.setting}: {error.problem}\n    {error.fix}\n")
        return 1
    text = Text(settings.language, settings.zone)
    findings = [await asyncio.to_thread(_look, name, look, settings) for name, look in _PARTS]
    if not findings[0].problem:  # the model is kept in the folder
        findings.append(await _model(settings))
    for finding in findings:
        sys.stdout.write(_line(text, finding))
    return 1 if any(finding.problem for finding in findings) else 0


def _line(text: Text, finding: Finding) -> str:
    name = text(f"cli.doctor.{finding.name}")
    if finding.problem:
        return f"✗ {name}: {finding.problem}\n    {text('cli.fix')}: {finding.fix}\n"
    return f"✓ {name}{': ' if finding.detail else ''}{finding.detail}\n"


def _look(name: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(name, look(settings))
    except Misconfigured as error:
        return Finding(name, problem=f"{error.setting}: {error.problem}", fix=error.fix)


def _folder(settings: Settings) -> str:
    prepare_data_dir(settings.data_dir)
    return str(settings.data_dir)


def _key(settings: Settings) -> str:
    if not key_exists(settings) and not database_exists(settings):
        return "-"
    read_keys(settings.key)
    return str(settings.key)


def _database(settings: Settings) -> str:
    if not key_exists(settings) and not database_exists(settings):
        return "-"
    return schema.examine(settings.database, read_keys(settings.key))


def _clock(settings: Settings) -> str:
    now = datetime.now(UTC)
    if now < _BUILT_AFTER:
        raise Misconfigured(
            "clock", f"it says {now:%Y-%m-%d}, which is past.", "set the system's clock, for example by NTP."
        )
    return f"{now.astimezone(settings.zone):%Y-%m-%d %H:%M} {settings.timezone}"


async def _model(settings: Settings) -> Finding:
    handbook = handbook_of(settings)
    await handbook.warm()
    entries = len(await handbook.entries(settings.language))
    if handbook.problem:
        return Finding("model", problem=handbook.problem.problem, fix=handbook.problem.fix)
    return Finding("model", str(entries))


_PARTS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("folder", _folder),
    ("key", _key),
    ("database", _database),
    ("clock", _clock),
)
