"""Makes a backup the database again: checked, brought to the newest schema, rid of what was erased since, and only then
put in place."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.chat.errors import Misconfigured
from bot.store import handing_over, manifest, schema, tombstones
from bot.store.copying import beside, copy_at_rest, fold
from bot.store.engines import make_engine
from bot.store.seal import Keys
from bot.store.session import Session
from bot.store.swapping import swap
from bot.store.tombstones import Tombstone

ANOTHER = "take another backup."


@dataclass(frozen=True, slots=True)
class Staged:
    """A backup on its way back: a copy of it beside the database, checked and unchanged but for its manifest.
    made_at: of a plain copy, when the file was last written."""

    file: Path
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Mended:
    """What a restored database was told of the time since. erased: what it held and must not."""

    doubtful: int
    erased: int


@contextmanager
def staged(file: Path, current: Path, keys: Keys) -> Iterator[Staged]:
    """Raises Misconfigured where the file cannot become the database; nothing is changed then."""
    copy = current.with_name(f"{current.name}.restoring")
    try:
        written = _copied(file, copy, current)
        yield Staged(copy, _checked(copy, keys) or written)
    finally:
        for each in beside(copy):
            each.unlink(missing_ok=True)


def _copied(file: Path, copy: Path, current: Path) -> datetime:
    """When it was last written."""
    try:
        if not file.is_file() or not file.stat().st_size:
            raise Misconfigured("FILE", f"{file} is no file with anything in it.", ANOTHER)
        if file.resolve() in [each.resolve() for each in beside(current)]:
            raise Misconfigured("FILE", "this is the database itself.", "name the backup that shall take its place.")
        copy_at_rest(file, copy)
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError as error:
        raise Misconfigured(
            "FILE", f"{file} cannot be copied ({type(error).__name__}).", "check its owner, and room on the disk."
        ) from None


def _checked(copy: Path, keys: Keys) -> datetime | None:
    try:
        revision = schema.examine(f"sqlite:///{copy}", keys)
    except Misconfigured as error:
        if error.setting != "YORISOI_DATABASE_URL":
            raise
        raise Misconfigured("FILE", error.problem, error.fix) from None
    if revision == "-":
        raise Misconfigured("FILE", "this is no database of Yorisoi.", ANOTHER)
    try:
        found = manifest.take_out(copy, keys)
    except (ValueError, KeyError, TypeError, sqlite3.Error):
        raise Misconfigured("FILE", "the backup has changed since it was made.", ANOTHER) from None
    return found.made_at if found else None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the database that goes knows of erasures. whole: it is sound and somebody has lived in it;
    otherwise there may have been more."""

    erased: Sequence[Tombstone]
    whole: bool


def remembered_by(current: Path, keys: Keys) -> Remembered:
    whole = _is_ours_and_sound(current, keys)
    if not current.exists() or not current.stat().st_size:
        return Remembered((), False)
    try:
        with _reading(current, keys) as session:
            return Remembered(tombstones.every(session), whole and handing_over.is_lived_in(session))
    except DBAPIError:  # too damaged to say, or of a time that knew no tombstones
        return Remembered((), whole)


def mend(staged: Staged, current: Path, keys: Keys, erased: Iterable[Tombstone], now: datetime) -> Mended:
    """Migrated and told of the time since; it stays beside the database, one file without a log."""
    engine = make_engine(f"sqlite:///{staged.file}", writes=True)
    try:
        schema.prepare(engine, keys)
        with engine.begin() as connection:
            session = Session(connection, keys)
            if _is_ours_and_sound(current, keys):
                with _reading(current, keys) as replaced:
                    handing_over.take_over(session, replaced)
            mended = catch_up(session, erased, now)
    finally:
        engine.dispose()
    fold(staged.file)
    return mended


def catch_up(session: Session, erased: Iterable[Tombstone], now: datetime) -> Mended:
    """Letters first: those by which an erasure replaces its posts are new, and not doubtful."""
    doubtful = handing_over.doubt_open_letters(session, now)
    return Mended(doubtful, bury_again(session, erased, now))


def bury_again(session: Session, erased: Iterable[Tombstone], now: datetime) -> int:
    tombstones.merge(session, erased)
    return tombstones.apply(session, now)


def put_in_place(staged: Staged, current: Path, now: datetime) -> Path | None:
    """Returns where the database that was there before lies now."""
    return swap(staged.file, current, now)


@contextmanager
def _reading(current: Path, keys: Keys) -> Iterator[Session]:
    engine = make_engine(f"sqlite:///{current}", writes=False)
    try:
        with engine.connect() as connection:
            yield Session(connection, keys)
    finally:
        engine.dispose()


def _is_ours_and_sound(current: Path, keys: Keys) -> bool:
    try:
        return schema.examine(f"sqlite:///{current}", keys) != "-"
    except Misconfigured:
        return False
