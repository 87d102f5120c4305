"""Every pass of every point, for an evening: python -m tests.faults.sweep [PART OF A POINT'S NAME …]"""

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.checker import MARK, complaints
from tests.faults.runs import NotReached, Nursery, passes, played, prepared


def main(parts: list[str]) -> int:
    nursery, started, figures = Nursery(), time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        community = prepared(nursery, folder / "community")
        clean = played(nursery, community, folder / "clean")
        for point, number in passes(folder / "clean").items():
            if parts and not any(part in point for part in parts):
                continue
            for nth in range(1, number + 1):
                wrong = []
                try:
                    found = played(nursery, community, folder / "case", [(point, nth)])
                    wrong = complaints(clean, found)
                    figures["twins, marked"] += sum(MARK in line["message"]["note"] for line in found.letters)
                    figures["reminders given up"] += found.unknown
                    figures["inside a send"] += found.doubtful > 0
                except NotReached:  # how often an idle look happens differs by one or two
                    figures["not reached"] += 1
                    shutil.rmtree(folder / "case")
                    continue
                figures["kills"] += 1
                figures["with a complaint"] += bool(wrong)
                for each in wrong:
                    sys.stdout.write(f"{point} {nth}: {each}\n")
                shutil.rmtree(folder / "case")
    nursery.close()
    sys.stdout.write(f"{dict(figures)}, {time.monotonic() - started:.0f} s\n")
    return 1 if figures["with a complaint"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
