"""Starts the child, lets it be killed, starts it again, and hands what is left to the checker."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.checker import State, being_sent, state_of
from tests.faults.child import DATA, LEDGER, PASSES

ROOT = Path(__file__).parents[2]
CHILD = (sys.executable, "-m", "tests.faults.child")
KILLED = -9

Kill = tuple[str, int]


class NotReached(Exception):
    """The scene ended before the process was killed."""


class Nursery:
    """Forks a process for every run from one that has the imports behind it."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            CHILD, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1
        )

    def run(self, **order: object) -> int:
        """The exit status; negative where a signal ended it."""
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.write(f"{json.dumps(order)}\n")
        return int(self._parent.stdout.readline())

    def close(self) -> None:
        self._parent.communicate()


def prepared(nursery: Nursery, folder: Path) -> Path:
    folder.mkdir(parents=True)
    assert nursery.run(folder=str(folder), prepare=True) == 0
    return folder


def played(nursery: Nursery, community: Path, folder: Path, kills: Sequence[Kill] = (), bug: str = "") -> State:
    """A whole scene on a copy of the community; each kill ends one process, and the next goes on."""
    shutil.copytree(community, folder)
    database, doubtful = folder / DATA / "yorisoi.db", 0
    for point, nth in kills:
        status = nursery.run(folder=str(folder), point=point, nth=nth, bug=bug)
        if status == 0 and not bug:
            raise NotReached(f"{point} was not passed {nth} times")
        assert status == KILLED, f"the scene did not come to {point} (status {status})"
        doubtful += being_sent(database)
    status = nursery.run(folder=str(folder), bug=bug)
    assert status == 0 or bug, f"the scene did not end (status {status})"
    return state_of(folder / LEDGER, database, len(kills), doubtful)


def passes(folder: Path) -> dict[str, int]:
    counted: dict[str, int] = json.loads((folder / PASSES).read_text())
    return counted
