"""Brings a database to the newest schema, and refuses one that is damaged, newer, or of another key."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.chat.errors import Misconfigured
from bot.chat.moments import Moment, reached
from bot.store import marks
from bot.store.engines import make_engine
from bot.store.seal import Keys
from bot.store.session import Session
from bot.store.swapping import was_cut_off

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

NEWEST = "0006"
"""The last revision in migrations/versions; a test holds it against Alembic's own head."""

FINGERPRINT = "key"
"""The row of meta that tells whose database this is."""


def prepare(engine: Engine, keys: Keys, *, moving: bool = False) -> None:
    """Raises Misconfigured, naming the fix, where the database must not be used; nothing is changed then.

    moving: also one that a move has closed, for the move itself.
    """
    _check_not_emptied(engine)
    try:
        with engine.connect() as connection:
            revision = _look(connection, keys, moving=moving)
        if revision != NEWEST:
            _migrate(engine)
        with engine.begin() as connection:
            _note_key(connection, keys)
    except DBAPIError as error:
        raise _unusable(error) from None


def exists(url: str) -> bool:
    """Whether a community lives in this database. Raises Misconfigured where it cannot be asked."""
    engine = make_engine(url, writes=False)
    try:
        with engine.connect() as connection:
            return bool(_revision(connection))
    except DBAPIError as error:
        raise _unusable(error) from None
    finally:
        engine.dispose()


def fits(session: Session) -> bool:
    """Whether the rows are still what this program opened: another one may have migrated them, or changed the key."""
    revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    found = session.scalar(text("SELECT value FROM meta WHERE name = :name"), name=FINGERPRINT)
    return revision == NEWEST and session.keys.of(str(found)) is not None


def left_over(url: str) -> dict[str, int]:
    """How many letters ended dead, unknown or unreadable, wait for a chat that went away, and how many events are
    parked."""
    engine = make_engine(url, writes=False)
    letters = (
        "SELECT state, count(*) FROM outbox WHERE state IN ('away', 'dead', 'unknown', 'unreadable') GROUP BY state"
    )
    try:
        with engine.connect() as connection:
            counts = {str(state): int(count) for state, count in connection.execute(text(letters))}
            parked = connection.execute(text("SELECT count(*) FROM inbox WHERE state = 'parked'")).scalar()
            return counts | ({"parked": int(parked)} if parked else {})
    except DBAPIError:
        return {}  # the database itself is another finding
    finally:
        engine.dispose()


def examine(url: str, keys: Keys) -> str:
    """Looks without changing anything; says the revision, or "-" where there is none yet.

    Raises Misconfigured like prepare().
    """
    engine = make_engine(url, writes=False)
    if _size(engine) is None:
        return "-"
    _check_not_emptied(engine)
    try:
        with engine.connect() as connection:
            return _look(connection, keys) or "-"
    except DBAPIError as error:
        raise _unusable(error) from None
    finally:
        engine.dispose()


def _look(connection: Connection, keys: Keys, *, moving: bool = False) -> str:
    """The revision of a database that is sound, ours, and no newer than this program; empty before the first."""
    _check_sound(connection)
    revision = _revision(connection)
    if revision:
        _check_known(revision)
        _check_key(connection, keys)
        if not moving:
            marks.check_none(connection)
    return revision


def _size(engine: Engine) -> int | None:
    """Bytes of the database file, None where there is none, -1 where opening it must tell."""
    if engine.dialect.name != "sqlite":
        return -1
    try:
        return Path(engine.url.database or "").stat().st_size
    except FileNotFoundError:
        return None
    except OSError:
        return -1


def _check_not_emptied(engine: Engine) -> None:
    """SQLite would take an emptied file for a new database, and what was lost would never be noticed."""
    if engine.dialect.name == "sqlite" and was_cut_off(Path(engine.url.database or "")):
        raise Misconfigured("YORISOI_DATABASE_URL", "a restore was cut off.", "run yorisoi restore FILE again.")
    if _size(engine) == 0:
        raise Misconfigured(
            "YORISOI_DATABASE_URL",
            "the database file is empty.",
            "restore the last backup beside its key; only where there never was anything, delete the empty file.",
        )


def _check_sound(connection: Connection) -> None:
    """Not the quick check, which does not hold the indexes against the rows: 3 seconds for a gigabyte, and a state or
    token that rotted on the disk is found."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
        raise _damaged()


def _unusable(error: DBAPIError) -> Misconfigured:
    if "malformed" in str(error.orig) or "not a database" in str(error.orig):
        return _damaged()
    return Misconfigured(
        "YORISOI_DATABASE_URL",
        f"the database cannot be opened ({type(error.orig).__name__}).",
        "check that the folder exists and is writable, the disk is not full, or the server runs.",
    )


def _damaged() -> Misconfigured:
    return Misconfigured(
        "YORISOI_DATABASE_URL", "the database file is damaged.", "restore the last backup beside its key."
    )


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _check_known(revision: str) -> None:
    if revision != NEWEST and revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise Misconfigured(
            "YORISOI_DATABASE_URL",
            f"a newer Yorisoi ({revision}) wrote this database.",
            "start that version, or restore an older backup.",
        )


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _migrate(engine: Engine) -> None:
    from alembic import command  # slow to import, and only needed when there is something to do

    config = _config()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # of several first starts, one migrates and the others wait
            connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(1)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if __debug__:
            reached(Moment.MIGRATING)


def _check_key(connection: Connection, keys: Keys) -> None:
    found = connection.execute(text("SELECT value FROM meta WHERE name = :name"), {"name": FINGERPRINT}).scalar()
    if found is None or keys.of(str(found)):
        return
    if keys.outgrew(str(found)):
        raise Misconfigured(
            "YORISOI_KEY_FILE",
            "this database is from before the last `yorisoi keys rotate`.",
            "put the key file of that time beside it, or restore a newer backup.",
        )
    raise Misconfigured("YORISOI_KEY_FILE", "this key is not the one of this database.", "put the right key file back.")


def _note_key(connection: Connection, keys: Keys) -> None:
    """Marks a new database with its key; two first starts at once agree on one."""
    connection.execute(
        text("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING"),
        {"name": FINGERPRINT, "value": keys.fingerprint()},
    )
    _check_key(connection, keys)
