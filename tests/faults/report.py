"""The figures of the last full run, a record for each experiment: docs/promises.json, behind the promises page."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

Figure = int | float | str

FILE = Path(__file__).parents[2] / "docs" / "promises.json"


def read(file: Path = FILE) -> dict[str, dict[str, Figure]]:
    """Experiment id to figures; "date" (YYYY-MM-DD) is among them."""
    found: dict[str, dict[str, Figure]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found


def record(experiment: str, figures: Mapping[str, Figure], file: Path = FILE) -> None:
    """Takes the place of what an earlier run found; figures hold counts and seconds, never a path or a name."""
    every = read(file) | {experiment: {"date": datetime.now(UTC).strftime("%Y-%m-%d"), **figures}}
    file.write_text(json.dumps(dict(sorted(every.items())), ensure_ascii=False, indent=1) + "\n", "utf-8")
