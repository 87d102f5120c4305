"""The file of what was erased: whole lines, on the disk, for this user alone, and mended where a crash tore it."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.erased_log import ErasedLog
from bot.store.tombstones import Tombstone

DAY = datetime(2026, 11, 24, tzinfo=UTC)
ROWS = [Tombstone("worry", "a", DAY), Tombstone("member", "b", DAY), Tombstone("answer", "c", DAY)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "erased.log"


def test_a_line_says_kind_subject_and_day_and_nothing_else(file: Path) -> None:
    assert ErasedLog(file).add(ROWS[:1]) == 1
    assert [json.loads(line) for line in file.read_text().splitlines()] == [
        {"kind": "worry", "subject": "a", "date": "2026-11-24"}
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_there_is_not_written_twice(file: Path) -> None:
    log = ErasedLog(file)
    assert [log.add(ROWS[:2]), log.add(ROWS), ErasedLog(file).add(ROWS)] == [2, 1, 0]
    assert ErasedLog(file).read() == ROWS


def test_no_order_of_the_lines_tells_what_was_erased_together(file: Path) -> None:
    log = ErasedLog(file)
    for together in ("dh", "bf", "ag"):
        log.add([Tombstone("worry", each, DAY) for each in together])
    assert "".join(each.subject for each in log.read()) == "abdfgh"
    assert [each.name for each in file.parent.iterdir()] == ["erased.log"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_to_write_makes_no_file(file: Path) -> None:
    log = ErasedLog(file)
    assert (log.add([]), log.read(), file.exists()) == (0, [], False)


@pytest.mark.parametrize("left", range(1, 60, 7))
def test_a_line_that_a_crash_tore_is_written_again_and_spoils_no_other(file: Path, left: int) -> None:
    ErasedLog(file).add(ROWS[:2])
    whole = file.read_bytes()
    file.write_bytes(whole[:-left])
    again = ErasedLog(file)
    assert again.add(ROWS) >= 1
    assert {each.subject for each in again.read()} == {"a", "b", "c"}


def test_whoever_touches_or_takes_the_file_is_noticed(file: Path) -> None:
    log = ErasedLog(file)
    assert log.changed(), "nobody has looked yet"
    log.add(ROWS[:1])
    assert not log.changed()
    file.unlink()
    assert log.changed()
    assert log.add(ROWS) == 3
    file.chmod(0o644)
    file.write_bytes(b"")
    assert log.changed()
    assert log.add(ROWS[:2]) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "line", ["", "{}", "[]", "null", '{"kind": 1}', '{"kind":"a","subject":"b","date":"x"}', "\ufffd"]
)
def test_a_line_that_is_none_of_ours_is_passed_over(file: Path, line: str) -> None:
    file.write_text(f"{line}\n")
    log = ErasedLog(file)
    assert log.add(ROWS) == 3
    assert log.read() == ROWS
