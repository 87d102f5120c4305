"""What is wrong, and the exact fix: settings, keys, database, model, clock."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.adapters.slack import examine as examine_slack
from bot.adapters.telegram import examine as examine_telegram
from bot.app.house import miswritten
from bot.app.keys import check_writable, database_exists, database_file, key_exists, prepare_data_dir
from bot.app.platforms import slack_tokens, telegram_account
from bot.chat.errors import Misconfigured
from bot.knowledge.encoders import encoder_source
from bot.knowledge.errors import HandbookError, KnowledgeUnavailable
from bot.knowledge.handbook import BUNDLED, LANGUAGES
from bot.knowledge.points import load
from bot.settings import Settings, read_settings
from bot.store import schema
from bot.store.seal import KEY_BYTES, Keys, read_keys
from bot.views.text import Text

_BUILT_AFTER = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this version was made is wrong."""

_NO_KEY = bytes(KEY_BYTES)
"""Before the first start: a database that has a key already does not open with this one."""


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
    findings: list[Finding] = []
    for name, look in _PARTS:
        finding = await asyncio.to_thread(_look, name, look, settings)
        findings.append(finding)
        if name == "folder" and finding.problem:  # everything else is kept in it
            break
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
    if _untouched(settings):
        folder = next(folder for folder in settings.key.absolute().parents if folder.exists())
        check_writable(folder, "YORISOI_KEY_FILE")
        return "-"
    read_keys(settings.key)
    return str(settings.key)


def _database(settings: Settings) -> str:
    keys = Keys(_NO_KEY) if _untouched(settings) else read_keys(settings.key)
    revision = schema.examine(settings.database, keys)
    file = database_file(settings)
    if file and not file.exists():
        check_writable(file.absolute().parent, "YORISOI_DATABASE_URL")
    return revision


def _untouched(settings: Settings) -> bool:
    return not key_exists(settings) and not database_exists(settings)


def _clock(settings: Settings) -> str:
    now = datetime.now(UTC)
    if now < _BUILT_AFTER:
        raise Misconfigured(
            "clock", f"it says {now:%Y-%m-%d}, which is past.", "set the system's clock, for example by NTP."
        )
    return f"{now.astimezone(settings.zone):%Y-%m-%d %H:%M} {settings.timezone}"


def _model(settings: Settings) -> str:
    """Looks at every part of the search without putting it together, which takes longer."""
    try:
        entries = {language: load(BUNDLED, language) for language in LANGUAGES}
        encoder_source(settings.data_dir, settings.embedding_model)()
    except HandbookError as error:
        raise miswritten(error) from None
    except KnowledgeUnavailable as error:
        raise Misconfigured("YORISOI_EMBEDDING_MODEL", error.problem, error.fix) from None
    return str(len(entries[settings.language]))


def _waiting(settings: Settings) -> str:
    """Letters and events that nobody will try again by itself."""
    if not key_exists(settings) or not database_exists(settings):
        return "-"
    counts = schema.left_over(settings.database)
    found = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    return f"{found} (yorisoi outbox list)" if counts.keys() - {"parked"} else found or "0"


def _slack(settings: Settings) -> str:
    """Asks Slack itself, where it is configured."""
    tokens = slack_tokens(settings)
    if tokens is None:
        return "-"
    way = "Socket Mode" if tokens.app else f"HTTP {settings.http_host}:{settings.http_port}"
    return f"{asyncio.run(examine_slack(tokens.bot, tokens.app, tokens.url))} ({way})"


def _telegram(settings: Settings) -> str:
    """Asks Telegram itself, where it is configured."""
    account = telegram_account(settings)
    return asyncio.run(examine_telegram(account)) if account else "-"


_PARTS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("folder", _folder),
    ("key", _key),
    ("database", _database),
    ("waiting", _waiting),
    ("clock", _clock),
    ("model", _model),
    ("slack", _slack),
    ("telegram", _telegram),
)
