"""A file that rots is refused, or noticed where it is read, or does not matter; what is unguarded is known by name."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.errors import Misconfigured
from tests.faults.corruption import (
    NOTICED,
    REFUSED,
    UNGUARDED,
    after_cutting,
    flips,
    lived_in,
    started,
    with_log,
)

FLIPS, SEED = 40, 20261124


def test_no_flipped_byte_changes_anything_that_is_guarded(tmp_path: Path) -> None:
    """The thousand are in tests/faults/full."""
    found = flips(lived_in(tmp_path), FLIPS, SEED)
    assert set(found.columns) <= UNGUARDED
    assert found.kinds[REFUSED] and found.kinds[NOTICED], "such flips there were"


def test_a_state_that_rotted_is_refused_because_its_index_says_another(tmp_path: Path) -> None:
    """The quick check of SQLite lets it pass, and the letter would never go."""
    file = lived_in(tmp_path, 3)
    with closing(sqlite3.connect(file)) as connection:
        token, lane = connection.execute("SELECT token, lane FROM outbox").fetchone()
    row = f"{token}{lane}".encode()
    content = file.read_bytes()
    assert content.count(row + b"ready") == 1
    file.write_bytes(content.replace(row + b"ready", row + b"reedy"))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    with pytest.raises(Misconfigured):
        started(file)


def test_a_log_cut_short_leaves_one_whole_moment(tmp_path: Path) -> None:
    file, moments = with_log(tmp_path, 6)
    whole = file.with_name(f"{file.name}-wal").stat().st_size
    dice = random.Random(SEED)
    assert after_cutting(file, whole, tmp_path / "case.db") == moments[-1]
    for length in [0, *(dice.randrange(1, whole) for _ in range(8))]:
        assert after_cutting(file, length, tmp_path / "case.db") in moments


def test_an_emptied_file_is_refused_with_its_log_and_without(tmp_path: Path) -> None:
    file, _ = with_log(tmp_path, 2)
    file.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(Misconfigured):
            started(file)
        file.with_name(f"{file.name}-wal").unlink(missing_ok=True)
