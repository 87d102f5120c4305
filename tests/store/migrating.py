"""What holds of the migrations on every database."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from bot.store import schema
from bot.store.models import Table


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    return made


def head() -> str:
    return str(ScriptDirectory.from_config(config()).get_current_head())


def differences(engine: Engine) -> list[Any]:
    """What the models say and the migrated database does not, or the other way round."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Table.metadata))


def move(engine: Engine, revision: str) -> None:
    moving = config()
    with engine.begin() as connection:
        moving.attributes["connection"] = connection
        (command.downgrade if revision == "base" else command.upgrade)(moving, revision)


def down_and_up_again(engine: Engine) -> None:
    move(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    move(engine, "head")
    assert differences(engine) == []
