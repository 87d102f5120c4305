"""A platform's own memory: one line of JSON for each fact, with the system before anybody is answered."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Ledger:
    """Without a file it keeps nothing. A process that is killed has lost no line that anyone could know of."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = None if file is None else os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def add(self, what: str, **facts: Any) -> None:
        if self._file is not None:
            line = json.dumps({"what": what, **facts}, ensure_ascii=False, default=str)
            os.write(self._file, f"{line}\n".encode("utf-8", "surrogatepass"))

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def read(file: Path, *wanted: str) -> Iterator[Line]:
    """In the order in which it happened; only these kinds of facts where some are named."""
    with file.open(encoding="utf-8", errors="surrogatepass") as lines:
        for line in lines:
            fact: Line = json.loads(line)
            if not wanted or fact["what"] in wanted:
                yield fact
