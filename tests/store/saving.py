"""A house in one file, its backup, and the way back, for the tests of backup and restore."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.store import backups, members, restoring, schema, worries
from bot.store.engines import make_engine
from bot.store.members import Role
from bot.store.models import Worry
from bot.store.restoring import Mended
from bot.store.seal import Keys
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from tests.store.people import HANA, KEYS, LATER, MASTER, NOW

WORRY = "訪問しても親御さんばかりお話しになります。"


def founded(folder: Path) -> Path:
    """A house with its key, one member and one worry."""

    def live(session: Session) -> None:
        code = members.invite(session, Role.SUPPORTER, 1, LATER)
        members.join(session, HANA, code, "ja", NOW)
        worries.share(session, WORRY, ["place"], HANA, NOW)

    folder.mkdir(exist_ok=True)
    key = folder / "yorisoi.key"
    key.write_text(MASTER.hex())
    key.chmod(0o600)
    change(folder / "yorisoi.db", live)
    return folder / "yorisoi.db"


def change(file: Path, *works: Any) -> None:
    engine = make_engine(f"sqlite:///{file}", writes=True)
    schema.prepare(engine, KEYS)
    with engine.begin() as connection:
        for work in works:
            work(Session(connection, KEYS))
    engine.dispose()


def look(file: Path, work: Any) -> Any:
    engine = make_engine(f"sqlite:///{file}", writes=False)
    with engine.connect() as connection:
        found = work(Session(connection, KEYS))
    engine.dispose()
    return found


def backup(current: Path, made_at: datetime = NOW) -> Path:
    file = current.parent.parent / "backup.db"
    backups.make(current, file, KEYS, "test", made_at, lambda *_: None)
    return file


def restore(
    file: Path, current: Path, erased: tuple[Tombstone, ...] = (), keys: Keys = KEYS, now: datetime = LATER
) -> tuple[Mended, Path | None]:
    with restoring.staged(file, current, keys) as staged:
        known = (*erased, *restoring.remembered_by(current, keys).erased)
        mended = restoring.mend(staged, current, keys, known, now)
        return mended, restoring.put_in_place(staged, current, now)


def open_worries(session: Session) -> list[str]:
    return [row[0] for row in session.rows(select(Worry.id).where(col(Worry.state) == "open"))]
