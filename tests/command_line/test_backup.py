"""backup and restore as an operator types them: what is said, what is refused, and what lies where afterwards."""

import asyncio
import stat
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.backup import backup
from bot.app.keys import sole_carrier
from bot.app.restore import apply, restore
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store.erased_log import ErasedLog
from bot.store.keyfile import read_ring
from bot.store.tombstones import Tombstone
from tests.command_line.machine import REFUSED, WELL, Machine
from tests.store import saving


@pytest.fixture
def house(tmp_path: Path) -> Machine:
    """Where somebody lives, with a backup outside the data folder."""
    saving.founded(tmp_path / "data")
    machine = Machine(tmp_path / "data")
    (tmp_path / "backups").mkdir()
    saving.backup(machine.database)
    return machine


@pytest.fixture
def settings(house: Machine) -> Settings:
    return Settings(data_dir=house.data, language="en")


def refused(work: Coroutine[Any, Any, int]) -> str:
    with pytest.raises(Misconfigured) as error:
        asyncio.run(work)
    return str(error.value)


def open_worries(house: Machine) -> list[str]:
    found: list[str] = saving.look(house.database, saving.open_worries)
    return found


def test_a_backup_says_what_is_not_in_it_and_never_writes_over_another(house: Machine, tmp_path: Path) -> None:
    file = tmp_path / "backups" / "monday.db"
    done = house.yorisoi("backup", str(file), settings={"LANGUAGE": "en"})
    assert done.code == WELL
    assert str(house.key) in done.out and "The key is not in it" in done.out and "erased.log" in done.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert house.key.read_bytes().strip() not in file.read_bytes()
    again = house.yorisoi("backup", str(file))
    assert again.code == REFUSED and "--force" in again.err
    asyncio.run(backup(Settings(data_dir=house.data), file, force=True))


PLACES = {
    "data/copy.db": "the key lies in this folder",
    "data/yorisoi.db": "the database itself",
    "nowhere/copy.db": "no folder",
    "backups": "there already",
    f"backups/{'x' * 300}": "cannot be reached",
}


@pytest.mark.parametrize(("place", "problem"), PLACES.items())
def test_a_place_where_a_backup_must_not_lie_is_refused(
    house: Machine, settings: Settings, tmp_path: Path, place: str, problem: str
) -> None:
    before = sorted(each.name for each in house.data.iterdir())
    assert problem in refused(backup(settings, tmp_path / place, force=True))
    assert sorted(each.name for each in house.data.iterdir()) == before


def test_where_there_is_nothing_yet_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    assert "no database yet" in refused(backup(Settings(data_dir=tmp_path), tmp_path / "copy.db", force=False))
    assert not list(tmp_path.iterdir())


def test_postgresql_is_told_its_own_commands_without_the_password(house: Machine, tmp_path: Path) -> None:
    address = "postgresql+psycopg://yori:hidden-word@db.example/yori?sslmode=require&sslpassword=secret"
    done = house.yorisoi("backup", str(tmp_path / "copy.dump"), settings={"DATABASE_URL": address})
    assert done.code == REFUSED
    for words in ("pg_dump --format=custom", "pg_restore --clean", "postgresql://yori@db.example/yori?sslmode=require"):
        assert words in done.err
    assert "--after-restore --apply-tombstones" in done.err and str(house.key) in done.err
    assert "hidden-word" not in done.said and "secret" not in done.said and "***" not in done.said
    server = Settings(data_dir=house.data, database_url=address)
    said = refused(restore(server, tmp_path / "backup.db", [], without=False))
    assert "pg_restore" in said and "hidden-word" not in said


def test_a_running_house_is_not_replaced(house: Machine, settings: Settings, tmp_path: Path) -> None:
    before = house.database.read_bytes()
    with sole_carrier(settings):
        said = refused(restore(settings, tmp_path / "backup.db", [], without=False))
    assert "another yorisoi is running" in said
    assert house.database.read_bytes() == before


def test_after_a_loss_the_operator_must_know_what_was_erased_or_say_that_nobody_does(
    house: Machine, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worries = open_worries(house)
    house.database.unlink()
    file = tmp_path / "backup.db"
    said = refused(restore(settings, file, [], without=False))
    assert "--without-tombstones" in said and "--tombstones FILE" in said
    assert not house.database.exists()
    done = house.yorisoi("restore", str(file), "--without-tombstones", settings={"LANGUAGE": "en"})
    assert done.code == WELL and "may be back now" in done.err
    assert open_worries(house) == worries
    elsewhere = tmp_path / "backups" / "erased-on-monday.log"
    ErasedLog(elsewhere).add([Tombstone("worry", each, datetime.now(UTC)) for each in worries])
    assert asyncio.run(restore(settings, file, [elsewhere], without=False)) == WELL
    shown = capsys.readouterr()
    assert "erased again here: 1" in shown.out
    assert "before-restore-" in shown.err and "Delete it" in shown.err and "may be back" not in shown.err
    assert open_worries(house) == []


def test_the_list_beside_the_database_is_enough(house: Machine, settings: Settings, tmp_path: Path) -> None:
    (worry,) = open_worries(house)
    ErasedLog(house.data / "erased.log").add([Tombstone("worry", worry, datetime.now(UTC))])
    house.database.write_bytes(b"\xa5" * 8192)
    assert asyncio.run(restore(settings, tmp_path / "backup.db", [], without=False)) == WELL
    assert open_worries(house) == []


def test_a_backup_older_than_what_is_remembered_is_refused(house: Machine, settings: Settings, tmp_path: Path) -> None:
    file = saving.backup(house.database, datetime.now(UTC) - timedelta(days=401))
    assert file.parent == tmp_path
    assert "YORISOI_KEEP_TOMBSTONES_DAYS" in refused(restore(settings, file, [], without=False))
    longer = Settings(data_dir=house.data, keep_tombstones_days=500)
    assert asyncio.run(restore(longer, file, [], without=False)) == WELL
    assert asyncio.run(restore(settings, file, [], without=True)) == WELL


def test_while_the_key_is_being_replaced_there_is_no_backup_and_afterwards_an_old_one_wants_its_key(
    settings: Settings, tmp_path: Path
) -> None:
    """Some of it is still sealed with the key before, which the key file of later does not hold."""
    ring = read_ring(settings.key)
    old_file = settings.key.read_bytes()
    settings.key.write_text(ring.turned().text())
    for work in (
        backup(settings, tmp_path / "copy.db", force=False),
        restore(settings, tmp_path / "backup.db", [], without=True),
    ):
        assert "yorisoi keys rotate" in refused(work)
    settings.key.write_text(ring.turned().finished().text())
    assert "before the last" in refused(restore(settings, tmp_path / "backup.db", [], without=True))
    settings.key.write_bytes(old_file)
    assert asyncio.run(restore(settings, tmp_path / "backup.db", [], without=True)) == WELL


def test_half_a_command_is_refused(house: Machine) -> None:
    done = house.yorisoi("restore", "--after-restore", "backup.db")
    assert done.code == REFUSED and "yorisoi restore FILE" in done.err


def test_tombstones_are_applied_where_the_database_stands(
    house: Machine, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (worry,) = open_worries(house)
    elsewhere = tmp_path / "erased.log"
    elsewhere.write_text("no list\n")
    assert "is no list" in refused(apply(settings, [elsewhere], after_restore=False))
    elsewhere.unlink()
    assert "is no list" in refused(apply(settings, [elsewhere], after_restore=False))
    ErasedLog(elsewhere).add([Tombstone("worry", worry, datetime.now(UTC))])
    assert asyncio.run(apply(settings, [elsewhere], after_restore=True)) == WELL
    assert "Erased again: 1" in capsys.readouterr().out
    assert open_worries(house) == []
