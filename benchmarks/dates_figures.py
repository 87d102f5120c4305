"""How well dates are read on the half nobody tuned with, and how fast: a section of docs/quality.md."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.language.dates import parse

DATA = Path(__file__).parents[1] / "tests" / "data"
WANTED_EXACT, MOST_WRONG, MOST_MS = 0.95, 0.01, 5


@dataclass(slots=True)
class Figures:
    """The rows read otherwise than labelled: asked about at least, or wrong without a question."""

    rows: int = 0
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


def judge(rows: list[dict[str, Any]]) -> Figures:
    """Every slot equal and the question equal, or else an error."""
    figures = Figures(len(rows))
    for row in rows:
        begun = time.process_time()
        parsed = parse(row["text"], datetime.fromisoformat(row["now"]))
        figures.took.append((time.process_time() - begun) * 1000)
        slots = {(one.start.isoformat(), one.end.isoformat() if one.end else None) for one in parsed.slots}
        if slots != {(one["start"], one["end"]) for one in row["slots"]} or parsed.question != row["question"]:
            (figures.asked if parsed.question else figures.wrong).append(row["id"])
    return figures


def lines(half: str = "judged") -> Iterator[str]:
    """The section; errors by the number of their row, never by words."""
    text = (DATA / f"dates_{half}.jsonl").read_text("utf-8")
    figures = judge([json.loads(line) for line in text.splitlines()])
    errors, took = len(figures.asked) + len(figures.wrong), sorted(figures.took)
    yield from (
        f"## Dates ({figures.rows} texts)",
        "",
        "Exact: every start and end equal, and asked back for the labelled reason, or not at all. Wrong without",
        "asking: not exact, and nothing asked. How often this half was counted while the grammar grew, and what was",
        "seen of it, is told in `docs/decisions/0033-dates-as-people-write-them.md`: new texts will be read a little",
        "worse.",
        "",
        "| | measured | wanted |",
        "|---|---|---|",
        f"| exact | {1 - errors / figures.rows:.3f} | ≥ {WANTED_EXACT} |",
        f"| wrong without asking | {len(figures.wrong) / figures.rows:.3f} | ≤ {MOST_WRONG} |",
        f"| one text, p50 / p99 | {_at(took, 50):.1f} / {_at(took, 99):.1f} ms | < {MOST_MS} ms |",
        "",
        f"Asked, but otherwise than labelled: {', '.join(figures.asked) or 'none'}",
        "",
        f"Wrong without asking: {', '.join(figures.wrong) or 'none'}",
    )


def _at(took: list[float], percent: int) -> float:
    return took[len(took) * percent // 100]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(sys.argv[1] if len(sys.argv) > 1 else "judged")) + "\n")
