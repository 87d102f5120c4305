"""yorisoi backup: one file that holds everything but the key, made while the house goes on."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from bot import __version__
from bot.app.keys import database_exists, database_file, whole_keys
from bot.app.mirror import NAME
from bot.chat.errors import Misconfigured
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import backups
from bot.store.copying import beside
from bot.store.engines import without_password
from bot.views.text import Text

_LARGE = 64_000_000
_MEGABYTE = 1_000_000


class _Progress:
    """A line for every tenth of a large copy."""

    def __init__(self, text: Text) -> None:
        self._text, self._tenths = text, 0

    def __call__(self, remaining: int, whole: int) -> None:
        tenths = 10 * (whole - remaining) // max(whole, 1)
        if whole >= _LARGE and tenths > self._tenths:
            self._tenths = tenths
            done = (whole - remaining) // _MEGABYTE
            sys.stderr.write(self._text("cli.backup.progress", done=done, whole=whole // _MEGABYTE) + "\n")


async def backup(settings: Settings, file: Path, *, force: bool, clock: Clock | None = None) -> int:
    return await asyncio.to_thread(_backup, settings, file, (clock or Clock())(), force=force)


def _backup(settings: Settings, file: Path, now: datetime, *, force: bool) -> int:
    database = database_file(settings)
    if database is None:
        raise _by_its_own_programs(settings, file)
    if not database_exists(settings):
        raise Misconfigured("YORISOI_DATABASE_URL", "there is no database yet.", "start Yorisoi first.")
    try:
        _check_place(settings, database, file, force=force)
    except OSError as error:  # a folder that is closed to us, a name too long
        raise Misconfigured(
            "FILE", f"{file} cannot be reached ({type(error).__name__}).", "name a file this user may write."
        ) from None
    text = Text(settings.language, settings.zone)
    made = backups.make(database, file, whole_keys(settings), __version__, now, _Progress(text))
    size = f"{file.stat().st_size / _MEGABYTE:.1f}"
    _say(text("cli.backup.made", file=file, size=size, when=text.when(made.made_at)))
    _say(text("cli.backup.key", secret=settings.key))
    _say(text("cli.backup.log", log=settings.data_dir / NAME))
    return 0


def _check_place(settings: Settings, database: Path, file: Path, *, force: bool) -> None:
    if not file.parent.is_dir():
        raise Misconfigured("FILE", f"{file.parent} is no folder.", f"mkdir -p {file.parent}")
    if file.resolve() in [each.resolve() for each in beside(database)]:
        raise Misconfigured("FILE", "this is the database itself.", "name a new file in another folder.")
    if file.parent.resolve() == settings.key.parent.resolve():
        raise Misconfigured(
            "FILE",
            "the key lies in this folder, and whoever has both can read everything.",
            "name another folder, on another disk if you can.",
        )
    if file.is_dir() or (file.exists() and not force):
        raise Misconfigured("FILE", f"{file} is there already.", "name a new file; --force writes over a file.")


def _by_its_own_programs(settings: Settings, file: Path) -> Misconfigured:
    address = without_password(settings.database)
    return Misconfigured(
        "YORISOI_DATABASE_URL",
        "PostgreSQL makes its own backups.",
        f"pg_dump --format=custom --file={file} --dbname='{address}'\n"
        f"  to restore: end every yorisoi, then pg_restore --clean --if-exists --single-transaction"
        f" --dbname='{address}' {file}\n"
        f"    and yorisoi restore --after-restore --apply-tombstones {settings.data_dir / NAME}\n"
        f"  keep elsewhere too: {settings.key} and the newest {settings.data_dir / NAME}; see docs/backup.md",
    )


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
