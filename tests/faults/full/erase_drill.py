"""The operator's own drill, played as an operator plays it."""

import re
import subprocess
from pathlib import Path

from tests.faults.report import Figure

ROOT = Path(__file__).parents[3]
TITLE = "deploy/drills/erase.sh finds nothing of whoever left"


def run() -> dict[str, Figure]:
    done = subprocess.run(["deploy/drills/erase.sh"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = re.search(r"erase drill: (\d+) hits", done.stdout)
    assert found, done.stdout
    return {"hits": int(found[1])}
