"""kill -9 while a community moves: it is never open twice, and run again the move goes on to the same rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.mover import KILLED, Mover, complaints_of_a_kill, everything, is_open, settle_in
from tests.store.postgres import new_database, running_server

ROWS = 3000


@pytest.fixture(scope="module")
def mover() -> Iterator[Mover]:
    opened = Mover()
    yield opened
    opened.close()


def test_a_move_to_a_server_is_killed_three_times(mover: Mover, tmp_path: Path) -> None:
    data = tmp_path / "data"
    source = settle_in(data, ROWS)
    before = everything(source)
    with running_server() as server, new_database(server) as target:
        for statement in (120, 150, 170):
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


@pytest.mark.parametrize("statement", range(12, 310, 33))
def test_wherever_it_is_killed(mover: Mover, village: Path, tmp_path: Path, statement: int) -> None:
    """A small community between two files; tests/faults/full/move.py takes every statement."""
    assert complaints_of_a_kill(mover, village, tmp_path, statement) == []
