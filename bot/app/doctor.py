"""What is wrong, and the exact fix: settings, keys, database, model, clock."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.adapters.slack import examine as examine_slack
from bot.adapters.telegram import examine as examine_telegram
from bot.app.findings import Part, report
from bot.app.hotline_care import look_at_hotlines
from bot.app.house import miswritten
from bot.app.key_checking import look_at_database, look_at_key
from bot.app.keys import database_exists, key_exists, prepare_data_dir
from bot.app.platforms import slack_tokens, telegram_account
from bot.chat.errors import Misconfigured
from bot.knowledge import calibration
from bot.knowledge.encoders import encoder_source
from bot.knowledge.errors import HandbookError, KnowledgeUnavailable
from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.points import load
from bot.knowledge.vectors import VectorFiles
from bot.knowledge.weights import weights
from bot.settings import Settings, read_settings
from bot.store import schema

_BUILT_AFTER = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this version was made is wrong."""


async def examine() -> int:
    """Prints one line per part; 1 when anything is wrong."""
    try:
        settings = read_settings()
    except Misconfigured as error:
        sys.stdout.write(f"✗ {error.setting}: {error.problem}\n    {error.fix}\n")
        return 1
    return await report(settings, _PARTS, decisive="folder")


def _folder(settings: Settings) -> str:
    prepare_data_dir(settings.data_dir)
    return str(settings.data_dir)


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
        encoder = encoder_source(settings.data_dir, settings.embedding_model)()
        weights()
    except HandbookError as error:
        raise miswritten(error) from None
    except KnowledgeUnavailable as error:
        raise Misconfigured("YORISOI_EMBEDDING_MODEL", error.problem, error.fix) from None
    every = [entry for book in entries.values() for entry in book]
    examples = [text for language in LANGUAGES for text in outside(language)]
    hint = "" if calibration.measured_with(every, examples) else "; python -m bot.knowledge.calibrate"
    kept = VectorFiles(settings.data_dir / "vectors").count(encoder.name)
    return f"{len(entries[settings.language])}, {encoder.name} ({kept}){hint}"


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


_PARTS: Sequence[Part] = (
    ("folder", _folder),
    ("key", look_at_key),
    ("database", look_at_database),
    ("waiting", _waiting),
    ("clock", _clock),
    ("model", _model),
    ("hotlines", look_at_hotlines),
    ("slack", _slack),
    ("telegram", _telegram),
)
