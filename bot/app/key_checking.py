"""yorisoi keys check: the file, the database, and everything that is sealed in it."""

import sys

from bot.app.doctor import DATABASE, KEY, report
from bot.app.keys import database_exists, key_exists
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store.engines import make_engine
from bot.store.key_check import count
from bot.store.keyring import KeyFile
from bot.views.text import Text

_TOLD_EVERY = 10_000


async def check(settings: Settings) -> int:
    """0 where all is well; changes nothing."""
    return await report(settings, (KEY, DATABASE, ("sealed", _sealed)), decisive="database")


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
            "restore the last backup beside its key, or live without what does not open.",
        )
    return told or "0"
