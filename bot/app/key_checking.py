"""yorisoi keys check: the file, the database, and everything that is sealed in it."""

import sys

from bot.app.findings import report
from bot.app.keys import check_writable, database_exists, database_file, key_exists, whole_keys
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import schema
from bot.store.engines import make_engine
from bot.store.key_check import count
from bot.store.keyfile import read_keys
from bot.store.keyring import KeyFile
from bot.store.seal import KEY_BYTES, Keys
from bot.views.text import Text

_TOLD_EVERY = 10_000

_NO_KEY = bytes(KEY_BYTES)
"""Before the first start: a database that has a key already does not open with this one."""


async def check(settings: Settings) -> int:
    """0 where all is well; changes nothing."""
    parts = (("key", look_at_key), ("database", look_at_database), ("sealed", _sealed))
    return await report(settings, parts, decisive="database")


def look_at_key(settings: Settings) -> str:
    if _untouched(settings):
        folder = next(folder for folder in settings.key.absolute().parents if folder.exists())
        check_writable(folder, "YORISOI_KEY_FILE")
        return "-"
    whole_keys(settings)
    return str(settings.key)


def look_at_database(settings: Settings) -> str:
    keys = Keys(_NO_KEY) if _untouched(settings) else read_keys(settings.key)
    revision = schema.examine(settings.database, keys)
    file = database_file(settings)
    if file and not file.exists():
        check_writable(file.absolute().parent, "YORISOI_DATABASE_URL")
    return revision


def _untouched(settings: Settings) -> bool:
    return not key_exists(settings) and not database_exists(settings)


def _sealed(settings: Settings) -> str:
    if not key_exists(settings) or not database_exists(settings):
        return "-"
    text = Text(settings.language, settings.zone)

    def say(table: str, so_far: int) -> None:
        if so_far and so_far % _TOLD_EVERY == 0:
            sys.stderr.write(text("cli.keys.checking", table=table, count=so_far) + "\n")

    engine = make_engine(settings.database, writes=False)
    try:
        counts = count(engine, KeyFile(settings.key), say)
    finally:
        engine.dispose()
    told = ", ".join(f"{table} {found.opened}/{found.every}" for table, found in counts.items() if found.every)
    if any(found.opened < found.every for found in counts.values()):
        raise Misconfigured(
            "YORISOI_DATABASE_URL",
            f"not everything opens: {told}.",
            "restore the last backup beside its key; without it, the bot goes on without what does not open.",
        )
    return told or "0"
