"""yorisoi keys rotate and check, and the drill of a lost key, as an operator types them."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from bot.store.keyfile import read_ring, replace_ring
from tests.command_line.machine import ILL, REFUSED, WELL, Machine
from tests.source import ROOT

DRILL = ROOT / "deploy" / "drills" / "key-loss.sh"


def test_the_drill_of_a_lost_key_goes_well_and_leaves_the_real_house_alone(machine: Machine) -> None:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("YORISOI_")}
    real = {"YORISOI_DATABASE_URL": "sqlite:////nowhere/real.db", "YORISOI_KEY_FILE": "/nowhere/real.key"}
    done = subprocess.run(
        [DRILL, machine.data.parent],
        env={**mine, **real, "YORISOI": f"{sys.executable} -m bot"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The drill went well" in done.stdout
    assert read_ring(machine.key).tokens, "the key was replaced on the way"


def test_a_drill_that_goes_wrong_says_so(machine: Machine) -> None:
    command = machine.data.parent / "yorisoi"
    command.write_text("#!/bin/sh\nexit 0\n")
    command.chmod(0o700)
    done = subprocess.run(
        [DRILL, machine.data.parent], env={**os.environ, "YORISOI": str(command)}, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"DRILL FAILED" in done.stderr


def test_there_is_nothing_to_check_or_replace_before_the_first_start(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "data")
    assert machine.yorisoi("keys", "check").code == WELL
    refused = machine.yorisoi("keys", "rotate")
    assert (refused.code, "there is no database yet" in refused.err) == (REFUSED, True)
    assert not list(machine.data.iterdir())


def test_an_unfinished_rotation_is_named_with_the_way_on(lived_in: Machine) -> None:
    replace_ring(lived_in.key, read_ring(lived_in.key).turned())
    checked = lived_in.yorisoi("keys", "check")
    assert checked.code == ILL
    assert "a rotation of the key is not finished" in checked.out and "yorisoi keys rotate" in checked.out
    backup = lived_in.yorisoi("backup", str(lived_in.data.parent / "copy"))
    assert (backup.code, "a rotation of the key is not finished" in backup.err) == (REFUSED, True)
    assert lived_in.yorisoi("keys", "rotate").code == WELL
    assert lived_in.yorisoi("keys", "check", settings={"LANGUAGE": "en"}).code == WELL


def test_a_file_that_cannot_be_replaced_is_refused_with_the_fix(lived_in: Machine) -> None:
    (lived_in.data / "yorisoi.key.new").mkdir()  # root, too, finds this in its way
    before = lived_in.key.read_bytes()
    refused = lived_in.yorisoi("keys", "rotate")
    assert (refused.code, "make its folder writable" in refused.err) == (REFUSED, True)
    assert lived_in.key.read_bytes() == before


def test_what_does_not_open_is_counted_and_never_shown(lived_in: Machine) -> None:
    with closing(sqlite3.connect(lived_in.database)) as rows:
        rows.execute(
            "INSERT INTO member (id, token, address, role, language, joined_at)"
            " VALUES ('m', 't', x'736563726574', 'supporter', 'ja', '2026-11-24 00:00:00.000000')"
        )
        rows.commit()
    checked = lived_in.yorisoi("keys", "check")
    assert checked.code == ILL
    assert "member 0/1" in checked.out
    assert "secret" not in checked.said
    assert lived_in.yorisoi("keys", "rotate").code == WELL, "it stands in nobody's way"
