"""A community of 100,000 rows moves to a server, killed on the way; a small one, killed before every statement."""

import os
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from random import Random

from tests.faults.mover import KILLED, ROOT, Mover, NotReached, complaints_of_a_kill, everything, is_open, settle_in
from tests.faults.report import Figure
from tests.store.postgres import empty_database, running_server

TITLE = "a community moves between databases, killed on the way"

_ROWS, _VILLAGE, _KILLS = 101_000, 60, 5


def run() -> dict[str, Figure]:
    chance = Random()
    with tempfile.TemporaryDirectory() as kept, running_server() as server, empty_database(server) as target:
        folder = Path(kept)
        large = _a_large_move(folder / "data", target, chance)
        return {**large, "kills_before_each_statement": _every_statement(folder)}


def _a_large_move(data: Path, target: str, chance: Random) -> dict[str, Figure]:
    source = settle_in(data, _ROWS)
    before = everything(source)
    kills, began, runs = 0, time.monotonic(), count(1)
    while kills < _KILLS:
        assert next(runs) < 100, "the move is over before it can be killed so often"
        status = _killed_in_between(data, source, target, chance.uniform(0, 1.5))
        assert status == KILLED, f"the move ended with {status} after {kills} kills"
        kills += 1
        assert not is_open(target), "a half-filled database opens"
    last = time.monotonic()
    moving = _command(data, source, target)
    moving.communicate()
    assert moving.returncode == 0, "the move does not end"
    ended = time.monotonic()
    after = everything(target)
    assert after == before, f"different: {[table for table in before if before[table] != after[table]]}"
    assert is_open(target) and not is_open(source), "the wrong one is open afterwards"
    rows = sum(map(len, after.values()))
    return {
        "rows": rows,
        "kills": kills,
        "seconds_with_kills": round(ended - began, 1),
        "seconds_of_the_last_run": round(ended - last, 1),
        "rows_differing": 0,
    }


def _killed_in_between(data: Path, source: str, target: str, after: float) -> int:
    """At a random moment once rows are on their way."""
    moving = _command(data, source, target)
    assert moving.stderr
    moving.stderr.readline()
    time.sleep(after)
    moving.kill()
    moving.communicate()
    return moving.returncode


def _command(data: Path, source: str, target: str) -> subprocess.Popen[str]:
    settings = {"YORISOI_DATA_DIR": str(data), "YORISOI_LANGUAGE": "en"}
    return subprocess.Popen(
        (sys.executable, "-m", "bot", "migrate", "--from", source, "--to", target),
        cwd=ROOT, env={**os.environ, **settings}, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def _every_statement(folder: Path) -> int:
    mover, wrong = Mover(), list[str]()
    settle_in(folder / "village", _VILLAGE)
    try:
        for statement in count(1):
            case = folder / f"case-{statement}"
            case.mkdir()
            wrong += complaints_of_a_kill(mover, folder / "village", case, statement)
    except NotReached:
        assert not wrong, "; ".join(wrong)
        return statement - 1
    finally:
        mover.close()
    raise AssertionError("a move without an end")
