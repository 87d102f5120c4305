"""The migrations make what the models say, and a database that must not be used is refused untouched."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from bot.chat.errors import Misconfigured
from bot.store import schema
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.seal import Keys
from tests.store import migrating
from tests.store.people import KEYS

OTHER_KEYS = Keys(b"another key of the right length!")
NOBODY = 65534
FIXES = {
    "damaged": "restore the last backup beside its key.",
    "empty": "restore the last backup beside its key; only where there never was anything, delete the empty file.",
    "newer": "start that version, or restore an older backup.",
    "key": "put the right key file back.",
    "folder": "check that the folder exists and is writable, the disk is not full, or the server runs.",
    "address": "sqlite:///PATH or postgresql+psycopg://…",
}


@pytest.fixture
def file(tmp_path: Path, url: str) -> Path:
    """A database in use: one committed row beyond the first start."""
    Database(url, KEYS).close()
    path = tmp_path / "yorisoi.db"
    change(path, "INSERT INTO meta VALUES ('row', 'precious')")
    return path


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def everything(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def refused(path: Path, keys: Keys = KEYS) -> Misconfigured:
    """Start-up and doctor refuse alike, and neither changes anything."""
    before = everything(path.parent)
    errors = []
    for look in (lambda url: Database(url, keys), lambda url: schema.examine(url, keys)):
        with pytest.raises(Misconfigured) as error:
            look(f"sqlite:///{path}")
        errors.append(error.value)
        assert everything(path.parent) == before
    start, doctor = errors
    assert str(start) == str(doctor)
    return start


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may write anywhere, so a test that runs as root steps aside for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_the_migrations_make_what_the_models_say(url: str) -> None:
    engine = make_engine(url, writes=True)
    schema.prepare(engine, KEYS)
    assert migrating.differences(engine) == []
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE worry ADD COLUMN author VARCHAR"))
    assert migrating.differences(engine), "the comparison must notice a column nobody declared"
    engine.dispose()


def test_the_newest_revision_is_alembics_head(url: str) -> None:
    assert migrating.head() == schema.NEWEST
    Database(url, KEYS).close()
    assert schema.examine(url, KEYS) == schema.NEWEST


def test_down_to_nothing_and_up_again(url: str) -> None:
    engine = make_engine(url, writes=True)
    schema.prepare(engine, KEYS)
    migrating.down_and_up_again(engine)
    engine.dispose()


def test_opening_twice_changes_nothing(file: Path, url: str) -> None:
    before = everything(file.parent)
    Database(url, KEYS).close()
    assert everything(file.parent) == before


def test_looking_at_what_is_not_there_makes_nothing(tmp_path: Path, url: str) -> None:
    assert schema.examine(url, KEYS) == "-"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"not a database", b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "yorisoi.db"
    path.write_bytes(content)
    assert refused(path).fix == FIXES["damaged"]


def test_a_database_with_a_rotten_page_is_refused(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    file.write_bytes(content)
    assert refused(file).fix == FIXES["damaged"]


def test_a_database_cut_short_is_refused(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:8192])
    assert refused(file).fix == FIXES["damaged"]


def test_an_emptied_file_is_refused_and_not_taken_for_a_new_one(file: Path) -> None:
    file.write_bytes(b"")
    assert refused(file).fix == FIXES["empty"]


def test_a_newer_database_is_refused(file: Path) -> None:
    change(file, "UPDATE alembic_version SET version_num = '9999'")
    error = refused(file)
    assert (error.setting, error.fix) == ("YORISOI_DATABASE_URL", FIXES["newer"])
    assert "9999" in error.problem


def test_another_key_is_refused(file: Path) -> None:
    error = refused(file, OTHER_KEYS)
    assert (error.setting, error.fix) == ("YORISOI_KEY_FILE", FIXES["key"])


def test_another_key_is_refused_before_anything_is_migrated(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this program were one revision ahead of the database."""
    monkeypatch.setattr(schema, "NEWEST", "0002")
    assert refused(file, OTHER_KEYS).fix == FIXES["key"]


def test_a_first_start_that_ended_before_the_key_was_noted_goes_on(file: Path, url: str) -> None:
    change(file, "DELETE FROM meta WHERE name = 'key'")
    assert schema.examine(url, KEYS) == schema.NEWEST
    Database(url, KEYS).close()
    assert refused(file, OTHER_KEYS).fix == FIXES["key"]


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize("mode", [0o555, 0o500, 0o444])
def test_a_folder_that_cannot_be_written_is_refused(existing: bool, mode: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "yorisoi.db"
        if existing:
            Database(f"sqlite:///{path}", KEYS).close()
        before = everything(folder)
        folder.chmod(mode)
        with as_an_ordinary_user(), pytest.raises(Misconfigured) as error:
            Database(f"sqlite:///{path}", KEYS)
        assert (error.value.setting, error.value.fix) == ("YORISOI_DATABASE_URL", FIXES["folder"])
        folder.chmod(0o700)
        assert everything(folder) == before


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured) as error:
        Database(f"sqlite:///{tmp_path / 'nowhere' / 'yorisoi.db'}", KEYS)
    assert error.value.fix == FIXES["folder"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://localhost/x", "://"])
def test_an_address_we_do_not_speak_is_refused(address: str) -> None:
    with pytest.raises(Misconfigured) as error:
        Database(address, KEYS)
    assert (error.value.setting, error.value.fix) == ("YORISOI_DATABASE_URL", FIXES["address"])


def test_a_server_that_does_not_answer_is_refused_without_its_password() -> None:
    with pytest.raises(Misconfigured) as error:
        Database("postgresql+psycopg://yorisoi:hidden-word@127.0.0.1:1/yorisoi?connect_timeout=2", KEYS)
    assert error.value.fix == FIXES["folder"]
    assert "hidden-word" not in str(error.value)
