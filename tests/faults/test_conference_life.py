"""A conference with its series survives kill -9 at its steps: nothing of it is lost, and nothing comes twice.

Every transaction of every step is killed in full/conference_life.py."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.faults.conference_child import killed_steps
from tests.faults.conference_outcome import Outcome
from tests.faults.runs import ROOT


async def test_a_conference_killed_at_its_steps_comes_to_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.conference_child", str(tmp_path)]
    done = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == {"kills": len(killed_steps()), "differs": []}


def test_what_is_lost_doubled_or_still_on_its_way_is_noticed() -> None:
    calm = _came_to(["first: decided"], ["ken: 近づきました"])
    assert calm.differs(calm) == []
    assert _came_to(["first: decided"], ["ken: 近づきました", "ken: ありがとうございます"]).differs(calm) == []
    assert _came_to(["first: asked"], ["ken: 近づきました"]).differs(calm) == [
        "conference lost: first: decided",
        "conference too many: first: asked",
    ]
    assert _came_to(["first: decided"], []).differs(calm) == ["letter lost: ken: 近づきました"]
    twice = _came_to(["first: decided"], ["ken: 近づきました"] * 2, twice=1, unsettled=1)
    assert twice.differs(calm) == ["sent twice: 1", "unsettled: 1, not 0", "letter too many: ken: 近づきました"]


def _came_to(rows: list[str], letters: list[str], *, twice: int = 0, unsettled: int = 0) -> Outcome:
    answers = Counter({"ken: ありがとうございます": 1})
    return Outcome({"conference": rows}, Counter(letters), answers, twice, unsettled)
