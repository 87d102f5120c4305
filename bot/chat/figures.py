"""Counters, gauges and histograms, and how Prometheus reads them; no label could ever name anyone.

https://prometheus.io/docs/instrumenting/exposition_formats/ (checked 2026-11-24)
"""

import re
import threading
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

LABELS = {
    "platform": re.compile(r"[a-z]{1,20}"),
    "kind": re.compile(r"[a-z_]{1,30}"),
    "state": re.compile(r"[a-z]{1,20}"),
    "error": re.compile(r"[A-Z][A-Za-z]{0,50}"),
}
"""The only labels there are, and the shape of what stands in each: a word of ours or the name of an error."""

OTHER = "other"
SECONDS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_lock = threading.Lock()
"""The writer counts in its own thread."""

_Key = tuple[str, ...]


class Figure:
    """A number for every combination of its labels."""

    type = "gauge"

    def __init__(self, name: str, help: str, *labels: str) -> None:
        if set(labels) - set(LABELS):
            raise ValueError("this label is not on the list")
        self.name, self.help, self.labels = name, help, labels
        self._values: dict[_Key, float] = defaultdict(float)

    def add(self, amount: float = 1, /, **labels: str) -> None:
        with _lock:
            self._values[self._key(labels)] += amount

    def set(self, amount: float, /, **labels: str) -> None:
        with _lock:
            self._values[self._key(labels)] = amount

    def clear(self) -> None:
        with _lock:
            self._values.clear()

    def lines(self) -> Iterator[str]:
        with _lock:
            values = sorted(self._values.items())
        for key, value in values or ([] if self.labels else [((), 0.0)]):
            yield f"{self.name}{_braces(zip(self.labels, key, strict=True))} {value:.12g}"

    def _key(self, labels: dict[str, str]) -> _Key:
        return tuple(labels[name] if LABELS[name].fullmatch(labels[name]) else OTHER for name in self.labels)


class Counter(Figure):
    type = "counter"


class Histogram(Figure):
    """How long something took, in seconds."""

    type = "histogram"

    def __init__(self, name: str, help: str, *labels: str) -> None:
        super().__init__(name, help, *labels)
        self._buckets: dict[_Key, list[int]] = defaultdict(lambda: [0] * (len(SECONDS) + 1))

    def add(self, amount: float = 1, /, **labels: str) -> None:
        key = self._key(labels)
        with _lock:
            self._values[key] += amount
            self._buckets[key][bisect_left(SECONDS, amount)] += 1

    def clear(self) -> None:
        with _lock:
            self._values.clear()
            self._buckets.clear()

    @contextmanager
    def timed(self, **labels: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.add(time.monotonic() - started, **labels)

    def lines(self) -> Iterator[str]:
        with _lock:
            found = [(key, total, tuple(self._buckets[key])) for key, total in sorted(self._values.items())]
        for key, total, counts in found:
            known, so_far = list(zip(self.labels, key, strict=True)), 0
            for limit, count in zip([*(f"{each:g}" for each in SECONDS), "+Inf"], counts, strict=True):
                so_far += count
                yield f"{self.name}_bucket{_braces([*known, ('le', limit)])} {so_far}"
            yield f"{self.name}_sum{_braces(known)} {total:.12g}"
            yield f"{self.name}_count{_braces(known)} {so_far}"


def exposition(figures: Iterable[Figure]) -> str:
    """The text format 0.0.4, which ends with a line break."""
    said = [
        line
        for figure in figures
        for line in (f"# HELP {figure.name} {figure.help}", f"# TYPE {figure.name} {figure.type}", *figure.lines())
    ]
    return "\n".join(said) + "\n"


def _braces(labels: Iterable[tuple[str, str]]) -> str:
    """The values are words of ours: nothing in them needs escaping."""
    written = ",".join(f'{name}="{value}"' for name, value in labels)
    return f"{{{written}}}" if written else ""
