"""What a year of worries costs: time of one more, time to open, and memory, from a thousand stored to a million.

One in a hundred is open, with real sealed words and a key; the others were closed, and are the emptied rows that
closing leaves. Each size is filled by one process and measured by another.
"""

import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

from sqlalchemy import insert

from benchmarks.ours import KEYS, home, worries
from benchmarks.peers import WORRY
from benchmarks.timing import Timing
from bot.settings import Settings
from bot.store import schema
from bot.store import worries as stored
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.models import Worry
from bot.store.session import Session

SIZES = (1_000, 10_000, 100_000, 1_000_000)
OPEN = 100
"""One in so many."""

ROUNDS, TURNS = 3, 400
_BATCH = 10_000


def fill(folder: Path, size: int) -> None:
    engine = make_engine(Settings(data_dir=folder).database, writes=True)
    schema.prepare(engine, KEYS)
    long_ago = datetime.now(UTC) - timedelta(days=400)
    for begin in range(0, size, _BATCH):
        with engine.begin() as connection:
            many = min(_BATCH, size - begin)
            session = Session(connection, KEYS)
            for number in range(many // OPEN):
                stored.share(session, WORRY, ["place"], home(number), long_ago)
            connection.execute(insert(Worry), [_closed(long_ago) for _ in range(many - many // OPEN)])
    engine.dispose()


def _closed(opened_at: datetime) -> dict[str, object]:
    nothing = dict.fromkeys(("places", "body", "return_address"), b"")
    return {
        "id": token_urlsafe(16), "pseudonym": "suzuran", "state": "closed", "closing_token": "", "opened_at": opened_at,
        "active_at": None, "closed_at": opened_at, **nothing,
    }  # fmt: skip


def measure(folder: Path) -> dict[str, float]:
    began = time.perf_counter()
    Database(Settings(data_dir=folder).database, KEYS).close()
    opened = time.perf_counter() - began
    timing: Timing = asyncio.run(worries(folder, 1, TURNS, delivered=False))
    rows = Path("/proc/self/smaps_rollup").read_text().splitlines()
    memory = sum(int(row.split()[1]) for row in rows if row.startswith("Anonymous:")) / 1024
    return {"opened": opened, "p50": timing.p50, "p99": timing.p99, "memory": memory}


def _in_a_process(what: str, folder: Path, size: int) -> str:
    command = (sys.executable, "-m", "benchmarks.growth", what, str(folder), str(size))
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _measured(folder: Path, size: int) -> dict[str, float]:
    """On a copy: each round adds worries of its own."""
    with tempfile.TemporaryDirectory() as name:
        copy = shutil.copytree(folder, Path(name) / "copy")
        found: dict[str, float] = json.loads(_in_a_process("measure", copy, size))
        return found


def lines() -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folders = {size: Path(name) / str(size) for size in SIZES}
        for size, folder in folders.items():
            folder.mkdir()
            _in_a_process("fill", folder, size)
        found: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
        for _ in range(ROUNDS):  # the sizes take turns, so that a slow minute hits all of them
            for size, folder in folders.items():
                found[size].append(_measured(folder, size))
    medians = {
        size: {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
        for size, rounds in found.items()
    }
    least = medians[SIZES[0]]
    return [
        "| stored worries | opens in s | one more, p50 ms | p99 ms | p99 against the smallest | memory MiB | against |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {size:,} | {each['opened']:.2f} | {each['p50']:.1f} | {each['p99']:.1f} |"
            f" {each['p99'] / least['p99']:.2f} | {each['memory']:.0f} | {each['memory'] / least['memory']:.2f} |"
            for size, each in medians.items()
        ),
    ]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", folder, size]:
            fill(Path(folder), int(size))
        case ["measure", folder, _]:
            sys.stdout.write(json.dumps(measure(Path(folder))))
        case _:
            sys.stdout.write("\n".join(lines()) + "\n")
