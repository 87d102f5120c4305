"""Machines to type on: a bare one, one that is set up, and one that people have lived with."""

import shutil
from pathlib import Path

import pytest

from tests.command_line.machine import WELL, Done, Machine


@pytest.fixture(scope="session")
def first_question(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Done]:
    """Asked where there was nothing yet; what it builds is lent to the other tests."""
    machine = Machine(tmp_path_factory.mktemp("first") / "data")
    return machine, machine.yorisoi("ask", "訪問しても本人に会えません")


@pytest.fixture
def machine(tmp_path: Path, first_question: tuple[Machine, Done]) -> Machine:
    """Set up already, so that nobody waits for the encoder."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "encoder").symlink_to(first_question[0].data / "encoder")
    return Machine(data)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A house that was opened once: it has a key and a database."""
    machine = Machine(tmp_path_factory.mktemp("founded") / "data")
    assert machine.yorisoi("invite", "--role", "supporter").code == WELL
    return machine


@pytest.fixture
def lived_in(machine: Machine, founded: Machine) -> Machine:
    for file in (founded.key, founded.database):
        shutil.copy2(file, machine.data)
    return machine
