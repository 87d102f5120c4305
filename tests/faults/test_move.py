"""kill -9 while a community moves: it is never open twice, and run again the move goes on to the same rows."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.mover import KILLED, Mover, complaints_of_a_kill, everything, is_open, settle_in

ROWS = 3000


@pytest.fixture(scope="module")
def mover() -> Iterator[Mover]:
    opened = Mover()
    yield opened
    opened.close()


def test_a_move_to_a_server_is_killed_three_times(mover: Mover, tmp_path: Path, postgres_url: str) -> None:
    data, target = tmp_path / "data", postgres_url
    source = settle_in(data, ROWS)
    before = everything(source)
    for statement in (200, 230, 250):
        assert mover.moves(data, target, killed_before=statement) == KILLED
        assert not is_open(target)
        assert everything(source) == before
    assert mover.moves(data, target) == 0
    assert everything(target) == before
    assert is_open(target) and not is_open(source)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("village") / "data"
    settle_in(data, 60)
    return data


@pytest.fixture(scope="module")
def statements(mover: Mover, village: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many a whole move of the village takes."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(village, copy / "data")
    assert mover.moves(copy / "data", f"sqlite:///{copy / 'new.db'}") == 0
    return mover.statements


@pytest.mark.parametrize("before_the_end", range(5))
def test_killed_while_the_new_one_opens(
    mover: Mover, village: Path, tmp_path: Path, statements: int, before_the_end: int
) -> None:
    assert complaints_of_a_kill(mover, village, tmp_path, statements - before_the_end) == []


@pytest.mark.parametrize("part", [0.1, 0.28, 0.32, 0.5, 0.7])
def test_killed_on_the_way(mover: Mover, village: Path, tmp_path: Path, statements: int, part: float) -> None:
    """A small community between two files; tests/faults/full/move.py takes every statement."""
    assert complaints_of_a_kill(mover, village, tmp_path, int(statements * part)) == []
