"""PostgreSQL's own way back, by the very commands that yorisoi backup prints, and the line that has to follow."""

import asyncio
import os
import subprocess
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import make_url

from bot.app.backup import backup
from bot.app.restore import apply
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import items, outbox, worries
from bot.store.database import Database
from bot.store.erased_log import ErasedLog
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from tests.store.people import HANA, KEYS, MASTER, NOW
from tests.store.postgres import _programs, running_server
from tests.store.test_after_restore import put

TITLE = "PostgreSQL: pg_dump, pg_restore, and what was erased since"

Figures = dict[str, int | float | str]


def run() -> Figures:
    with running_server() as server, TemporaryDirectory() as name:
        folder, database = Path(name), f"yorisoi_{token_hex(6)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"'.encode())
        url = make_url(server).set(drivername="postgresql+psycopg", database=database).render_as_string(False)
        settings = Settings(data_dir=folder / "data", database_url=url)
        settings.data_dir.mkdir()
        settings.key.write_text(MASTER.hex())
        settings.key.chmod(0o600)
        return asyncio.run(_there_and_back(settings, folder / "copy.dump"))


async def _there_and_back(settings: Settings, file: Path) -> Figures:
    database = Database(settings.database, KEYS)
    erased, kept = [await database.write(_share) for _ in range(2)]
    await database.write(put("due"))
    save, back = await _printed(settings, file)
    _typed(save)
    await database.write(lambda session: items.destroy(session, erased))
    await database.write(lambda session: items.destroy(session, kept))
    database.close()
    _typed(back)
    log = settings.data_dir / "erased.log"
    ErasedLog(log).add([Tombstone("worry", erased, NOW)])
    assert await apply(settings, [log], after_restore=True) == 0
    database = Database(settings.database, KEYS)
    assert await database.read(lambda session: items.find(session, erased)) is None, "it was erased, and is back"
    assert await database.read(lambda session: items.find(session, kept)) is not None, "it is lost"
    states = await database.read(outbox.open_count)
    database.close()
    assert states == {"doubtful": 1}, states
    return {"restored": 1, "erased_again": 1, "letters_in_doubt": 1}


def _share(session: Session) -> str:
    return worries.share(session, "どうしたらよいでしょう", ["place"], HANA, NOW).id


async def _printed(settings: Settings, file: Path) -> tuple[str, str]:
    try:
        await backup(settings, file, force=False)
    except Misconfigured as told:
        save, back, *_ = told.fix.splitlines()
        return save, back.partition(" then ")[2]
    raise AssertionError("PostgreSQL is not backed up by us")


def _typed(command: str) -> None:
    found = _programs()
    assert found
    environment = {**os.environ, "PATH": f"{found}:{os.environ['PATH']}"}
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr}"
