"""`yorisoi serve` before a whole Slack and a whole Telegram, killed at every moment, C0 to C15, on SQLite.

`test_served_postgresql.py` does it on PostgreSQL, `make faults NAME=kills` two thousand times on each.
"""

import os
import subprocess
import sys
from pathlib import Path

from bot.chat.moments import Moment
from tests.faults.days import all_well, lived
from tests.faults.lives import Kill
from tests.faults.nursery import KILLED, open_nursery
from tests.faults.served import MOMENT
from tests.source import ROOT


async def test_killed_at_every_moment_on_sqlite(tmp_path: Path) -> None:
    async with open_nursery() as nursery:
        all_well(await lived(nursery, tmp_path / "town", worries=240, kills=38, at_random=4, first_starts=2))


async def test_a_bot_that_does_not_look_before_it_sends_again_is_found_out(tmp_path: Path) -> None:
    async with open_nursery() as nursery:
        bug = "nobody looks before sending again"
        day = await lived(nursery, tmp_path / "town", worries=20, plan=[Kill(Moment.SENT, 2)] * 4, bug=bug)
        assert day.verdict.counted["slack_twins"] > 0


def test_a_process_of_its_own_takes_the_moment_from_its_environment(tmp_path: Path) -> None:
    """Twice in its first start, and the third finds a database to begin with."""
    chosen = {"YORISOI_DATA_DIR": str(tmp_path / "data"), "YORISOI_EMBEDDING_MODEL": "nobody asks"}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("YORISOI_")}
    for moment, status in ((Moment.MIGRATING, KILLED), ("", 3)):
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.served", "serve"],
            cwd=ROOT, env={**inherited, **chosen, MOMENT: moment}, capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == status, done.stderr.decode()
