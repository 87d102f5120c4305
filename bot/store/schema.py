"""Brings a database to the newest schema, and refuses one that is damaged, newer, or of another key."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.chat.errors import Misconfigured
from bot.store.engines import make_engine
from bot.store.seal import Keys, same

NEWEST = "0001"
"""The last revision in migrations/versions; a test holds it against Alembic's own head."""

_FINGERPRINT = "key"


def prepare(engine: Engine, keys: Keys) -> None:
    """Raises Misconfigured, naming the fix, where the database must not be used."""
    try:
        with engine.connect() as connection:
            revision = _revision(connection)
            _check_sound(connection)
        if revision != NEWEST:
            _migrate(engine, revision)
        with engine.begin() as connection:
            _check_key(connection, keys)
    except DBAPIError as error:
        raise _unusable(error) from None


def examine(url: str, keys: Keys) -> str:
    """Looks without changing anything; says the revision. Raises Misconfigured like prepare()."""
    engine = make_engine(url, writes=False)
    try:
        with engine.connect() as connection:
            revision = _revision(connection)
            _check_sound(connection)
            if revision == NEWEST:
                _check_key(connection, keys)
        return revision or "-"
    except DBAPIError as error:
        raise _unusable(error) from None
    finally:
        engine.dispose()


def _check_sound(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
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


def _migrate(engine: Engine, revision: str) -> None:
    from alembic import command  # slow to import, and only needed when there is something to do
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision and revision not in known:
        raise Misconfigured(
            "YORISOI_DATABASE_URL",
            f"a newer Yorisoi ({revision}) wrote this database.",
            "start that version, or restore an older backup.",
        )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _check_key(connection: Connection, keys: Keys) -> None:
    found = connection.execute(text("SELECT value FROM meta WHERE name = :name"), {"name": _FINGERPRINT}).scalar()
    if found is None:
        connection.execute(
            text("INSERT INTO meta (name, value) VALUES (:name, :value)"),
            {"name": _FINGERPRINT, "value": keys.fingerprint()},
        )
    elif not same(str(found), keys.fingerprint()):
        raise Misconfigured(
            "YORISOI_KEY_FILE", "this key is not the one of this database.", "put the right key file back."
        )
