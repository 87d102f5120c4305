"""What both checks cost on one core, in a process of their own: time, memory, and how long the event loop waits."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from benchmarks.timing import percentile

DATA = Path(__file__).parents[1] / "tests" / "data"
CHARACTERS = 1_000
TEXTS = 200
PAUSE = 0.001


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of the core, so that neighbours on the machine do not count, and megabytes of this process's own
    memory, without files that are only mapped.
    """

    loaded: float
    p50: float
    p99: float
    details_p50: float
    details_p99: float
    waited_p99: float
    waited_most: float
    before: float
    after: float
    resident: float


def measured() -> Cost:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.checks_cost"], capture_output=True, text=True, check=True, timeout=600
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def texts() -> list[str]:
    """Of a thousand characters each, put together from the halves that are for tuning."""
    rows = [json.loads(line)["text"] for file in sorted(DATA.glob("*_tuning*.jsonl")) for line in file.open("rb")]
    whole = "\n".join(rows)
    starts = range(0, len(whole) - CHARACTERS, max(1, (len(whole) - CHARACTERS) // TEXTS))
    return [whole[start : start + CHARACTERS] for start in islice(starts, TEXTS)]


def own_memory() -> float:
    rows = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Anonymous:")) / 1024


def resident() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure() -> Cost:
    from bot.language import danger, details

    before, began = own_memory(), time.perf_counter()
    details.warm()
    danger.warm()
    loaded = time.perf_counter() - began

    def both(text: str) -> None:
        details.find(text)
        danger.level(text)

    given = texts()
    both(given[0])
    after, now_resident = own_memory(), resident()
    alone, together = [], []
    for text in given:
        began = time.thread_time()
        details.find(text)
        alone.append(time.thread_time() - began)
        danger.level(text)
        together.append(time.thread_time() - began)
    waits = asyncio.run(waited(both, given))
    return Cost(
        loaded * 1000,
        percentile(together, 0.5),
        percentile(together, 0.99),
        percentile(alone, 0.5),
        percentile(alone, 0.99),
        percentile(waits, 0.99),
        max(waits) * 1000,
        before,
        after,
        now_resident,
    )


async def waited(check: Callable[[str], None], given: list[str]) -> list[float]:
    """How much longer than asked for a short sleep took while texts were checked in a thread, in time of the core."""
    waits = []

    def one_after_another() -> None:
        for text in given:
            check(text)

    work = asyncio.ensure_future(asyncio.to_thread(one_after_another))
    while not work.done():
        began = time.process_time()
        await asyncio.sleep(PAUSE)
        waits.append(time.process_time() - began - PAUSE)
    await work
    return waits


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sys.stdout.write(json.dumps(asdict(measure())) + "\n")
