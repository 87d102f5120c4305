"""`yorisoi serve` as a process that ends itself at the n-th pass of a moment; the rest is the command line's own.

`python -m tests.faults.served serve` reads the moment from the environment (YORISOI_FAULT_MOMENT=C7,
YORISOI_FAULT_PASS=3). `python -m tests.faults.served` reads one order per line (JSON), forks a process for each, so
that a start costs no imports, and says `pid N` and `ended N STATUS`.
"""

import ctypes
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partialmethod
from typing import Any

import alembic.command
import psycopg
from alembic.config import Config

from bot import __main__ as entrance
from bot.app import commands, house, platforms
from bot.chat import moments
from bot.chat.moments import Moment
from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from bot.language import workdays
from bot.routing.limits import Unlimited
from bot.scheduler import delivery
from bot.scheduler.runner import Runner
from bot.store import elections, inbox, lanes
from tests.faults.slack_child import plant

_WHEN_PARENT_ENDS = 1
"""PR_SET_PDEATHSIG."""

MOMENT, PASS = "YORISOI_FAULT_MOMENT", "YORISOI_FAULT_PASS"

HANDBOOK = Handbook(embedder=lambda: HashEmbedder())
"""Nobody asks it anything here, and it would take its time in every process anew."""

LOADED = (alembic.command, Config, psycopg, commands, platforms)
"""What a start would import, one by one."""


def kill_at(moment: str, nth: int) -> None:
    """Nothing is caught, closed or flushed: the process is gone between two instructions."""
    passes = Counter[str]()

    def look(reached: Moment) -> None:
        passes[reached] += 1
        if reached == moment and passes[reached] == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    moments.watch(look)


def hurry() -> None:
    """For bots that are killed several times a second. A letter over which five bots died is given up where nobody can
    look: that is a lot for years, and here it is two seconds. And on PostgreSQL a process waits for what a lost one may
    still be doing, and would wait for ever here; replicas.py looks at that with the real times."""
    delivery.MOST_TWINS = 1000
    delivery.AFTER_DOUBT = (timedelta(seconds=0.2),) * delivery.MOST_TWINS
    if "postgresql" in os.environ.get("YORISOI_DATABASE_URL", ""):
        lanes.STRANDED_SECONDS = 0.2
        elections.ASK_SECONDS = 0.2
        inbox.HANDLED_WITHIN = timedelta(seconds=0.3)
        setattr(Runner, "run", partialmethod(Runner.run, 0.5))  # noqa: B010 - mypy forbids assigning to a method


async def _nothing(_: Handbook) -> None: ...


def serve(order: dict[str, Any]) -> int:
    """settings: the environment. log: where its own words go. hurried: see hurry(). bug: see plant()."""
    os.environ.update(order.get("settings", {}))
    if moment := order.get("moment") or os.environ.get(MOMENT, ""):
        kill_at(moment, int(order.get("nth") or os.environ.get(PASS, "1")))
    if order.get("hurried"):
        hurry()
    plant(order.get("bug", ""))
    setattr(house, "handbook_of", lambda _: HANDBOOK)  # noqa: B010
    setattr(commands, "warm", _nothing)  # noqa: B010
    setattr(commands, "Limits", Unlimited)  # noqa: B010 - people do an hour's work in a minute here
    sys.argv = ["yorisoi", "serve"]
    try:
        entrance.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def nurse() -> None:
    told = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    workdays.workday_before(date(2026, 11, 24))  # its calendar is imported at the first question

    def bury(*_: object) -> None:
        try:
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                os.write(told, f"ended {ended[0]} {os.waitstatus_to_exitcode(ended[1])}\n".encode())
        except ChildProcessError:
            pass

    signal.signal(signal.SIGCHLD, bury)
    for line in sys.stdin:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os._exit(_safely(json.loads(line), lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})))
        os.write(told, f"pid {pid}\n".encode())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _safely(order: dict[str, Any], unblock: Callable[[], object]) -> int:
    unblock()
    with suppress(AttributeError, OSError):  # Linux: it must not outlive whoever looks after it
        ctypes.CDLL(None).prctl(_WHEN_PARENT_ENDS, signal.SIGKILL)
    log = os.open(order["log"], os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    try:
        return serve(order)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        sys.exit(serve({}))
    nurse()
