"""The program that is killed while it moves a community: `yorisoi migrate` itself, ended before a given statement.

`python -m tests.faults.mover` reads one order per line (JSON) and forks a process for each, so that a start costs no
imports.
"""

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
from itertools import count
from multiprocessing import Value
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from bot.app import moving
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import schema
from bot.store.comparing import TABLES
from bot.store.engines import make_engine
from tests.store.crowd import fill
from tests.store.people import KEYS

ROOT = Path(__file__).parents[2]
KILLED = -signal.SIGKILL
STATEMENTS = Value("i", 0)
"""Shared with the process that is killed."""


class Mover:
    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            (sys.executable, "-m", "tests.faults.mover"), cwd=ROOT, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    statements = 0
    """Of the last move that came to its end, with its commits."""

    def moves(self, data: Path, target: str, *, killed_before: int = 0) -> int:
        """The exit status; negative where the process was killed, before that statement or commit."""
        assert self._parent.stdin and self._parent.stdout
        order = {"data": str(data), "to": target, "killed_before": killed_before}
        self._parent.stdin.write(f"{json.dumps(order)}\n")
        status, self.statements = map(int, self._parent.stdout.readline().split())
        return status

    def close(self) -> None:
        self._parent.communicate()


def settle_in(data: Path, rows: int) -> str:
    """A community of so many rows in its folder, with its key; the address of its database."""
    data.mkdir(parents=True)
    (data / "yorisoi.key").touch(0o600)
    (data / "yorisoi.key").write_text(bytes(range(32)).hex())
    address = Settings(data_dir=data).database
    engine = make_engine(address, writes=True)
    schema.prepare(engine, KEYS)
    fill(engine, rows)
    engine.dispose()
    return address


def everything(address: str) -> dict[str, list[str]]:
    """Every row of every table but meta, read without the code that is tested."""
    engine = create_engine(address)
    with engine.connect() as connection:
        found = {table.name: sorted(map(repr, connection.execute(table.select()))) for table in TABLES}
    engine.dispose()
    found.pop("meta")
    return found


def is_open(address: str) -> bool:
    """Whether a house would serve from this database."""
    try:
        return schema.examine(address, KEYS) == schema.NEWEST
    except Misconfigured:
        return False


class NotReached(Exception):
    """The move was over before the process was killed."""


def complaints_of_a_kill(mover: Mover, community: Path, folder: Path, statement: int) -> list[str]:
    """What is wrong after a copy of this community was moved between two files, and killed once."""
    data, target = folder / "data", f"sqlite:///{folder / 'new.db'}"
    shutil.copytree(community, data)
    source = Settings(data_dir=data).database
    if mover.moves(data, target, killed_before=statement) != KILLED:
        raise NotReached
    where = f"killed before statement {statement}"
    if is_open(target) and any(everything(target).values()) and (is_open(source) or not is_equal(source, target)):
        return [f"{where}: the new database opens too early"]
    if mover.moves(data, target) != 0:
        return [f"{where}: it does not go on"]
    if not is_equal(source, target):
        return [f"{where}: something is lost or doubled"]
    if is_open(source) or not is_open(target):
        return [f"{where}: the wrong one is open afterwards"]
    return []


def is_equal(source: str, target: str) -> bool:
    return everything(source) == everything(target)


def run(order: dict[str, Any]) -> int:
    statements = count(1)

    def look(*_: object) -> None:
        if (number := next(statements)) == order["killed_before"]:
            os.kill(os.getpid(), signal.SIGKILL)
        STATEMENTS.value = number

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, look)
    settings = Settings(data_dir=Path(order["data"]))
    try:
        return moving.migrate(settings, settings.database, order["to"])
    except Misconfigured as error:
        sys.stderr.write(f"{error}\n")
        return 2


def serve() -> None:
    importlib.import_module("alembic.command")  # what the house imports only when there is something to migrate
    told = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the command says is not an answer
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os._exit(run(json.loads(line)))
        _, status = os.waitpid(pid, 0)
        os.write(told, f"{os.waitstatus_to_exitcode(status)} {STATEMENTS.value}\n".encode())


if __name__ == "__main__":
    serve()
