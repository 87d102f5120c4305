"""kill -9 at every moment that is passed while somebody leaves, until a day later."""

import asyncio
import tempfile
from pathlib import Path

from tests.faults import leaving, leavings
from tests.faults.report import Figure

TITLE = "kill -9 at every moment of erasing; then nothing is left in any file, and every post is replaced"


def run() -> dict[str, Figure]:
    kills = wrong = 0
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        asyncio.run(leaving.prepare(folder / "community"))
        moments = leavings.passed(folder / "community", folder / "undisturbed")
        for nth in range(1, len(moments) + 1):
            found = leavings.killed_at(folder / "community", folder / f"case {nth}", nth)
            if found is None:
                continue  # an idle look more or less
            kills += 1
            wrong += bool(found)
            assert not found, f"{moments[nth - 1]} ({nth}): {found}"
    assert kills > 25, f"only {kills} moments were met"
    return {"moments": len(moments), "kills": kills, "left": wrong}
