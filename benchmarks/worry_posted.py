"""One worry posted and delivered, against a stock bot that writes one row per event."""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from benchmarks.ours import worries
from benchmarks.peers import bolt_app, telegram_bot
from benchmarks.timing import Timing

Run = Callable[[Path, int, int], Awaitable[Timing]]
ROUNDS = 3
RUNS: dict[str, Run] = {
    "ours, worry stored (inbox, effect, outbox)": partial(worries, delivered=False),
    "ours, worry delivered": partial(worries, delivered=True),
    "python-telegram-bot + AsyncSession, one row": telegram_bot,
    "slack-bolt + AsyncSession, one row": bolt_app,
}


def compare(people: int, turns: int) -> dict[str, Timing]:
    """Medians of the rounds; the runs take turns so that a slow minute of the machine hits all of them."""
    found: dict[str, list[Timing]] = {name: [] for name in RUNS}
    for _ in range(ROUNDS):
        for name, run in RUNS.items():
            with tempfile.TemporaryDirectory() as folder:
                found[name].append(asyncio.run(_once(run, Path(folder), people, turns)))
    return {name: _median(timings) for name, timings in found.items()}


async def _once(run: Run, folder: Path, people: int, turns: int) -> Timing:
    return await run(folder, people, turns)


def _median(timings: list[Timing]) -> Timing:
    return Timing(
        statistics.median(timing.per_second for timing in timings),
        statistics.median(timing.p50 for timing in timings),
        statistics.median(timing.p99 for timing in timings),
    )


def lines() -> list[str]:
    rows = []
    for people, turns in ((1, 200), (30, 30)):
        found = compare(people, turns)
        best_peer = max(timing.per_second for name, timing in found.items() if not name.startswith("ours"))
        for name, timing in found.items():
            ratio = timing.per_second / best_peer
            figures = f"{timing.per_second:,.0f} | {timing.p50:.1f} | {timing.p99:.1f} | {ratio:.2f}"
            rows.append(f"| {people} at once | {name} | {figures} |")
    return ["| | | events/s | p50 ms | p99 ms | against the faster stock bot |", "|---|---|---|---|---|---|", *rows]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
