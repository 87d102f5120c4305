"""What may become the database again and what may not; what the restored rows are told of the time since."""

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.chat.errors import Misconfigured
from bot.store import restoring, schema, tombstones, worries
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.models import Meta
from bot.store.restoring import Remembered
from bot.store.seal import Keys
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from tests.store import migrating
from tests.store.people import HANA, KEYS, LATER, NOW
from tests.store.saving import backup, change, founded, look, open_worries, restore
from tests.store.test_schema import everything

OTHER_KEYS = Keys(b"another key of the right length!")
WORRY = "訪問しても親御さんばかりお話しになります。"


@pytest.fixture
def current(tmp_path: Path) -> Path:
    return founded(tmp_path / "data")


def rotten(file: Path) -> None:
    """One bit of a word nobody sealed, in a place no index repeats."""
    content = file.read_bytes()
    assert b"supporter" in content
    file.write_bytes(content.replace(b"supporter", b"supqorter", 1))


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE meta (name, value)")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: -4096 * 3])


REFUSED = {
    "one bit has changed": (rotten, "FILE", "changed since it was made"),
    "cut short": (cut_short, "FILE", "damaged"),
    "empty": (lambda file: file.write_bytes(b""), "FILE", "no file with anything in it"),
    "missing": (Path.unlink, "FILE", "no file with anything in it"),
    "a folder": (lambda file: (file.unlink(), file.mkdir()), "FILE", "no file with anything in it"),
    "words": (lambda file: file.write_text("no database" * 999), "FILE", "damaged"),
    "another program's": (of_another_program, "FILE", "no database of Yorisoi"),
    "of a newer version": (newer, "FILE", "9999"),
}


@pytest.mark.parametrize("spoil, setting, problem", REFUSED.values(), ids=REFUSED)
def test_what_is_not_whole_and_ours_is_refused_and_nothing_changes(
    current: Path, spoil: Any, setting: str, problem: str
) -> None:
    file = backup(current)
    spoil(file)
    before = everything(current.parent)
    with pytest.raises(Misconfigured, match=problem) as error:
        restore(file, current)
    assert error.value.setting == setting
    assert everything(current.parent) == before


def test_a_name_that_no_disk_takes_is_refused(current: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be copied"):
        restore(current.with_name("x" * 300), current)


def test_a_wrong_key_and_the_database_itself_are_refused(current: Path) -> None:
    file = backup(current)
    before = everything(current.parent)
    with pytest.raises(Misconfigured) as error:
        restore(file, current, keys=OTHER_KEYS)
    assert error.value.setting == "YORISOI_KEY_FILE"
    with pytest.raises(Misconfigured) as error:
        restore(current, current)
    assert error.value.setting == "FILE"
    assert everything(current.parent) == before


def test_it_is_there_again_and_the_old_one_lies_beside_it(current: Path) -> None:
    file = backup(current)
    content = file.read_bytes()
    before = look(current, open_worries)
    change(current, lambda session: worries.share(session, "もうひとつ", ["place"], HANA, NOW))
    _, aside = restore(file, current)
    assert aside and aside.name == f"yorisoi.db.before-restore-{LATER:%Y%m%d-%H%M%S}"
    assert stat.S_IMODE(aside.stat().st_mode) == stat.S_IMODE(current.stat().st_mode) == 0o600
    assert look(current, open_worries) == before
    assert len(look(aside, open_worries)) == 2
    assert file.read_bytes() == content, "a backup stays what it is"
    assert sorted(everything(current.parent)) == ["yorisoi.db", aside.name, "yorisoi.key"]
    assert restore(aside, current)[1] == aside.with_name(f"{aside.name}-2"), "and back again"
    assert len(look(current, open_worries)) == 2


def test_a_lost_database_is_there_again(current: Path) -> None:
    file = backup(current)
    before = look(current, open_worries)
    current.unlink()
    assert restore(file, current)[1] is None
    assert look(current, open_worries) == before


def test_an_older_backup_is_brought_to_the_newest_schema(current: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    engine = make_engine(f"sqlite:///{older}", writes=True)
    migrating.move(engine, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES (?, ?)", ("key", KEYS.fingerprint()))
        connection.exec_driver_sql("INSERT INTO meta VALUES ('row', 'precious')")
    engine.dispose()
    restore(backup(older), current)
    assert schema.examine(f"sqlite:///{current}", KEYS) == schema.NEWEST
    assert (
        look(current, lambda session: session.scalar(select(Meta.value).where(col(Meta.name) == "row"))) == "precious"
    )


def test_a_copy_with_its_log_beside_it_is_taken_whole(current: Path, tmp_path: Path) -> None:
    """What is in the log is as much part of a database as what is in its file."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    engine = make_engine(f"sqlite:///{current}", writes=True)
    with engine.begin() as connection:
        worries.share(Session(connection, KEYS), "まだ記録にだけあります", ["place"], HANA, NOW)
    for name in ("yorisoi.db", "yorisoi.db-wal"):
        shutil.copy(current.with_name(name), elsewhere)
    engine.dispose()
    restore(elsewhere / "yorisoi.db", current)
    assert len(look(current, open_worries)) == 2


def test_what_was_erased_since_is_not_back_and_not_in_the_file(current: Path) -> None:
    file = backup(current)
    (worry,) = look(current, open_worries)
    mended, _ = restore(file, current, (Tombstone("worry", worry, NOW),))
    assert mended.erased == 1
    assert look(current, open_worries) == []
    with closing(sqlite3.connect(current)) as connection:
        assert connection.execute("SELECT count(*) FROM itemkey").fetchone() == (0,)


def test_the_database_that_goes_remembers_what_was_erased(current: Path) -> None:
    file = backup(current)
    (worry,) = look(current, open_worries)
    change(current, lambda session: tombstones.bury(session, "worry", worry, NOW))
    assert restoring.remembered_by(current, KEYS).whole
    restore(file, current)
    assert look(current, open_worries) == []
    assert [each.subject for each in look(current, tombstones.every)] == [worry], "and so does the one that came"


def test_an_empty_house_remembers_nothing(current: Path) -> None:
    """Whoever starts after the loss, and only then thinks of the backup, must not be taken for one who knows."""
    current.unlink()
    Database(f"sqlite:///{current}", KEYS).close()
    assert not restoring.remembered_by(current, KEYS).whole
    current.write_bytes(b"")
    assert not restoring.remembered_by(current, KEYS).whole
    assert not restoring.remembered_by(current.with_name("nowhere.db"), KEYS).whole


@pytest.mark.parametrize("is_there", [True, False])
def test_a_log_that_cannot_be_folded_goes_too(current: Path, is_there: bool) -> None:
    """SQLite would take the old log for the new database's own."""
    file = backup(current)
    before = look(current, open_worries)
    log = current.with_name("yorisoi.db-wal")
    log.mkdir()
    if not is_there:
        current.unlink()
    _, aside = restore(file, current)
    assert aside
    assert look(current, open_worries) == before
    assert (aside.exists(), aside.with_name(f"{aside.name}-wal").is_dir(), log.exists()) == (is_there, True, False)


def test_a_damaged_database_goes(current: Path) -> None:
    file = backup(current)
    before = look(current, open_worries)
    current.write_bytes(b"\xa5" * 8192)
    assert restoring.remembered_by(current, KEYS) == Remembered((), False)
    _, aside = restore(file, current)
    assert look(current, open_worries) == before
    assert aside and aside.read_bytes() == b"\xa5" * 8192


def test_another_program_that_has_it_open_is_named(current: Path) -> None:
    file = backup(current)
    with closing(sqlite3.connect(current)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE meta SET value = value")
        with pytest.raises(Misconfigured, match=r"has .* open"):
            restore(file, current)
    assert len(look(current, open_worries)) == 1


def test_a_start_is_refused_where_a_restore_was_cut_off_between_two_files(current: Path) -> None:
    file = backup(current)
    current.with_name("yorisoi.db.half-restored").touch()
    with pytest.raises(Misconfigured, match="cut off"):
        Database(f"sqlite:///{current}", KEYS)
    current.write_bytes(b"\xa5" * 8192)
    restore(file, current)
    Database(f"sqlite:///{current}", KEYS).close()
