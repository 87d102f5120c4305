"""How long a question takes on shelves of 100, 10,000 and 100,000 passages: python -m benchmarks.shelves."""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.timing import percentile
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.fitting import ALONE
from bot.knowledge.handbook import BUNDLED, outside
from bot.knowledge.points import Entry, load
from bot.knowledge.shelf import Shelf, texts

SIZES = (100, 10_000, 100_000)
ROUNDS = 3
FEWEST, MOST = 4, 10
"""Sentences of a passage, drawn from our own notes."""


def passages(size: int) -> list[Entry]:
    chance = random.Random(size)
    notes = "。".join(texts(load(BUNDLED, "ja"))).replace("\n", "。")
    known = [part for part in notes.split("。") if len(part) > 8]
    drawn = ("。".join(chance.sample(known, chance.randint(FEWEST, MOST))) for _ in range(size))
    return [Entry(f"p.{at}", "passage", "", "", body, (), (), "ja", "") for at, body in enumerate(drawn)]


def lines() -> list[str]:
    asked = [question for entry in load(BUNDLED, "ja") for question in entry.questions[:2]]
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        encoder = ensure_encoder(Path(folder) / "encoder", lambda *_: None)
        for size in SIZES:
            entries = passages(size)
            began = time.thread_time()
            shelf = Shelf(entries, outside("ja"), encoder, encoder.encode(texts(entries)))
            indexed = time.thread_time() - began
            waits = []
            for question in asked * ROUNDS:
                began = time.thread_time()
                shelf.search(question, 3, ALONE)
                waits.append(time.thread_time() - began)
            middle, worst = percentile(waits, 0.5), percentile(waits, 0.99)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            figures = f"{indexed:.1f} | {middle:.1f} | {worst:.1f} | {memory}"
            rows.append(f"| {size:,} | {figures} |")
    return [
        "## A question among many passages (one core, three views, warm)",
        "",
        "| passages | index s | p50 ms | p99 ms | most memory MB |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "Wanted: p99 of at most 50 ms at 10,000. Core time. Memory: of the whole process, with the mapped words.",
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
