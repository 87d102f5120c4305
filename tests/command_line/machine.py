"""An operator's machine: one folder of data, and a real process for every command typed there."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WELL, NOTHING_FOUND, UNMET, ILL, REFUSED, NO_PLATFORM = 0, 1, 1, 1, 2, 3
"""What a command may end with."""

NO_SETTINGS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Machine:
    """One folder of data, and a shell before it."""

    data: Path

    def yorisoi(self, *words: str | bytes, stdin: bytes = b"", settings: Mapping[str, str] = NO_SETTINGS) -> Done:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("YORISOI_")}
        chosen = {f"YORISOI_{name}": value for name, value in {"DATA_DIR": str(self.data), **settings}.items()}
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env={**inherited, **chosen, "COLUMNS": "200"},
            cwd=self.data.parent,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
        )
        result = Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
        assert "Traceback" not in result.said, result.err
        return result

    @property
    def key(self) -> Path:
        return self.data / "yorisoi.key"

    @property
    def database(self) -> Path:
        return self.data / "yorisoi.db"
