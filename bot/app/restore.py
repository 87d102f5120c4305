"""yorisoi restore: a backup becomes the database again, without what was erased since."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.house import open_house
from bot.app.keys import check_writable, database_file, sole_carrier, whole_keys
from bot.app.mirror import NAME
from bot.chat.errors import Misconfigured
from bot.scheduler.clock import Clock
from bot.settings import Settings
from bot.store import restoring
from bot.store.erased_log import ErasedLog
from bot.store.seal import Keys
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from bot.views.text import Text

WITHOUT = "--without-tombstones"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of erasures. whole: nothing that was erased after the backup can be missing."""

    erased: Sequence[Tombstone]
    whole: bool


async def restore(
    settings: Settings, file: Path, lists: Sequence[Path], *, without: bool, clock: Clock | None = None
) -> int:
    database = database_file(settings)
    if database is None:
        raise Misconfigured(
            "YORISOI_DATABASE_URL",
            "this is PostgreSQL, which restores by its own programs.",
            "end every yorisoi, pg_restore (see docs/backup.md), then yorisoi restore --after-restore"
            " --apply-tombstones FILE",
        )
    check_writable(database.parent, "YORISOI_DATABASE_URL")
    keys, now, began = whole_keys(settings), (clock or Clock())(), time.monotonic()
    text = Text(settings.language, settings.zone)
    with sole_carrier(settings), restoring.staged(file, database, keys) as staged:
        known = _known(settings, database, keys, lists)
        if not without:
            _check_age(settings, staged.made_at, now)
            _check_known(known)
        mended = restoring.mend(staged, database, keys, known.erased, now)
        aside = restoring.put_in_place(staged, database, now.astimezone(settings.zone))
    seconds = f"{time.monotonic() - began:.1f}"
    _say(text("cli.restore.done", when=text.when(staged.made_at), seconds=seconds))
    _say(text("cli.restore.doubtful", count=mended.doubtful))
    _say(text("cli.restore.erased", count=mended.erased))
    if not known.whole:
        _warn(text("cli.restore.no_tombstones"))
    if aside:
        _warn(text("cli.restore.aside", aside=aside))
    return 0


async def apply(settings: Settings, lists: Sequence[Path], *, after_restore: bool) -> int:
    """On the database as it stands, SQLite or PostgreSQL."""
    text, now = Text(settings.language, settings.zone), Clock()()
    erased = [each for file in lists for each in _listed(file)]

    def work(session: Session) -> restoring.Mended:
        if after_restore:
            return restoring.catch_up(session, erased, now)
        return restoring.Mended(0, restoring.bury_again(session, erased, now))

    with sole_carrier(settings):
        async with open_house(settings) as house:
            mended = await house.database.write(work)
            await house.database.forget_traces()
    _say(text("cli.restore.applied", count=mended.erased, doubtful=mended.doubtful))
    return 0


def _known(settings: Settings, database: Path, keys: Keys, lists: Sequence[Path]) -> Known:
    """From the database that goes, from erased.log, and from every list that was named."""
    remembered = restoring.remembered_by(database, keys)
    beside = settings.data_dir / NAME
    kept = _listed(beside) if beside.exists() else []
    listed = [each for file in lists for each in _listed(file)]
    return Known([*remembered.erased, *kept, *listed], remembered.whole or bool(kept or lists))


def _listed(file: Path) -> list[Tombstone]:
    """A list in which nothing can be read is not one that names nothing."""
    try:
        found = ErasedLog(file).read()
        if found or (file.is_file() and not file.stat().st_size):
            return found
    except OSError:
        pass
    raise Misconfigured("--tombstones", f"{file} is no list of what was erased.", f"name an {NAME}, or a copy of one.")


def _check_known(known: Known) -> None:
    if not known.whole:
        raise Misconfigured(
            "--tombstones",
            "neither the database that goes nor an erased.log tells what was erased after this backup was made:"
            " whatever it was would be back, readable, and could be answered.",
            f"name a copy of {NAME} with --tombstones FILE; only where nothing was ever erased, or no copy is left,"
            f" {WITHOUT}.",
        )


def _check_age(settings: Settings, made_at: datetime, now: datetime) -> None:
    """What was erased longer ago is no longer remembered anywhere."""
    if now - made_at > timedelta(days=settings.keep_tombstones_days):
        raise Misconfigured(
            "FILE",
            f"this backup is of {made_at:%Y-%m-%d}, and what was erased is remembered for"
            f" {settings.keep_tombstones_days} days only (YORISOI_KEEP_TOMBSTONES_DAYS).",
            f"take a newer backup; only where there is none, {WITHOUT}, and what was erased since may be back.",
        )


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _warn(words: str) -> None:
    sys.stderr.write(f"{words}\n")
