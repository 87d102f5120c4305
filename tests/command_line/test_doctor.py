"""What can be wrong with a house: start-up refuses it, doctor names the setting and the fix, and nothing is touched."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line.machine import ILL, NO_PLATFORM, REFUSED, WELL, Machine
from tests.source import BOT


@pytest.mark.parametrize(
    ("setting", "value", "hint"),
    [
        ("TIMEZONE", "Secret/Zone", "Asia/Tokyo"),
        ("TIMEZONE", "../secret", "Asia/Tokyo"),
        ("LOG_LEVEL", "secret", "WARNING"),
        ("HTTP_PORT", "secret", "integer"),
        ("HTTP_PORT", "70000", "65535"),
        ("LANGUAGE", "secret", "'ja' or 'en'"),
    ],
)
def test_a_wrong_setting_is_named_and_never_echoed(tmp_path: Path, setting: str, value: str, hint: str) -> None:
    machine = Machine(tmp_path / "data")
    for command, code in (("doctor", ILL), ("serve", REFUSED)):
        done = machine.yorisoi(command, settings={setting: value})
        assert done.code == code
        assert f"YORISOI_{setting}" in done.said
        assert hint in done.said
        assert "deploy/env.example" in done.said
        assert value not in done.said
    assert not machine.data.exists()


def test_an_empty_setting_is_the_default(tmp_path: Path) -> None:
    empty = dict.fromkeys(["DATABASE_URL", "KEY_FILE", "TIMEZONE", "LANGUAGE", "LOG_LEVEL", "HTTP_PORT"], "")
    assert Machine(tmp_path / "data").yorisoi("serve", settings=empty).code == NO_PLATFORM


def test_doctor_finds_a_healthy_house(lived_in: Machine) -> None:
    done = lived_in.yorisoi("doctor")
    assert done.code == WELL
    assert len(re.findall("^✓ ", done.out, re.MULTILINE)) == 9
    assert "✗" not in done.out


def test_doctor_finds_nothing_wrong_before_the_first_start(machine: Machine) -> None:
    assert machine.yorisoi("doctor").code == WELL
    assert [path.name for path in machine.data.iterdir()] == ["encoder"], "looking changes nothing"


def lose_key(machine: Machine) -> None:
    machine.key.unlink()


def other_key(machine: Machine) -> None:
    machine.key.write_text("5ec7e7" * 10 + "5ec7")


def no_key(machine: Machine) -> None:
    machine.key.write_text("secret")


def open_key(machine: Machine) -> None:
    machine.key.chmod(0o644)


def not_a_database(machine: Machine) -> None:
    machine.database.write_bytes(b"secret" * 2_000)


def damage(machine: Machine) -> None:
    pages = bytearray(machine.database.read_bytes())
    pages[8_192:40_960] = bytes(number * 7 % 251 for number in range(40_960 - 8_192))
    machine.database.write_bytes(pages)


def from_the_future(machine: Machine) -> None:
    with sqlite3.connect(machine.database) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
    rows.close()


@pytest.mark.parametrize(
    ("harm", "setting", "fix"),
    [
        (lose_key, "YORISOI_KEY_FILE", "put the key file of this database back"),
        (other_key, "YORISOI_KEY_FILE", "put the right key file back"),
        (no_key, "YORISOI_KEY_FILE", "put the right file back"),
        (open_key, "YORISOI_KEY_FILE", "chmod 600"),
        (not_a_database, "YORISOI_DATABASE_URL", "restore the last backup"),
        (damage, "YORISOI_DATABASE_URL", "restore the last backup"),
        (from_the_future, "YORISOI_DATABASE_URL", "start that version"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_harmed_house_is_not_opened_and_doctor_says_how_to_mend_it(
    lived_in: Machine, harm: Callable[[Machine], None], setting: str, fix: str
) -> None:
    harm(lived_in)
    before = {path: path.read_bytes() for path in (lived_in.key, lived_in.database) if path.exists()}
    for command, code in (("doctor", ILL), ("serve", REFUSED)):
        done = lived_in.yorisoi(command)
        assert done.code == code
        assert setting in done.said
        assert fix in done.said
        assert "secret" not in done.said
    assert before == {path: path.read_bytes() for path in (lived_in.key, lived_in.database) if path.exists()}


UNREACHABLE = [
    ("DATA_DIR", "file"),
    ("DATA_DIR", "x" * 300),
    ("KEY_FILE", "file/key"),
    ("KEY_FILE", "x" * 300),
    ("DATABASE_URL", "secret"),
    ("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x"),
    ("DATABASE_URL", "sqlite:///file/below.db"),
    ("DATABASE_URL", "sqlite:///" + "x" * 300),
]


@pytest.mark.parametrize(("setting", "value"), UNREACHABLE, ids=lambda value: value[:40])
def test_what_cannot_be_reached_is_named_with_the_fix(machine: Machine, setting: str, value: str) -> None:
    (machine.data.parent / "file").touch()
    for command, code in (("doctor", ILL), ("serve", REFUSED)):
        done = machine.yorisoi(command, settings={setting: value})
        assert done.code == code
        assert f"YORISOI_{setting}" in done.said
        assert "secret" not in done.said


def test_a_slip_in_the_handbook_is_named_by_file_and_line(machine: Machine) -> None:
    shutil.copytree(BOT, machine.data.parent / "bot")  # found first from there
    file = machine.data.parent / "bot" / "knowledge" / "handbook" / "frame.ja.toml"
    file.write_text(file.read_text("utf-8").replace("title = ", "titel = ", 1), "utf-8")
    for words, code in ((["doctor"], ILL), (["ask", "訪問"], REFUSED), (["console", "--script", "-"], REFUSED)):
        done = machine.yorisoi(*words)
        assert done.code == code
        assert re.search(r"frame\.ja\.toml, line \d+, entry .+titel", done.said)
