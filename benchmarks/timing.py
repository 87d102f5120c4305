"""How a run is timed: everyone works through their own list, all at once, and nobody sleeps."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Act = Callable[[int, int], Awaitable[None]]
"""act(person, turn): one event of one person, finished when it returns."""


@dataclass(frozen=True, slots=True)
class Timing:
    """events per second, and how long one event took for who waited for it (milliseconds)."""

    per_second: float
    p50: float
    p99: float


async def timed(act: Act, people: int, turns: int) -> Timing:
    waits: list[float] = []

    async def one(person: int) -> None:
        for turn in range(turns):
            began = time.perf_counter()
            await act(person, turn)
            waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one(person) for person in range(people)))
    return Timing(people * turns / (time.perf_counter() - began), percentile(waits, 0.5), percentile(waits, 0.99))


def percentile(seconds: Sequence[float], part: float) -> float:
    """In milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * part))] * 1000
